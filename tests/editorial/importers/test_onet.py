"""O*NET: every figure as its rule says, the same again changes nothing, and a later release changes what differs."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine

from careergraph.editorial.importers.plan import FieldConflict, TooMany
from careergraph.editorial.verbs.documents.drafts import discard_draft, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import Sample, import_sample, plan
from editorial.importers.test_editions import career, figures
from editorial.verbs.desk import EDITOR, Body, Desk

CHIEF, ACTORS = ("career", "chief-executives"), ("career", "actors")
NURSE, DEVELOPER = ("career", "registered-nurse"), ("career", "software-developer")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path)


@pytest.fixture
def later(tmp_path: Path) -> Sample:
    """The same tables under a later release."""
    return Sample(tmp_path, "30.2")


def value(body: Body, attribute: str) -> dict[str, Any] | None:
    return next((it for it in body["values"] if it["attribute"] == attribute), None)


def edit(desk: Desk, key: tuple[str, str], **fields: object) -> None:
    desk.edit(key, **fields)
    desk.do(publish, EDITOR, [key])


def places(conflicts: Sequence[FieldConflict]) -> list[tuple[Key, str]]:
    return [(it.key, it.path) for it in conflicts]


def version(desk: Desk) -> int:
    info = desk.look(newest)
    assert info is not None
    return info.version


def test_an_occupation_becomes_a_career(both_desk: Desk, sample: Sample) -> None:
    """Each field and figure, read by hand from the sample."""
    import_sample(both_desk.engine, sample.read())
    chief = both_desk.live(CHIEF)
    assert chief["title"] == {"en": "Chief Executive"}, "of one, where the source speaks of a group"
    assert chief["summary"] == {"en": 'Determine and formulate policies of "their" organization.'}
    assert chief["category"] == "management"
    assert chief["aliases"] == {
        "en": ["Chief Executives", "CEO (Chief Executive Officer)", "Agency Owner", "ceo (chief executive officer)"]
    }
    assert chief["externalIds"] == [{"scheme": "onet", "id": "11-1011.00"}, {"scheme": "soc", "id": "11-1011"}]
    wages = value(chief, "salary")
    assert wages is not None
    assert (wages["low"], wages["high"], wages["openEnd"]) == (75700, 239200, "HIGH"), "top-coded by its footnote"
    assert (wages["publishedFor"], wages["region"]) == ("11-1011", "United States")
    assert (wages["source"], wages["observedOn"], wages["basis"]) == ("bls-oews", "2025-05-01", "PERCENTILES")
    assert (wages["lowPercentile"], wages["highPercentile"]) == (10, 90), "also of the end that is not published"
    assert wages["method"]["en"] == (
        "10th and 90th percentile of annual wages, May 2025, as published for SOC 11-1011 (Chief Executives). "
        "The survey publishes no higher wages than the amount at the open end: what is paid there is that or more."
    )
    assert chief["profile"] == {
        "source": "onet",
        "tasks": ["Do the work of chief executives."],
        "activities": ["Analyze impact of legal or regulatory changes.", "Direct organizational operations."],
        "knowledge": {"Administration and Management": 4.78, "Mathematics": 3.3},
    }
    assert chief["relations"] == [
        {"source": "onet", "scheme": "onet", "ids": ["27-2011.00", "29-1141.00", "99-9999.00"]}
    ]
    assert "knowledge" not in both_desk.live(ACTORS)["profile"], "what O*NET recommends to suppress is not published"
    exposure, zone, coding = (value(chief, it) for it in ("ai-exposure", "job-zone", "requires-coding"))
    assert exposure is not None and (exposure["value"], exposure["publishedFor"]) == (35, "11-1011.00")
    assert zone is not None and (zone["level"], zone["observedOn"], zone["source"]) == ("zone-5", "2023-08-01", "onet")
    assert coding is None, "one technology in demand decides nothing"
    schooling = value(chief, "education")
    assert schooling is not None
    assert (schooling["level"], schooling["sampleSize"], "suppressed" in schooling) == ("master", 28, False)
    assert (schooling["share"], schooling["interval"]) == (45.92, [17.7, 77.1]), "as published"
    assert "(45.9 % of answers)" in schooling["method"]["en"]
    assert schooling["method"]["en"].endswith("95 % confidence interval of the share: 17.7 to 77.1 %.")
    assert schooling["method"]["de"].endswith("95-%-Konfidenzintervall des Anteils: 17,7 bis 77,1 %.")


def test_skills_are_what_is_important_and_what_is_in_demand(desk: Desk, sample: Sample) -> None:
    """From 3 of 5 on, the most important first; what is to be suppressed is left out."""
    import_sample(desk.engine, sample.read())
    skills = {
        key: [(it["text"]["en"], it["concepts"][0]["skill"]) for it in desk.live(key).get("skills", [])]
        for key in (CHIEF, ACTORS)
    }
    assert skills[CHIEF] == [
        ("Negotiation", "negotiation"),
        ("Reading comprehension", "reading-comprehension"),
        ("Knowledge of administration and management", "knowledge-of-administration-and-management"),
        ("Knowledge of mathematics", "knowledge-of-mathematics"),
        ("Python", "python"),
    ]
    assert skills[ACTORS] == [
        ("Reading comprehension", "reading-comprehension"),
        ("Microsoft Excel", "microsoft-excel"),
    ]
    assert desk.live(("skill", "negotiation"))["externalIds"] == [{"scheme": "onet", "id": "2.B.1.d"}]
    assert "mathematics" not in {slug for kind, slug in named_keys(desk, sample) if kind == "skill"}


def named_keys(desk: Desk, sample: Sample) -> list[tuple[str, str]]:
    changes = plan(desk.engine, sample.read())
    return [it.draft.key for it in changes.changes]


def test_a_suppressed_figure_is_kept_and_not_published(desk: Desk, sample: Sample) -> None:
    import_sample(desk.engine, sample.read())
    schooling = value(desk.live(ACTORS), "education")
    assert schooling is not None and (schooling["suppressed"], schooling["level"]) == (True, "high-school")
    career = Catalogs(desk.engine).current().careers["actors"]
    assert {it.attribute.key for it in career.values} == {"job-zone", "requires-coding", "salary"}


def test_of_answers_that_are_as_frequent_the_lowest_counts_and_the_others_are_said(sample: Sample) -> None:
    alone = figures(career(sample.read(), "11-1011.00"))["education"]
    assert "Named as often" not in str(alone["method"])
    sample.change("Education, Training, and Experience", "\t8\t45.92\t", "\t8\t32.29\t")
    tied = figures(career(sample.read(), "11-1011.00"))["education"]
    assert (tied["level"], tied["share"]) == ("bachelor", 32.29)
    method = tied["method"]
    assert isinstance(method, dict)
    assert " Named as often: master's degree. Of equals the lowest is taken." in method["en"]
    assert " Ebenso oft wurde eine andere Antwort genannt; von gleichen gilt die niedrigste." in method["de"]


def test_pay_that_is_published_for_an_hour_alone_is_never_made_annual(desk: Desk, sample: Sample) -> None:
    import_sample(desk.engine, sample.read())
    pay = value(desk.live(ACTORS), "salary")
    assert pay is not None
    assert (pay["low"], pay["high"], pay["period"], pay["lowPercentile"]) == (29.05, 29.05, "HOUR", 50)
    assert "Only hourly pay is published" in pay["method"]["en"]
    career = Catalogs(desk.engine).current().careers["actors"]
    assert career.values[0].attribute.key == "salary"


def test_a_career_that_is_there_is_filled_in(desk: Desk, sample: Sample) -> None:
    """The editors' fields stay whole. Figures that the seed took from the same source follow it."""
    before = desk.live(NURSE)
    import_sample(desk.engine, sample.read())
    after = desk.live(NURSE)
    assert {field: after[field] for field in ("title", "summary", "category", "skills", "roadmap")} == {
        field: before[field] for field in ("title", "summary", "category", "skills", "roadmap")
    }
    row = value(before, "salary")
    assert row is not None and row.pop("publishedForTitle") == "Registered Nurses"
    assert value(after, "salary") == row, "the sample has one occupation alone in that row"
    assert after["aliases"]["en"] == ["Registered Nurses", *before.get("aliases", {}).get("en", [])], "found by it"
    zone, schooling = value(after, "job-zone"), value(after, "education")
    assert zone is not None and zone["level"] == "zone-4" and zone != value(before, "job-zone")
    assert schooling is not None and schooling["sampleSize"] == 40


