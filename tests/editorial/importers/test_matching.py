"""Documents of the demonstration, of other imports and of a source meet: one of each, and the report says which."""

import shutil
from pathlib import Path

import pytest

from careergraph.editorial.importers.database_snapshot import is_telling
from careergraph.editorial.importers.plan import Match
from careergraph.store.editing.import_reports import ItemKind
from careergraph.store.editing.imported import remembered_documents
from editorial.importers.jobs.office import Office
from editorial.importers.sampling import SAMPLE, Sample, import_sample, plan, run
from editorial.verbs.desk import Desk

URI = "http://data.europa.eu/esco/"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """ESCO with a web developer, whom the demonstration has too, and a nurse, of whom it has another title."""
    place = Path(shutil.copytree(SAMPLE / "esco_1_2_0", tmp_path / "esco_1_2_0"))
    table = place / "occupations_en.csv"
    rows = [
        f"Occupation,{URI}occupation/w1,2513,web developer,,,released,2024,,,,x,Develops for the web.,2513.3",
        f"Occupation,{URI}occupation/w2,2513,web developers of another kind,,,released,2024,,,,x,Others.,2513.4",
    ]
    table.write_text(table.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    skills = place / "skills_en.csv"
    text = skills.read_text(encoding="utf-8")
    skills.write_text(text.replace("negotiation", "JS"), encoding="utf-8")
    return place


def done(desk: Desk, *arguments: object) -> str:
    result = run(*arguments, "--publish", "--database", desk.engine.url)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def test_there_is_one_web_developer(desk: Desk, folder: Path) -> None:
    """ESCO's is the demonstration's, in either number, and O*NET's too, by its code."""
    before = desk.live(("career", "web-developer"))
    text = done(desk, "esco", folder)
    assert "are the same as the source's" in text and "career web-developer, by its name" in text
    after = desk.live(("career", "web-developer"))
    assert (after["title"], after["summary"], after["category"]) == (
        before["title"], before["summary"], before["category"]
    )  # fmt: skip
    schemes = {it["scheme"]: it["id"] for it in after["externalIds"]}
    assert (schemes["onet"], schemes["esco"]) == ("15-1254.00", f"{URI}occupation/w1")
    assert desk.is_live(("career", "web-developers-of-another-kind"))
    assert "Nothing changed." in done(desk, "esco", folder)


def test_a_skill_is_met_by_an_alias(desk: Desk, folder: Path) -> None:
    """That exactly one concept has, which is no other one of the source's."""
    aliases = desk.live(("skill", "javascript"))["aliases"]
    desk.load_over(("skill", "javascript"), aliases={**aliases, "en": ["JS", "ECMAScript"]})
    text = done(desk, "esco", folder)
    assert "skill javascript, by its alias" in text
    concept = desk.live(("skill", "javascript"))
    assert concept["name"]["en"] == "JavaScript and TypeScript"
    assert {"scheme": "esco", "id": f"{URI}skill/s3"} in concept["externalIds"]


@pytest.mark.parametrize("alias", ["JS", "C#", "ECMAScript", "team work", "k8s"])
def test_phrases_acronyms_and_proper_names_are_telling(alias: str) -> None:
    """A plain word is not: the demonstration's observability is known as monitoring, which O*NET says of people."""
    assert is_telling(alias)
    assert not is_telling("monitoring") and not is_telling("Speaking")


def test_an_alias_of_two_concepts_tells_nothing(desk: Desk, folder: Path) -> None:
    for slug in ("javascript", "python"):
        desk.load_over(("skill", slug), aliases={"en": ["JS"]})
    assert "by its alias" not in done(desk, "esco", folder)
    assert desk.is_live(("skill", "js"))


def test_a_concept_with_another_id_of_the_scheme_is_another(desk: Desk, folder: Path) -> None:
    desk.load_over(("skill", "javascript"), name={"en": "JS"}, externalIds=[{"scheme": "esco", "id": f"{URI}skill/x"}])
    done(desk, "esco", folder)
    assert {it["id"] for it in desk.live(("skill", "javascript"))["externalIds"]} == {f"{URI}skill/x"}
    assert desk.is_live(("skill", "js"))


def test_there_is_one_healthcare(both_desk: Desk, tmp_path: Path) -> None:
    """O*NET's aides are in the category that is there, also where editors then call it otherwise."""
    sample, later = Sample(tmp_path), Sample(tmp_path, "30.2")
    for table in ("Occupation Data", "Task Statements", "Job Zones"):
        sample.change(table, "27-2011.00\t", "31-1121.00\t")
        later.change(table, "27-2011.00\t", "31-1121.00\t")
    planned = import_sample(both_desk.engine, sample.read())
    assert Match(("category", "healthcare"), "slug") in planned.matched
    assert both_desk.live(("career", "actors"))["category"] == "healthcare"
    both_desk.load_over(("category", "healthcare"), name={"en": "Health", "de": "Gesundheit"})
    again = plan(both_desk.engine, later.read())
    assert not [it.draft.key for it in again.changes if it.draft.key[0] == "category"]
    assert both_desk.look(remembered_documents, "onet")["category/healthcare"].key == ("category", "healthcare")


def test_the_report_over_the_api_says_what_met(desk: Desk, tmp_path: Path) -> None:
    office = Office(desk, tmp_path)
    office.start()
    job = office.run()
    matched = {(it.document_type, it.slug): it.detail for it in office.items(job.number, ItemKind.MATCHED)}
    assert matched["career", "software-developer"] == {"source": "external id"}
    assert matched["category", "healthcare"] == {"source": "slug"}
