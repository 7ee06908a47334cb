"""Conflicts are only what an editor touched; what an earlier import or the demonstration wrote is listed apart."""

from pathlib import Path

import pytest

from careergraph.editorial.verbs.documents.publish import publish
from editorial.importers.sampling import Sample, import_sample, plan, run
from editorial.verbs.desk import EDITOR, Desk

DEVELOPER = ("career", "software-developer")
ACTORS = ("career", "actors")
FIGURES = "career,attribute,value,unit,source,date\nactors,demand-score,8.5,points,editorial-estimate,2026\n"


@pytest.fixture
def later(tmp_path: Path) -> Sample:
    """A release that describes two occupations anew: one that the demonstration has, and one that it has not."""
    sample = Sample(tmp_path, "30.2")
    sample.change("Occupation Data", "Play parts", "Play roles")
    sample.change("Occupation Data", "Research, design", "Study, design")
    return sample


def test_what_the_demonstration_wrote_is_no_conflict(both_desk: Desk, tmp_path: Path, later: Sample) -> None:
    """Its summary of a software developer is its own, and stays; that of the actors is the source's, and follows."""
    import_sample(both_desk.engine, Sample(tmp_path).read())
    before = both_desk.live(DEVELOPER)["summary"]
    planned = import_sample(both_desk.engine, later.read())
    assert (planned.conflicts, planned.kept) == ([], [])
    assert ("summary.en" in [it.path for it in planned.others if it.key == DEVELOPER]) is True
    assert both_desk.live(DEVELOPER)["summary"] == before
    assert both_desk.live(ACTORS)["summary"]["en"].startswith("Play roles")


def test_what_editors_wrote_is_a_conflict(desk: Desk, tmp_path: Path, later: Sample) -> None:
    import_sample(desk.engine, Sample(tmp_path).read())
    for key in (ACTORS, DEVELOPER):
        desk.edit(key, summary={"en": "Written by hand."})
    desk.do(publish, EDITOR, [ACTORS, DEVELOPER])
    planned = plan(desk.engine, later.read())
    assert sorted((it.key, it.path) for it in planned.conflicts) == [
        (ACTORS, "summary.en"),
        (DEVELOPER, "summary.en"),
    ]
    assert planned.others == []


def test_an_edit_elsewhere_in_a_document_makes_no_conflict_of_the_rest(
    desk: Desk, tmp_path: Path, later: Sample
) -> None:
    import_sample(desk.engine, Sample(tmp_path).read())
    desk.edit(DEVELOPER, title={"en": "Developer of software"})
    desk.do(publish, EDITOR, [DEVELOPER])
    planned = plan(desk.engine, later.read())
    assert planned.conflicts == []
    assert [it.path for it in planned.others if it.key == DEVELOPER] == ["summary.en"]


def test_what_another_import_wrote_is_no_conflict(desk: Desk, tmp_path: Path) -> None:
    """An occupation that goes, and has a figure of the site's own, stays; nobody is said to have edited it."""
    import_sample(desk.engine, Sample(tmp_path).read())
    table = tmp_path / "demand.csv"
    table.write_text(FIGURES, encoding="utf-8")
    assert run("figures", table, "--publish", "--database", desk.engine.url).exit_code == 0
    gone = Sample(tmp_path, "30.2")
    gone.drop("27-2011.00")
    planned = plan(desk.engine, gone.read())
    assert (planned.conflicts, planned.gone) == ([], [])
    assert [(it.key, it.path) for it in planned.others] == [(ACTORS, "")]
    desk.edit(ACTORS, title={"en": "Stars"})
    desk.do(publish, EDITOR, [ACTORS])
    assert [(it.key, it.path) for it in plan(desk.engine, gone.read()).conflicts] == [(ACTORS, "")]