def test_a_figure_that_an_editor_changed_before_stays(desk: Desk, sample: Sample) -> None:
    body = desk.live(NURSE)
    changed = [it | {"level": "zone-1"} if it["attribute"] == "job-zone" else it for it in body["values"]]
    edit(desk, NURSE, values=changed)
    changes = import_sample(desk.engine, sample.read())
    zone = value(desk.live(NURSE), "job-zone")
    assert (places(changes.kept), zone and zone["level"]) == ([(NURSE, "values.job-zone")], "zone-1")


def test_only_what_is_rated_is_imported(desk: Desk, sample: Sample) -> None:
    source = sample.read()
    assert source.listed is not None and "career/15-1299.00" in source.listed
    assert [it.ident for it in source.documents if it.type == "career"] == [
        "career/11-1011.00",
        "career/15-1252.00",
        "career/27-2011.00",
        "career/29-1141.00",
    ]
    assert source.left_out[0].startswith("1 occupations")


def test_one_import_is_one_version_and_the_same_again_changes_nothing(both_desk: Desk, sample: Sample) -> None:
    before = version(both_desk)
    first = import_sample(both_desk.engine, sample.read())
    assert version(both_desk) == before + 1
    again = import_sample(both_desk.engine, sample.read())
    assert (again.changes, again.conflicts, again.kept) == ([], [], [])
    assert again.unchanged == first.unchanged + len(first.changes)
    assert version(both_desk) == before + 1
    assert both_desk.look(drafts) == ()
    assert both_desk.look(verify).fault is None


