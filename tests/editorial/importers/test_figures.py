"""A site's own figures: each kind of value, all that is wrong with its line, and whose figure prevails."""

import re
from pathlib import Path
from typing import Any

import pytest

from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.store.editing.drafts import drafts
from editorial.importers.sampling import Sample, import_sample, run
from editorial.verbs.desk import EDITOR, Desk

HEAD = "career,attribute,value,unit,source,date,method,region,basis,sample size,interval low,interval high,suppress\n"
NURSE, SCIENTIST = ("career", "registered-nurse"), ("career", "data-scientist")


@pytest.fixture
def file(tmp_path: Path, desk: Desk) -> Path:
    source = {"slug": "our-survey", "title": "Our survey", "publisher": "We", "kind": "MEASURED"}
    desk.do(save_draft, EDITOR, "source", source, None)
    desk.do(publish, EDITOR, [("source", "our-survey")])
    return tmp_path / "ours.csv"


def done(desk: Desk, file: Path, rows: str, *options: str, head: str = HEAD) -> str:
    file.write_text(head + rows)
    result = run("figures", file, "--publish", *options, "--database", desk.engine.url)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def refused(desk: Desk, file: Path, rows: str, head: str = HEAD) -> list[str]:
    file.write_text(head + rows)
    result = run("figures", file, "--database", desk.engine.url)
    assert (result.exit_code, desk.look(drafts)) == (1, ())
    return result.stderr.splitlines()[2:]


def value(desk: Desk, key: tuple[str, str], attribute: str) -> dict[str, Any] | None:
    return next((it for it in desk.live(key)["values"] if it["attribute"] == attribute), None)


def test_a_value_of_each_kind(desk: Desk, file: Path) -> None:
    rows = (
        "data-scientist,demand-score,8.5,points,our-survey,2026-05,Asked 400.,United States,,400,8,9,\n"
        'onet:29-1141.00,salary,"68,000-137000.5",usd/year,our-survey,2026,,,posted,,,,\n'
        "registered-nurse,difficulty,Expert,,our-survey,2026-05-31,,,,,,,\n"
        "registered-nurse,remote-friendly,No,,our-survey,,,,,,,,yes\n"
    )
    assert "career: 2 changed" in done(desk, file, rows)
    score = value(desk, SCIENTIST, "demand-score")
    assert score == {
        "attribute": "demand-score",
        "source": "our-survey",
        "observedOn": "2026-05-01",
        "method": {"en": "Asked 400."},
        "region": "United States",
        "sampleSize": 400,
        "value": 8.5,
        "unit": "points",
        "interval": [8, 9],
    }
    money = value(desk, NURSE, "salary")
    assert money is not None, "the seed's figure gives way"
    assert (money["low"], money["high"], money["currency"], money["period"]) == (68000, 137000.5, "USD", "YEAR")
    level, flag = value(desk, NURSE, "difficulty"), value(desk, NURSE, "remote-friendly")
    assert level is not None and (level["level"], level["observedOn"]) == ("expert", "2026-05-31")
    assert flag is not None and (flag.get("yes"), flag["suppressed"]) == (False, True)
    assert "Nothing changed." in done(desk, file, rows)


