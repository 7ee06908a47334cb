"""The open data itself, imported whole: every figure is read again from its source, and no statement is false."""

import csv
import gzip
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.value_kinds import Flag, Level, MoneyRange, Number
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from depth import DEEP, depth
from editorial.importers.sampling import DATA, run
from golden.advice import disagreements
from truth import seeded
from truth.checker import faults
from truth.moves import transition_faults
from truth.sections import sections

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not DATA.is_dir(), reason="the open career data is not beside the repository"),
]

PAIRS = depth(400, 20_000)
"""The pairs that are judged."""
EARLIER, LATER = DATA / "onet_29_3", DATA / "onet_30_2_partial"
WAGES = DATA / "bls_oews_2025" / "national_cross_industry.tsv.gz"
EXPOSURE = DATA / "ai_exposure" / "gpts_are_gpts_occ_level.csv.gz"
COMBINED = {
    "13-1020": "13-1021 13-1022 13-1023",
    "13-2020": "13-2022 13-2023",
    "21-1018": "21-1011 21-1014",
    "25-2052": "25-2055 25-2056",
    "25-9045": "25-9042 25-9043 25-9049",
    "29-2010": "29-2011 29-2012",
    "31-1120": "31-1121 31-1122",
    "39-7010": "39-7011 39-7012",
    "47-4090": "47-4091 47-4099",
    "51-2028": "51-2022 51-2023",
    "51-2090": "51-2092 51-2099",
    "53-1047": "53-1042 53-1043 53-1044 53-1049",
}
"""The groups that the survey of wages publishes one figure for, and their occupations."""
Row = dict[str, str]