def test_drafts_wait_until_they_are_published(desk: Desk, sample: Sample) -> None:
    """Imported again meanwhile, nothing changes; published later, all of them are."""
    first = import_sample(desk.engine, sample.read(), publish=False)
    assert not desk.is_live(CHIEF)
    again = import_sample(desk.engine, sample.read(), publish=False)
    assert (again.changes, len(again.drafted)) == ([], len(first.changes))
    assert {it.release for it in desk.look(drafts)} == {"onet-29-3"}
    import_sample(desk.engine, sample.read())
    assert desk.is_live(CHIEF)


def test_a_discarded_draft_comes_again(desk: Desk, sample: Sample) -> None:
    import_sample(desk.engine, sample.read(), publish=False)
    desk.do(discard_draft, EDITOR, CHIEF)
    again = import_sample(desk.engine, sample.read(), publish=False)
    assert [it.draft.key for it in again.changes] == [CHIEF]


def test_a_later_release_changes_what_differs(desk: Desk, sample: Sample, later: Sample) -> None:
    """Tables that it lacks change nothing, and a figure that it repeats stays one of the release that it came from."""
    import_sample(desk.engine, sample.read())
    later.change("Occupation Data", "Play parts in stage", "Play roles in stage")
    later.change("Technology Skills", "Oracle Java\t43232402\tObject or component oriented development software\tY\tY",
                 "Oracle Java\t43232402\tObject or component oriented development software\tY\tN")  # fmt: skip
    for table in ("Job Zones", "Education, Training, and Experience", "Skills", "Knowledge", "Alternate Titles"):
        later.remove(table)
    later.wages = later.exposure = False
    before = {key: desk.live(key) for key in (CHIEF, ACTORS, NURSE, DEVELOPER)}
    done = import_sample(desk.engine, later.read())
    assert {it.draft.key for it in done.changes if it.draft.key[0] == "career"} == {ACTORS, DEVELOPER}
    assert desk.live(ACTORS) == before[ACTORS] | {"summary": {"en": desk.live(ACTORS)["summary"]["en"]}}
    assert desk.live(ACTORS)["summary"]["en"].startswith("Play roles")
    assert value(desk.live(DEVELOPER), "requires-coding") is None
    assert desk.live(CHIEF) == before[CHIEF]


