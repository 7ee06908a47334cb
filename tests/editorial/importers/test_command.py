"""`careergraph import`: the report of tables, of changes, and of documents that are left alone."""

from pathlib import Path

import pytest

from careergraph.editorial.importers import apply
from careergraph.editorial.verbs import releases as release_verbs
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import SAMPLE, Sample, run
from editorial.verbs.desk import Desk
from listed import releases

FILES = ("--wages", SAMPLE / "wages_2025" / "national.tsv", "--exposure", SAMPLE / "exposure.csv")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path)


def run_import(desk: Desk, *arguments: object) -> str:
    result = run("onet", *arguments, "--database", str(desk.engine.url))
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_the_report_names_every_table(desk: Desk, sample: Sample) -> None:
    sample.remove("Job Zones")
    text = run_import(desk, sample.folder, "--dry-run")
    used, skipped, missed = (text.index(f"Tables {it}") for it in ("used", "skipped", "missed"))
    assert used < text.index("Occupation Data.txt") < skipped < text.index("Work Styles.txt") < missed
    assert skipped < text.index("Work Styles.txt") < missed
    assert "no row of it is of use" in text
    assert "job zones no figure of the preparation needed" in text[missed:]
    assert "wages no figure of wages" in text[missed:]
    assert "Left out: 1 occupations that O*NET does not rate" in text


def test_a_database_that_is_not_there_is_told_before_any_table_is_read(sample: Sample, tmp_path: Path) -> None:
    result = run("onet", sample.folder, "--database", f"sqlite:///{tmp_path / 'nothing.db'}")
    assert result.exit_code == 1
    assert "careergraph upgrade" in result.stderr and "reading" not in result.stderr


def test_a_dry_run_changes_nothing(desk: Desk, sample: Sample) -> None:
    text = run_import(desk, sample.folder, *FILES, "--dry-run")
    assert "career: 2 new, 2 changed" in text
    assert "A dry run: nothing was changed." in text
    assert desk.look(drafts) == ()


def test_a_dry_run_says_what_would_be_refused(desk: Desk, sample: Sample) -> None:
    sample.change("Occupation Data", "Actors", "A" * 500)
    result = run("onet", sample.folder, "--dry-run", "--database", str(desk.engine.url))
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "1 problem")
    assert "title.en: the text has 500 characters" in result.stderr


def test_broken_characters_are_listed_and_refused_if_one_is_strict(desk: Desk, sample: Sample) -> None:
    """One bad text never refuses a whole import otherwise."""
    sample.change("Occupation Data", "Play parts", "Play\x80\x99parts\x07")
    text = run_import(desk, sample.folder, "--publish")
    assert "Lines with broken characters, which were mended, or else left out (1) - Occupation Data.txt:" in text
    assert desk.live(("career", "actors"))["summary"]["en"].startswith("Play’parts")
    result = run("onet", sample.folder, "--strict", "--dry-run", "--database", str(desk.engine.url))
    assert (result.exit_code, "Occupation Data.txt:" in result.stderr) == (1, True)
    assert "unless the import is strict they are mended or left out" in result.stderr


def test_an_import_that_is_cut_off_leaves_nothing_half_done(
    desk: Desk, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drafts are saved together, and published together; the next run goes on from there."""

    def fail(*arguments: object) -> None:
        raise KeyboardInterrupt

    url = ("--publish", "--database", str(desk.engine.url))
    with monkeypatch.context() as cut_off:
        cut_off.setattr(apply, "remember", fail)
        assert run("onet", sample.folder, *url).exit_code == 1
    assert (desk.look(drafts), desk.look(releases)) == ((), ())
    with monkeypatch.context() as cut_off:
        cut_off.setattr(release_verbs, "finish", fail)
        assert run("onet", sample.folder, *url).exit_code == 1
    assert not desk.is_live(("career", "actors"))
    assert len(desk.look(drafts)) > 10
    assert "version 2" in run_import(desk, sample.folder, "--publish")
    assert (desk.look(drafts), desk.is_live(("career", "actors"))) == ((), True)


def test_drafts_are_told_from_what_is_published(desk: Desk, sample: Sample) -> None:
    assert "The release onet-29-3 holds" in run_import(desk, sample.folder, *FILES)
    assert "Published the release onet-29-3 as version 2." in run_import(desk, sample.folder, *FILES, "--publish")
    assert "Nothing changed." in run_import(desk, sample.folder, *FILES, "--publish")


def test_what_is_left_alone_is_listed(desk: Desk, sample: Sample, tmp_path: Path) -> None:
    run_import(desk, sample.folder, *FILES, "--publish")
    desk.edit(("career", "actors"), title={"en": "Stars"})
    later = Sample(tmp_path, "30.2")
    later.change("Occupation Data", "Play parts", "Play roles")
    text = run_import(desk, later.folder)
    assert "Editors have a draft of them, so they are left alone; publish or discard it (1) - career actors" in text


def test_progress_is_told_in_lines_where_there_is_no_terminal(desk: Desk, sample: Sample) -> None:
    result = run("onet", sample.folder, "--database", str(desk.engine.url))
    lines = result.stderr.splitlines()
    assert "reading Occupation Data.txt" in lines
    assert lines[-1].startswith("saving ")
    assert "publishing" not in lines


def test_a_dry_run_does_not_publish(desk: Desk, sample: Sample) -> None:
    result = run("onet", sample.folder, "--dry-run", "--publish", "--database", str(desk.engine.url))
    assert result.exit_code == 2
