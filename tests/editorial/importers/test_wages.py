"""Wages by what the notes of the survey say of their marks: open ends, no estimate, hourly and annual pay alone."""

from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.importers.onet.tables import ONET_TABLES, WAGES
from careergraph.editorial.importers.tables.shape import tables_in, the_table
from careergraph.editorial.importers.tables.table import BadTable
from editorial.importers.sampling import Sample, read_tables
from editorial.importers.test_editions import career, figures

COLUMNS = ("AREA_TITLE", "OCC_CODE", "OCC_TITLE", "TOT_EMP", "PCT_RPT", "H_PCT10", "H_MEDIAN", "H_PCT90")
ANNUAL = ("A_PCT10", "A_PCT90", "ANNUAL", "HOURLY")
SOFTWARE = ("U.S.", "15-1252", "Software Developers")


def pay(folder: Path, *cells: str, more: str = "", release: str = "29.3", year: str = "2025") -> dict[str, Any] | None:
    """The pay of software developers in a table with these cells behind their name."""
    path = folder / f"national_M{year}_dl.tsv"
    path.write_text("\t".join(COLUMNS + ANNUAL) + "\n" + "\t".join(SOFTWARE + cells) + "\n" + more, encoding="utf-8")
    tables = tables_in(Sample(folder).folder, ONET_TABLES)
    return figures(career(read_tables(tables, release, the_table(path, WAGES), year=year), "15-1252.00")).get("salary")


def ends(value: dict[str, Any] | None) -> tuple[object, ...]:
    names = ("low", "high", "openEnd", "period", "lowPercentile", "highPercentile")
    return () if value is None else tuple([value.get(name) for name in names])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("9", "~", "30", "60", "90", "70000", "200000", "", ""), (70000, 200000, None, "YEAR", 10, 90)),
        (("**", "~", "30", "60", "#", "70000", "#", "", ""), (70000, 239200, "HIGH", "YEAR", 10, 90)),
        (("9", "5", "#", "#", "#", "#", "#", "", ""), (239200, 239200, "LOW", "YEAR", 10, 90)),
        (("9", "5", "30", "60", "90", "*", "200000", "", ""), (None, 200000, None, "YEAR", 10, 90)),
        (("9", "5", "*", "*", "*", "*", "*", "", ""), ()),
        (("9", "5", "*", "*", "*", "50000", "99000", "TRUE", ""), (50000, 99000, None, "YEAR", 10, 90)),
        (("9", "5", "12.5", "60", "90", "*", "*", "", "TRUE"), (12.5, 90, None, "HOUR", 10, 90)),
        (("9", "5", "12.5", "60", "#", "*", "*", "", "TRUE"), (12.5, 115, "HIGH", "HOUR", 10, 90)),
        (("9", "5", "*", "60", "*", "*", "*", "", "TRUE"), (60, 60, None, "HOUR", 50, 50)),
        (("9", "5", "30", "60", "90", "*", "*", "", ""), ()),
    ],
    ids=[
        *("plain", "top-coded", "all top-coded", "no low estimate", "no estimate", "annual alone"),
        *(
            "hourly alone",
            "hourly and top-coded",
            "hourly median alone",
            "no annual estimate is not hourly alone",
        ),
    ],
)
def test_each_mark_means_what_the_notes_say(tmp_path: Path, cells: tuple[str, ...], expected: tuple[object]) -> None:
    assert ends(pay(tmp_path, *cells)) == expected


def test_an_open_end_says_what_it_is(tmp_path: Path) -> None:
    value = pay(tmp_path, "9", "5", "30", "60", "#", "70000", "#", "", "")
    assert value is not None and "what is paid there is that or more" in value["method"]["en"]
    assert "so viel oder mehr" in value["method"]["de"]


def test_the_notes_of_a_file_name_the_highest_amount(tmp_path: Path) -> None:
    cells = ("9", "5", "30", "60", "#", "70000", "#", "", "")
    notes = "* = indicates that a wage estimate is not available\n"
    notes += "#  = indicates a wage equal to or greater than $100.00 per hour or $208,000 per year\n"
    assert ends(pay(tmp_path, *cells, more=notes, year="2020"))[:3] == (70000, 208000, "HIGH")


def test_an_unknown_highest_amount_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match=r'2: # is a wage at or above the highest amount.*"openFrom" for 2020'):
        pay(tmp_path, "9", "5", "30", "60", "#", "70000", "#", "", "", year="2020")


def test_a_percentile_above_a_higher_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="2: the wage '#' is above '90000', a higher percentile"):
        pay(tmp_path, "9", "5", "30", "60", "90", "#", "90000", "", "")


def test_a_row_of_several_occupations_is_named(tmp_path: Path) -> None:
    sample = Sample(tmp_path)
    occupations = sample.folder / "Occupation Data.txt"
    occupations.write_text(occupations.read_text() + "15-1252.01\tGame Developers\tDevelop games.\n")
    path = tmp_path / "national_M2025_dl.tsv"
    row = (*SOFTWARE, "9", "5", "30", "60", "90", "70000", "200000", "", "")
    path.write_text("\t".join(COLUMNS + ANNUAL) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    data = read_tables(tables_in(sample.folder, ONET_TABLES), "29.3", the_table(path, WAGES))
    assert figures(career(data, "15-1252.00"))["salary"]["publishedForTitle"] == "Software Developers"
