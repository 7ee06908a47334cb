"""Job zones by the release's own reference table: another framework is an edition of its own, and not compared."""

from pathlib import Path

import pytest

from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.onet.tables import ONET_TABLES
from careergraph.editorial.importers.source_data import SourceData
from careergraph.editorial.importers.tables.shape import tables_in
from careergraph.engine.comparison.compare import compare
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import reading
from editorial.importers.sampling import Sample, import_sample, read_tables
from editorial.importers.test_editions import career, figures
from editorial.verbs.desk import Desk

FOUR = ("Little or no preparation", "Some preparation", "Much preparation", "Long preparation")


@pytest.fixture
def later(tmp_path: Path) -> Sample:
    """A release that assigns job zones by another framework, of four levels."""
    sample = Sample(tmp_path, "30.2")
    rows = [f"{zone}\tJob Zone {zone}: {name}\tx\tx\tx\tx\t" for zone, name in enumerate(FOUR, 1)]
    header = "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range"
    sample.write("Job Zone Reference", [header, *rows])
    sample.change("Job Zones", "\t5\t", "\t4\t")
    sample.wages = False
    return sample


def read(sample: Sample, desk: Desk) -> SourceData:
    with reading(desk.engine) as session:
        attributes = DatabaseSnapshot(session, "onet").attributes
    return read_tables(tables_in(sample.folder, ONET_TABLES), sample.release, attributes=attributes)


def test_the_levels_are_those_of_the_releases_table(desk: Desk, later: Sample) -> None:
    data = read(later, desk)
    assert figures(career(data, "29-1141.00"))["job-zone"]["level"] == "zone-4-of-4"
    proposal = next(it for it in data.documents if it.type == "attribute")
    options = proposal.sections["0 scale"]["options"]
    assert [it["label"]["en"] for it in options] == list(FOUR)
    assert {it["edition"]["en"] for it in options} == {"O*NET job zones in 4 levels"}


def test_two_editions_are_not_compared_and_the_sentence_says_why(desk: Desk, later: Sample) -> None:
    import_sample(desk.engine, read(later, desk))
    catalog = Catalogs(desk.engine).current()
    old = next(slug for slug, it in catalog.careers.items() if (v := it.value("job-zone")) and v.variant() == "zone-4")
    for locale, words in (("en", "different scales"), ("de", "verschiedenen Skalen")):
        comparison = compare(catalog, "registered-nurse", old, locale)
        row = comparison.glance.row("job-zone")
        assert row is not None and (row.outcome, row.obstacle) == ("NOT_COMPARABLE", "EDITION")
        [text] = [it.text for it in comparison.statements_of(row) if it.rule == "not-comparable"]
        assert words in text and "4" in text and "5" in text, text


def test_the_same_table_again_adds_no_levels(desk: Desk, later: Sample) -> None:
    import_sample(desk.engine, read(later, desk))
    later.release = "30.3"
    again = read(later, desk)
    assert not [it for it in again.documents if it.type == "attribute"]
    assert figures(career(again, "29-1141.00"))["job-zone"]["level"] == "zone-4-of-4"