@cache
def rows(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        if ".csv" in path.name:
            return list(csv.DictReader(lines))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def by_code(table: str, folder: Path = EARLIER) -> dict[str, list[Row]]:
    rows_by_code: dict[str, list[Row]] = {}
    for row in rows(folder / f"{table}.txt.gz"):
        rows_by_code.setdefault(row["O*NET-SOC Code"], []).append(row)
    return rows_by_code


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database that both releases were imported into, one after the other."""
    database = connect(f"sqlite:///{tmp_path_factory.mktemp('imported') / 'careergraph.db'}")
    upgrade(database)
    url = ("--publish", "--database", database.url)
    first = run("onet", EARLIER, "--wages", WAGES, "--exposure", EXPOSURE, *url)
    assert first.exit_code == 0, first.output
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def catalog(engine: Engine) -> Catalog:
    return Catalogs(engine).current()


def occupations(catalog: Catalog) -> dict[str, str]:
    """The slug of each imported occupation, by its code."""
    return {
        external.id: career.slug
        for career in catalog.careers.values()
        for external in career.external_ids
        if external.scheme == "onet"
    }


def test_all_rated_occupations_are_there(catalog: Catalog) -> None:
    codes = occupations(catalog)
    assert codes.keys() == by_code("Job Zones").keys()
    assert len(codes) == 923


def pay(value: object) -> tuple[object, ...]:
    """The ends of a salary, their percentiles, the period, and the code that it is published for."""
    if not isinstance(value, MoneyRange):
        return ()
    return value.low, value.high, value.percentiles, value.period.value, value.provenance.published_for


def method(value: object) -> str:
    assert isinstance(value, MoneyRange) and value.provenance.method is not None
    return value.provenance.method["en"]


def published_pay(wages: dict[str, Row], soc: str) -> tuple[object, ...]:
    """The same as the table has it: for a year, of the occupation or else of its group, or for an hour alone."""
    combined = {soc} & wages.keys() or {it for it in wages if soc in COMBINED.get(it, "").split()}
    for published in combined:
        row = wages[published]
        low, high = (None if row[it] == "-" else float(row[it]) for it in ("annual_p10", "annual_p90"))
        hourly = float(row["hourly_median"]) if row["hourly_median"] != "-" else None
        if low is not None or high is not None:
            return low, high, (10, 90), "YEAR", published
        return hourly, hourly, (50, 50), "HOUR", published
    return ()


def test_all_careers_have_the_pay_that_is_published(catalog: Catalog) -> None:
    """But legislators and hunters, whom the survey leaves out. Those of a group share one figure, and it says so."""
    without = {code for code, slug in occupations(catalog).items() if catalog.careers[slug].value("salary") is None}
    assert without == {"11-1031.00", "45-3031.00"}
    slugs = occupations(catalog)
    aides = [catalog.careers[slugs[code]].value("salary") for code in ("31-1121.00", "31-1122.00")]
    assert pay(aides[0]) == pay(aides[1]) == (27040.0, 45040.0, (10, 90), "YEAR", "31-1120")
    assert method(aides[0]) == (
        "10th and 90th percentile of annual wages, May 2025, as published for Home Health and Personal Care Aides "
        "(31-1120): the survey has one figure for this group of occupations, and none for each."
    )
    grouped = [code for code in slugs if any(code[:7] in it.split() for it in COMBINED.values())]
    assert len(grouped) == 30
    actor = catalog.careers[slugs["27-2011.00"]].value("salary")
    assert pay(actor) == (29.05, 29.05, (50, 50), "HOUR", "27-2011")
    assert "Only hourly pay is published" in method(actor)


def test_every_figure_is_the_sources(catalog: Catalog) -> None:
    """Read again and by other code, from the words of each method."""
    wages = {row["soc_code"]: row for row in rows(WAGES)}
    exposure = {row["O*NET-SOC Code"]: Decimal(row["human_rating_beta"]) for row in rows(EXPOSURE)}
    for code, slug in occupations(catalog).items():
        values = {value.attribute.key: value for value in catalog.careers[slug].values}
        if catalog.careers[slug].category.slug == "ai-engineering":
            continue
        assert pay(values.get("salary")) == published_pay(wages, code.partition(".")[0]), code
        value = values.get("ai-exposure")
        assert isinstance(value, Number)
        assert value.value == int((exposure[code] * 100).to_integral_value(ROUND_HALF_UP)), code
        zone = values["job-zone"]
        assert isinstance(zone, Level)
        assert zone.rank + 1 == int(by_code("Job Zones")[code][0]["Job Zone"]), code
        coding = values.get("requires-coding")
        if (expected := programming(code)) is None and slug in seeded.catalog().careers:
            continue  # what the seed has stays
        assert (coding.yes if isinstance(coding, Flag) else None) == expected, code
    careers = {code: catalog.careers[slug] for code, slug in occupations(catalog).items()}
    surprising = [careers[code].value("requires-coding") for code in ("15-2099.01", "47-4011.01")]
    assert [value.yes for value in surprising if isinstance(value, Flag)] == [True, False]


def programming(code: str) -> bool | None:
    """Whether an occupation requires coding by the rule that its method states."""
    ratings = [
        Decimal(row["Data Value"])
        for row in by_code("Skills").get(code, [])
        if (row["Element ID"], row["Scale ID"], row["Recommend Suppress"]) == ("2.B.3.e", "IM", "N")
    ]
    count = sum(
        row["Commodity Title"] == "Object or component oriented development software" and row["In Demand"] == "Y"
        for row in by_code("Technology Skills").get(code, [])
    )
    rating = ratings[0] if ratings else None
    if rating is not None and (rating >= 3 or rating <= Decimal("1.5")):
        return rating >= 3
    if count >= 2 and (rating is None or rating >= 2):
        return True
    return False if count == 0 and (rating is None or rating <= 2) else None


def test_education_is_published_where_it_is_not_suppressed(catalog: Catalog) -> None:
    for code, slug in occupations(catalog).items():
        table = by_code("Education, Training, and Experience").get(code, [])
        answers = [row for row in table if row["Scale ID"] == "RL"]
        value = catalog.careers[slug].value("education")
        most = max(answers, key=lambda row: Decimal(row["Data Value"]), default=None)
        if most is None or most["Recommend Suppress"] == "Y":
            assert value is None, code
        else:
            assert isinstance(value, Level)
            assert (value.rank + 1, value.provenance.sample_size) == (
                int(most["Category"]),
                int(most["N"] or 0) or None,
            )
            ends = [float(most[name]) for name in ("Lower CI Bound", "Upper CI Bound") if most[name]]
            assert (value.share, list(value.interval or ())) == (float(most["Data Value"]), ends), code


def test_no_statement_is_false(catalog: Catalog) -> None:
    random, slugs = Random(29), list(catalog.careers)  # noqa: S311 - pairs, not secrets
    for _ in range(PAIRS):
        a, b = random.sample(slugs, 2)
        comparison = compare(catalog, a, b, random.choice(("en", "de")))
        assert not faults(comparison), f"{a} {b}"
        for move in sections(comparison).moves:
            assert not transition_faults(catalog, move), f"{a} {b} {move.origin.slug}"


def test_moves_are_graded_as_a_careers_adviser_would(catalog: Catalog) -> None:
    assert not disagreements(catalog, "onet")


def test_a_later_release_with_fewer_tables(engine: Engine, catalog: Catalog) -> None:
    """Values from tables that it lacks stay; technologies are those of its own table."""
    done = run("onet", LATER, "--publish", "--database", engine.url)
    assert done.exit_code == 0, done.output
    assert "job zones" in done.stdout[done.stdout.index("Tables missed") :]
    after = Catalogs(engine).current()
    assert after.version == catalog.version + 2  # the publish, and the neighbours that it moved
    assert after.careers.keys() == catalog.careers.keys()
    for code, slug in occupations(after).items():
        keys = {value.attribute.key for value in after.careers[slug].values}
        assert {value.attribute.key for value in catalog.careers[slug].values} ^ keys <= {"requires-coding"}, code
    if DEEP:  # tests of the sample say so each time
        again = run("onet", LATER, "--publish", "--database", engine.url)
        assert "Nothing changed." in again.stdout
