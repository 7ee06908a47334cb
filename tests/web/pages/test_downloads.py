"""Downloads: comparisons and lists of careers as CSV, with sources and dates, safe to open in a spreadsheet."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from careergraph.web.pages.rendering.csv_table import COLUMNS, guarded
from truth import seeded
from web.client import Client
from web.pages.site import PAIR, THREE, Page, client

LISTS = ("/careers", "/categories/healthcare", "/skills/python", "/collections/building-with-llms")
DOWNLOADS = [f"{path}.csv" for path in (PAIR, "/compare/actuary-vs-plumber", THREE, *LISTS)]


def rows(path: str, asker: Client | None = None) -> list[dict[str, str]]:
    """The rows of a download by the headings of its columns."""
    response = (asker or client()).get(path)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(StringIO(response.text, newline="")))


@pytest.mark.parametrize("path", [*DOWNLOADS, "/de/careers.csv"])
def test_it_is_a_file_that_is_kept_and_tagged_as_pages_are(path: str) -> None:
    response = client().get(path)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == f'attachment; filename="{path.rpartition("/")[2]}"'
    assert response.headers["cache-control"].startswith("public")
    assert response.headers["surrogate-key"]
    assert client().get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    assert all(len(line) == len(COLUMNS) for line in csv.reader(StringIO(response.text, newline="")))


def test_a_comparison_has_every_figure_with_its_source_and_date() -> None:
    """Numbers are numbers; who leads is said where it can be."""
    figures = rows(f"{PAIR}.csv")
    salaries = [row for row in figures if row["Attribute"] == "Salary range"]
    assert [(row["Career"], row["Figure"], row["From"], row["To"], row["Unit"]) for row in salaries] == [
        ("AI Model Routing Engineer", "$135,000–$210,000/yr", "135000", "210000", "USD a year"),
        ("AI Multi-Agent Systems Engineer", "$120,000–$280,000/yr", "120000", "280000", "USD a year"),
    ]
    demand = [row for row in figures if row["Attribute"] == "Demand score"]
    assert [(row["From"], row["To"], row["Leads"]) for row in demand] == [("9", "9", "no"), ("9.2", "9.2", "yes")]
    catalog = seeded.catalog()
    for row in figures:
        career = next(it for it in catalog.careers.values() if it.title["en"] == row["Career"])
        value = next(it for it in career.values if it.attribute.label["en"] == row["Attribute"])
        assert row["Source"] == value.provenance.source.title
        assert row["Observed on"] == (value.provenance.observed_on.isoformat() if value.provenance.observed_on else "")
        assert row["Licence"] == (value.provenance.source.licence or "")


def test_units_are_in_the_language_of_the_table() -> None:
    units = {row["Einheit"] for row in rows("/de/careers.csv")}
    assert {"Monate", "%", "USD pro Jahr"} <= units
    assert not units & {"months", "points", "USD a year"}


def test_a_figure_carries_how_exact_it_is() -> None:
    """The percentiles of a range, the share of answers with its confidence interval, how many answered, and where."""
    for path in ("/compare/actuary-vs-computer-programmer.csv", "/careers.csv"):
        figures = {(row["Career"], row["Attribute"]): row for row in rows(path)}
        pay = figures["Actuary", "Salary range"]
        assert (pay["Percentile of from"], pay["Percentile of to"]) == ("10", "90")
        level = figures["Actuary", "Usual education"]
        assert (level["Share of answers in percent"], level["Answers"]) == ("78.57", "28")
        assert level["Region"] == "United States" and level["Confidence interval from"] == ""
        level = figures["Computer Programmer", "Usual education"]
        assert (level["Confidence interval from"], level["Confidence interval to"]) == ("65.6493", "96.591")


def test_what_is_not_known_is_said() -> None:
    unknown = [row for row in rows("/compare/actuary-vs-data-scientist.csv") if row["Figure"] == "not known"]
    assert unknown
    assert all(not row["Source"] and not row["From"] for row in unknown)


def test_german_headings() -> None:
    assert list(rows(f"/de{PAIR}.csv")[0])[:4] == ["Beruf", "Fachgebiet", "Merkmal", "Angabe"]


def test_a_list_has_all_careers_of_its_page() -> None:
    catalog = seeded.catalog()
    assert len(catalog.careers) <= 100
    assert {row["Career"] for row in rows("/careers.csv")} == {slug.title["en"] for slug in catalog.careers.values()}
    healthcare = {slug.title["en"] for slug in catalog.careers.values() if slug.category.slug == "healthcare"}
    assert {row["Career"] for row in rows("/categories/healthcare.csv")} == healthcare
    collection = catalog.collections["building-with-llms"]
    assert {row["Career"] for row in rows("/collections/building-with-llms.csv")} == {
        catalog.careers[slug].title["en"] for slug in collection.careers
    }


@pytest.mark.parametrize("path", [PAIR, THREE, *LISTS, f"/de{PAIR}"])
def test_each_page_links_to_its_download(path: str) -> None:
    html = client().get(path).text
    (link,) = [each for each in Page(html).all("a") if "download" in each]
    assert str(link["href"]).lstrip("./") == f"{path[1:]}.csv"


def test_other_addresses_lead_there_and_what_is_wrong_is_a_page() -> None:
    a, b = PAIR.rpartition("/")[2].split("-vs-")
    moved = client().get(f"/compare/{b}-vs-{a}.csv")
    assert (moved.status_code, moved.headers["location"]) == (301, f"..{PAIR}.csv")
    for path, status in (
        ("/compare/plumber-vs-plumbre.csv", 404),
        ("/compare/plumber-vs-plumber.csv", 400),
        ("/categories/nothing.csv", 404),
        ("/collections/nothing.csv", 404),
        ("/careers.csv?after=nonsense", 400),
    ):
        wrong = client().get(path)
        assert wrong.status_code == status
        assert wrong.headers["content-type"].startswith("text/html")
        assert "content-disposition" not in wrong.headers


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\uff1d"])
def test_no_text_begins_a_formula(begin: str) -> None:
    """Whether a spreadsheet takes a comma or a semicolon for the end of a cell."""
    text = f'{begin}HYPERLINK("https://x.example")'
    for cell in (text, f"one;{text}", f"one; {text}"):
        parts = guarded(cell).split(";")
        assert all(part.lstrip()[:1] not in {*"=+-@\uff1d"} for part in parts), parts
    for plain in ("AI/ML", "a-b", "C++ and C#", "$135,000–$210,000/yr", "ops@example.org", ""):
        assert guarded(plain) == plain


def test_hostile_content_is_text() -> None:
    catalog = seeded.catalog()
    plumber = catalog.careers["plumber"]
    hostile = replace(plumber, title={"en": '=cmd|"/c calc"!A1, "quoted"\n+next'})
    changed = replace(catalog, careers={**catalog.careers, "plumber": hostile})
    figures = rows("/compare/actuary-vs-plumber.csv", client(changed))
    assert {row["Career"] for row in figures} == {"Actuary", '\'=cmd|"/c calc"!A1, "quoted"\n\'+next'}
