"""Editions of O*NET that write their tables in other ways: nothing of them is lost."""

from pathlib import Path

import pytest

from careergraph.editorial.importers.onet.tables import ONET_TABLES, WAGES
from careergraph.editorial.importers.source_data import ProposedDocument, SourceData, whole
from careergraph.editorial.importers.tables.shape import Shaped, tables_in, the_table
from careergraph.editorial.importers.tables.table import BadTable
from editorial.importers.sampling import DATA, Sample, read_tables

CURRENT = DATA / "onet_31_0_shape"


@pytest.fixture
def earlier(tmp_path: Path) -> Sample:
    """A release before O*NET marked technologies as in demand, and gave activities titles beside tasks."""
    sample = Sample(tmp_path, "24.1")
    technologies = sample.folder / "Technology Skills.txt"
    sample.write("Technology Skills", [line.rpartition("\t")[0] for line in technologies.read_text().splitlines()])
    activities = [line.split("\t") for line in (sample.folder / "Tasks to DWAs.txt").read_text().splitlines()]
    sample.write("Tasks to DWAs", ["\t".join([row[0], row[2], row[4], row[6]]) for row in activities])
    titles = {(row[4], row[5]) for row in activities}
    sample.write("DWA Reference", ["\t".join(("Element ID", "IWA ID", *it)) for it in sorted(titles, reverse=True)])
    related = (sample.folder / "Related Occupations.txt").read_text().splitlines()
    sample.remove("Related Occupations")
    rows = [line.split("\t") for line in related]
    header = "O*NET-SOC Code\tTitle\tRelated O*NET-SOC Code\tRelated Title\tIndex"
    for number, name in enumerate(("Career Changers Matrix", "Career Starters Matrix")):
        sample.write(name, [header, *["\t".join([*row[:4], row[5]]) for row in rows[1 + number :: 2]]])
    return sample


def career(data: SourceData, code: str) -> dict[str, object]:
    return whole(_document(data, code).sections)


def _document(data: SourceData, code: str) -> ProposedDocument:
    return next(it for it in data.documents if it.ident == f"career/{code}")


def figures(body: dict[str, object]) -> dict[str, dict[str, object]]:
    values = body["values"]
    assert isinstance(values, list)
    return {it["attribute"]: it for it in values}


def test_an_edition_without_marks_of_demand_has_technologies_coding_activities_and_relations(earlier: Sample) -> None:
    data = earlier.read()
    developer, chief = career(data, "15-1252.00"), career(data, "11-1011.00")
    coding = figures(developer)["requires-coding"]
    assert coding["yes"] is True
    assert "Hot Technologies" in str(coding["method"]) and "does not mark which are in demand" in str(coding["method"])
    assert {"Python", "Oracle Java"} <= {it["text"]["en"] for it in developer["skills"]}  # type: ignore[attr-defined]
    concepts = {it.slug: whole(it.sections)["family"]["en"] for it in data.documents if it.type == "skill"}
    assert concepts["python"] == "O*NET hot technologies"
    profile = chief["profile"]
    assert isinstance(profile, dict)
    assert profile["activities"] == [
        "Analyze impact of legal or regulatory changes.",
        "Direct organizational operations.",
    ]
    relations = chief["relations"]
    assert isinstance(relations, list) and set(relations[0]["ids"]) == {"27-2011.00", "29-1141.00", "99-9999.00"}
    assert not any("technologies" in it for it in data.left_out), data.left_out


def wages(folder: Path, *rows: tuple[str, str, str]) -> Shaped:
    """A table of wages by area, as BLS publishes it for states."""
    lines = [f"{area}\t{code}\t{code}\t{low}\t90000\t*\n" for area, code, low in rows]
    path = folder / "state_M2025_dl.tsv"
    path.write_text("AREA_TITLE\tOCC_CODE\tOCC_TITLE\tA_PCT10\tA_PCT90\tH_MEDIAN\n" + "".join(lines), encoding="utf-8")
    return the_table(path, WAGES)


def test_wages_of_a_state_are_of_its_region_and_of_several_refused(tmp_path: Path) -> None:
    tables = tables_in(Sample(tmp_path).folder, ONET_TABLES)
    data = read_tables(tables, "29.3", wages(tmp_path, ("Texas", "15-1252", "40000"), ("Texas", "29-1141", "50000")))
    salary = figures(career(data, "15-1252.00"))["salary"]
    assert (salary["region"], salary["low"]) == ("Texas", 40000)
    data = read_tables(tables, "29.3", wages(tmp_path, ("U.S.", "15-1252", "40000")))
    assert figures(career(data, "15-1252.00"))["salary"]["region"] == "United States"
    several = wages(tmp_path, ("Texas", "15-1252", "40000"), ("Ohio", "29-1141", "50000"))
    with pytest.raises(BadTable, match=":3: 'Texas' and 'Ohio': give the wages of one area alone"):
        read_tables(tables, "29.3", several)


@pytest.mark.skipif(not CURRENT.is_dir(), reason="the open career data is not beside the repository")
def test_the_current_edition_is_read_whole() -> None:
    """Twelve occupations under the headers of 31.0: every table is of use, as read by hand."""
    tables = tables_in(CURRENT, ONET_TABLES)
    assert {it.name for it in tables.used} == {it.name for it in CURRENT.iterdir()}
    data = read_tables(tables, "31.0")
    chief, developer = career(data, "11-1011.00"), career(data, "15-1252.00")
    aliases = chief["aliases"]
    assert isinstance(aliases, dict) and {"Aeronautics Commission Director", "Agency Owner"} <= set(aliases["en"])
    assert figures(developer)["requires-coding"]["yes"] is True
    assert "job-zone" not in figures(developer), "no table names the levels of a release after 30.1"
    profile = chief["profile"]
    assert isinstance(profile, dict) and "Direct financial operations." in profile["activities"]
    assert {"C++", "Apache Kafka"} <= {it["text"]["en"] for it in developer["skills"]}  # type: ignore[attr-defined]
    assert data.left_out == ("the job zones of 31.0, as no table names their levels (Job Zone Reference)",)
    assert {use.name for use in data.uses if use.used} == {it.name for it in CURRENT.iterdir()} - {"job_zones.csv"}