def test_the_table_of_the_guide_is_imported(desk: Desk, file: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "how-to" / "import.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^```csv\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    head, rows = table.split("\n", 1)
    assert "career: 2 changed" in done(desk, file, rows, head=f"{head}\n")
    score, pay = value(desk, SCIENTIST, "demand-score"), value(desk, NURSE, "salary")
    assert score is not None and (score["value"], score["source"]) == (8.5, "our-survey")
    assert score["method"] == {"en": "Share of 400 employers who hire."}
    assert pay is not None and (pay["low"], pay["high"], pay["basis"]) == (68000, 137000, "POSTED")


NAMED = "career,attribute,value,unit,source,basis,low percentile,high percentile,share,interval low,interval high\n"


def test_percentiles_and_shares_have_columns(desk: Desk, file: Path) -> None:
    rows = (
        "registered-nurse,salary,68000-137000,USD/YEAR,our-survey,percentiles,25,75,,,\n"
        "registered-nurse,difficulty,Expert,,our-survey,,,,62.5,50,75\n"
    )
    file.write_text(NAMED + rows)
    assert run("figures", file, "--publish", "--database", desk.engine.url).exit_code == 0
    pay, level = (value(desk, NURSE, it) for it in ("salary", "difficulty"))
    assert pay is not None and (pay["lowPercentile"], pay["highPercentile"]) == (25, 75)
    assert level is not None and (level["share"], level["interval"]) == (62.5, [50, 75])
    file.write_text(
        NAMED
        + "registered-nurse,salary,1-2,USD/YEAR,our-survey,posted,25,75,,,\n"
        + "data-scientist,difficulty,Expert,,our-survey,,,,,50,75\n"
        + "data-scientist,salary,1-2,USD/YEAR,our-survey,percentiles,25,,,,\n"
        + "lawyer,salary,1-2,USD/YEAR,our-survey,percentiles,10,90.5,,,\n"
    )
    refusal = run("figures", file, "--database", desk.engine.url)
    assert refusal.exit_code == 1
    columns = ("low percentile", "interval low", "high percentile")
    assert all(column in refusal.stderr for column in columns), refusal.stderr
    assert "whole number" in refusal.stderr


def test_all_that_is_wrong_is_listed_with_its_line(desk: Desk, file: Path) -> None:
    problems = refused(
        desk,
        file,
        "nobody,demand-score,1,points,our-survey,,,,,,,,\n"
        "data-scientist,demand,1,points,no-survey,,,,,,,,\n"
        "data-scientist,demand-score,11,points,our-survey,,,,,,,,\n"
        "data-scientist,demand-score,many,points,our-survey,,,,,,,,\n"
        "data-scientist,demand-score,1,months,our-survey,,,,,,,,\n"
        "data-scientist,salary,90000-50000,USD/YEAR,our-survey,,,,POSTED,,,,\n"
        "data-scientist,salary,90000-,USD/YEAR,our-survey,,,,,,,,\n"
        "data-scientist,difficulty,Godlike,,our-survey,,,,,,,,\n"
        "data-scientist,remote-friendly,perhaps,,our-survey,,,,,,,,\n"
        "data-scientist,requires-coding,yes,,our-survey,31.5.2026,,,,,,,\n"
        "data-scientist,learning-curve,3,months,our-survey,,,,,0,,,\n"
        "data-scientist,job-zone,zone-1,,our-survey,,,,,,,,\n"
        "data-scientist,job-zone,zone-2,,our-survey,,,,,,,,\n"
        'actuary,demand-score,"9,7",points,our-survey,,,,,,,,\n'
        'actuary,salary,"61,00-98,000",USD/YEAR,our-survey,,,,POSTED,,,,\n'
        "lawyer,demand-score,1_0,points,our-survey,,,,,,,,\n",
    )
    assert [line.split(": ")[0] for line in problems[:-1]] == [
        f"ours.csv:{number}" for number in (2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17)
    ]
    assert problems[-1] == "16 problems"
    assert "there is no career 'nobody'" in problems[0]
    assert "outside of the scale" in problems[3]
    assert "needs its basis" in problems[7]
    assert "the career has another row" in problems[12]
    assert all("is not a number" in it for it in problems[13:16]), problems[13:]


@pytest.mark.parametrize(
    ("row", "column", "number"),
    [
        ("data-scientist,salary,61.000-98.000,USD/YEAR,our-survey,,,,POSTED,,,,", "value", "61.000"),
        ("data-scientist,salary,61.000+,USD/YEAR,our-survey,,,,POSTED,,,,", "value", "61.000"),
        ("data-scientist,learning-curve,3.125,months,our-survey,,,,,,,,", "value", "3.125"),
        ("data-scientist,learning-curve,9,months,our-survey,,,,,,1.000,12,", '["interval low"]', "1.000"),
        ("data-scientist,demand-score,8.5,points,our-survey,,,,,1.200,,,", "sample", "1.200"),
        ("data-scientist,demand-score,8.5,points,our-survey,,,,,+1.000,,,", "sample", "1.000"),
    ],
)
def test_a_point_that_may_separate_thousands_is_told(
    desk: Desk, file: Path, row: str, column: str, number: str
) -> None:
    """As in German: 61.000 is not to become 61."""
    problem = refused(desk, file, f"{row}\n")[0]
    thousands = number.replace(".", "")
    right = f"write {thousands}" if column == "sample" else f"or a fraction: write {thousands} or {number}0"
    assert problem.startswith(f"ours.csv:2: {column}: {number} may be {thousands}")
    assert problem.endswith(f"{right} [BAD_VALUE]")


def test_a_point_of_a_fraction_is_none_of_thousands(desk: Desk, file: Path) -> None:
    """Where the attribute has fractions, where the number or another one of its attribute is one, and in amounts."""
    done(
        desk,
        file,
        "data-scientist,demand-score,8.125,points,our-survey,,,,,,,,\n"
        "data-scientist,ai-replacement-risk,61.125,percent,our-survey,,,,,,,,\n"
        "data-scientist,learning-curve,3.125,months,our-survey,,,,,,,,\n"
        "actuary,learning-curve,0.125,months,our-survey,,,,,,,,\n"
        "data-scientist,salary,12.50-61.5,USD/HOUR,our-survey,,,,POSTED,,,,\n"
        "actuary,salary,12.1250-1250.125,USD/HOUR,our-survey,,,,POSTED,,,,\n",
    )
    numbers = {"demand-score": 8.125, "ai-replacement-risk": 61.125, "learning-curve": 3.125}
    assert {it: (value(desk, SCIENTIST, it) or {}).get("value") for it in numbers} == numbers
    hourly = value(desk, ("career", "actuary"), "salary")
    assert hourly is not None and (hourly["low"], hourly["high"]) == (12.125, 1250.125)


def test_figures_of_other_imports_give_way_and_editors_do_not(desk: Desk, file: Path, tmp_path: Path) -> None:
    sample = Sample(tmp_path)
    import_sample(desk.engine, sample.read())
    levels = (("job-zone", "zone-1"), ("education", "doctorate"))
    rows = "".join(f"chief-executives,{attribute},{level},,our-survey,,,,,,,,\n" for attribute, level in levels)
    key = ("career", "chief-executives")
    body = desk.live(key)
    edited = [it | {"level": "bachelor"} if it["attribute"] == "education" else it for it in body["values"]]
    desk.edit(key, values=edited)
    desk.do(publish, EDITOR, [key])
    text = done(desk, file, rows)
    assert (
        "Editors had another value before the first import, which stays (1) - career chief-executives: values.education"
        in text
    )
    zone, schooling = value(desk, key, "job-zone"), value(desk, key, "education")
    assert zone is not None and (zone["level"], zone["source"]) == ("zone-1", "our-survey")
    assert schooling is not None and schooling["level"] == "bachelor"
    assert import_sample(desk.engine, sample.read()).changes == [], "the site's own figure outlives the next import"


def test_careers_and_attributes_go_by_their_old_names(desk: Desk, file: Path) -> None:
    desk.do(rename, EDITOR, SCIENTIST, "data-wizard")
    desk.do(rename, EDITOR, ("attribute", "demand-score"), "demand")
    done(desk, file, "data-scientist,demand-score,3,points,our-survey,,,,,,,,\n")
    assert value(desk, ("career", "data-wizard"), "demand") is not None


def test_later_figures_take_the_place_of_earlier_ones(desk: Desk, file: Path) -> None:
    done(desk, file, "data-scientist,demand-score,3,points,our-survey,,,,,,,,\n")
    done(desk, file, "data-scientist,learning-curve,9,months,our-survey,,,,,,,,\n")
    done(desk, file, "data-scientist,demand-score,4,points,our-survey,,,,,,,,\n")
    score, months = value(desk, SCIENTIST, "demand-score"), value(desk, SCIENTIST, "learning-curve")
    assert (score and score["value"], months and months["value"]) == (4, 9)


def test_a_table_of_something_else(desk: Desk, file: Path) -> None:
    file.write_text("a,b\n1,2\n")
    result = run("figures", file, "--database", desk.engine.url)
    assert "a table of figures has the columns career or external id, attribute, value, source" in result.stderr


FURTHER = HEAD.replace("suppress\n", "suppress,further\n")


def test_figures_of_further_regions_stand_beside_the_first(desk: Desk, file: Path) -> None:
    """A career keeps one figure for each attribute, and further ones of other regions."""
    before = value(desk, SCIENTIST, "salary")
    rows = (
        "data-scientist,salary,50000-90000,GBP/YEAR,our-survey,,,United Kingdom,POSTED,,,,,yes\n"
        "data-scientist,salary,40000-80000,EUR/YEAR,our-survey,,,Ireland,POSTED,,,,,yes\n"
    )
    done(desk, file, rows, head=FURTHER)
    regional = desk.live(SCIENTIST)["regionalValues"]
    assert [(it["region"], it["low"]) for it in regional] == [("Ireland", 40000), ("United Kingdom", 50000)]
    assert value(desk, SCIENTIST, "salary") == before
    assert "Nothing changed." in done(desk, file, rows, head=FURTHER)
    done(desk, file, rows.replace("50000-", "51000-"), head=FURTHER)
    regional = desk.live(SCIENTIST)["regionalValues"]
    assert {(it["region"], it["low"]) for it in regional} == {("United Kingdom", 51000), ("Ireland", 40000)}


def test_a_further_figure_names_its_own_region(desk: Desk, file: Path) -> None:
    problems = refused(
        desk,
        file,
        "data-scientist,salary,50000-90000,GBP/YEAR,our-survey,,,,POSTED,,,,,yes\n"
        "data-scientist,salary,1-2,GBP/YEAR,our-survey,,,Ireland,POSTED,,,,,yes\n"
        "data-scientist,salary,1-3,GBP/YEAR,our-survey,,,Ireland,POSTED,,,,,yes\n"
        "data-scientist,salary,1-3,GBP/YEAR,our-survey,,,France,POSTED,,,,,perhaps\n",
        FURTHER,
    )
    assert [line.split(": ")[0] for line in problems[:-1]] == ["ours.csv:2", "ours.csv:4", "ours.csv:5"]
    assert "names its region" in problems[0]
    assert "and the region" in problems[1]
    assert "neither yes nor no" in problems[2]