def test_a_new_edition_is_a_source_of_its_own(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    later.change("Job Zones", "11-1011.00\tChief Executives\t5", "11-1011.00\tChief Executives\t4")
    import_sample(desk.engine, later.read())
    zone, other = value(desk.live(CHIEF), "job-zone"), value(desk.live(ACTORS), "job-zone")
    assert zone is not None and (zone["level"], zone["source"]) == ("zone-4", "onet-30-2")
    assert other is not None and other["source"] == "onet"
    source = desk.live(("source", "onet-30-2"))
    assert (source["vintage"], source["licence"]) == ("30.2", "CC BY 4.0")
    assert source["credit"].startswith("O*NET 30.2 Database by the U.S. Department of Labor")


def test_what_editors_changed_stays_and_conflicts_are_listed(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    body = desk.live(CHIEF)
    edit(
        desk,
        CHIEF,
        title={"en": "Executives", "de": "Vorstände"},
        aliases={"en": [*body["aliases"]["en"][2:], "Boss"]},
        values=[it | {"level": "zone-1"} if it["attribute"] == "job-zone" else it for it in body["values"]],
    )
    later.change("Occupation Data", "\tChief Executives\tDetermine", "\tTop Executives\tDecide")
    later.change("Job Zones", "11-1011.00\tChief Executives\t5", "11-1011.00\tChief Executives\t4")
    later.change("Alternate Titles", "Agency Owner", "Agency Head")
    done = import_sample(desk.engine, later.read())
    assert places(done.conflicts) == [(CHIEF, "title.en"), (CHIEF, "values.job-zone")]
    title, level = done.conflicts
    assert (title.source, title.present) == ("Top Executive", "Executives")
    assert (level.source["level"], level.present["level"]) == ("zone-4", "zone-1")
    after = desk.live(CHIEF)
    zone = value(after, "job-zone")
    assert (after["title"], zone and zone["level"]) == ({"en": "Executives", "de": "Vorstände"}, "zone-1")
    assert after["summary"]["en"].startswith("Decide")
    assert after["aliases"]["en"] == ["ceo (chief executive officer)", "Boss", "Top Executives", "Agency Head"]
    assert import_sample(desk.engine, later.read()).changes == []


def test_drafts_of_editors_and_what_they_put_away_are_left_alone(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    desk.edit(ACTORS, title={"en": "Stars"})
    desk.do(archive, EDITOR, CHIEF)
    later.change("Occupation Data", "Play parts", "Play roles")
    done = import_sample(desk.engine, later.read())
    assert (done.busy, done.away) == ([ACTORS], [CHIEF])
    assert desk.draft(ACTORS)["title"] == {"en": "Stars"}
    assert not desk.is_live(CHIEF)


def test_a_renamed_career_is_known_by_its_code(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    desk.do(rename, EDITOR, CHIEF, "executives")
    desk.do(rename, EDITOR, ("category", "management"), "leading")
    desk.do(rename, EDITOR, ("attribute", "job-zone"), "preparation")
    assert import_sample(desk.engine, sample.read()).changes == []
    later.change("Occupation Data", "Determine and", "Decide and")
    done = import_sample(desk.engine, later.read())
    assert ("career", "executives") in {it.draft.key for it in done.changes}
    after = desk.live(("career", "executives"))
    assert (after["category"], after["summary"]["en"][:6]) == ("leading", "Decide")
    assert value(after, "preparation") is not None


def test_a_retired_occupation_stays_readable_as_of_its_date(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    then = datetime.now(UTC)
    sleep(0.01)
    later.drop("27-2011.00")
    done = import_sample(desk.engine, later.read())
    assert done.gone == [ACTORS]
    catalogs = Catalogs(desk.engine)
    assert "actors" not in catalogs.current().careers
    assert "actors" in catalogs.as_of(then).careers
    assert import_sample(desk.engine, later.read()).changes == []
    back = import_sample(desk.engine, sample.read())
    assert ACTORS in {it.draft.key for it in back.changes}
    assert desk.is_live(ACTORS)


def test_a_retired_occupation_that_is_needed_or_edited_stays(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    collection = {"slug": "stage", "title": {"en": "Stage"}, "careers": ["actors"]}
    desk.do(save_draft, EDITOR, "collection", collection, None)
    desk.do(publish, EDITOR, [("collection", "stage")])
    later.drop("27-2011.00")
    done = import_sample(desk.engine, later.read())
    assert (done.gone, done.needed) == ([], [ACTORS])
    edit(desk, ACTORS, title={"en": "Stars"})
    assert places(import_sample(desk.engine, later.read()).conflicts) == [(ACTORS, "")]
    assert desk.is_live(ACTORS)


def test_a_table_that_is_cut_off_retires_nothing(desk: Desk, sample: Sample, later: Sample) -> None:
    import_sample(desk.engine, sample.read())
    for code in ("27-2011.00", "11-1011.00"):
        later.drop(code)
    with pytest.raises(TooMany, match="lacks 2 of the 4 careers"):
        plan(desk.engine, later.read())


def test_an_attribute_that_is_not_there_is_left_out(desk: Desk, sample: Sample) -> None:
    keys = list(Catalogs(desk.engine).current().careers)
    for slug in keys:
        body = desk.live(("career", slug))
        kept = [it for it in body["values"] if it["attribute"] != "job-zone"]
        if len(kept) < len(body["values"]):
            desk.edit(("career", slug), values=kept)
    desk.do(publish, EDITOR, [it.key for it in desk.look(drafts)])
    desk.do(archive, EDITOR, ("attribute", "job-zone"))
    done = import_sample(desk.engine, sample.read())
    assert done.lost == ["job-zone"]
    assert value(desk.live(CHIEF), "job-zone") is None


def test_slugs_that_are_taken_get_the_code(engine: Engine, sample: Sample) -> None:
    desk = Desk(engine)
    body = {**desk.live(NURSE), "slug": "actors", "externalIds": []}
    desk.do(save_draft, EDITOR, "career", body, None)
    desk.do(publish, EDITOR, [ACTORS])
    import_sample(engine, sample.read())
    assert desk.live(("career", "actors-27-2011-00"))["title"] == {"en": "Actor"}
    assert import_sample(engine, sample.read()).changes == []


def test_training_at_work_brings_its_attribute_with_it(desk: Desk, sample: Sample) -> None:
    """No catalog has it before, and none needs it that imports no such answers."""
    assert "on-the-job-training" not in Catalogs(desk.engine).current().attributes
    table = sample.folder / "Education, Training, and Experience.txt"
    rest = "28\t1\t1\t90\tN\t08/2023\tIncumbent\n"
    answers = [("29-1141.00", 3, "62.5"), ("29-1141.00", 7, "20"), ("27-2011.00", 2, "80")]
    with table.open("a") as file:
        for code, category, share in answers:
            file.write(f"{code}\tX\t3.A.3\tOn-the-Job Training\tOJ\tOn-The-Job Training\t{category}\t{share}\t{rest}")
    import_sample(desk.engine, sample.read())
    catalog = Catalogs(desk.engine).current()
    assert catalog.attributes["on-the-job-training"].label["de"] == "Einarbeitung"
    figure = value(desk.live(NURSE), "on-the-job-training")
    assert figure is not None and (figure["level"], figure["share"]) == ("months-3", 62.5)
    assert "over 1 month, up to 3 months (62.5 % of answers)" in figure["method"]["en"]
    assert value(desk.live(CHIEF), "on-the-job-training") is None
    assert plan(desk.engine, sample.read()).changes == [], "the same again"
