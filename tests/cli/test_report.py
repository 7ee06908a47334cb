"""The report for the terminal says what the comparison says, and keeps to the width; the JSON holds every proof."""

import json
from dataclasses import replace
from itertools import chain, pairwise

import click
import pytest

from careergraph.cli.base.comparison_json import comparison_json
from careergraph.cli.base.report import report
from careergraph.cli.base.table import table
from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content.outcome import Side
from truth.seeded import beginning_alike, catalog

PAIR = ("ai-model-routing-engineer", "ai-multi-agent-systems-engineer")


def lines(comparison: Comparison, columns: int) -> list[str]:
    """The report's lines, without bold."""
    return click.unstyle("\n".join(report(comparison, columns))).split("\n")


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("columns", [40, 80, 110])
def test_no_line_is_wider_than_the_terminal(columns: int, locale: str) -> None:
    slugs = list(catalog().careers)
    for a, b in [PAIR, *pairwise(slugs)]:
        printed = lines(compare(catalog(), a, b, locale), columns)
        assert max(map(len, printed)) <= columns


def test_every_statement_is_in_the_report() -> None:
    comparison = compare(catalog(), *PAIR)
    text = " ".join(" ".join(lines(comparison, 80)).split())
    verdict = comparison.verdict
    statements = chain(
        comparison.lead.statements,
        verdict.conclusion,
        *(comparison.transition(side).statements for side in Side),
    )
    for statement in statements:
        assert statement.text in text
    for statement in (*verdict.choose_a.reasons, *verdict.choose_b.reasons, *verdict.either):
        assert statement.clause in text
    for skill in (*comparison.a.skills, *comparison.b.skills):
        assert skill.text["en"] in text


@pytest.mark.parametrize(("locale", "overlap"), [("en", "Overlap 12.5%"), ("de", "Überschneidung 12,5 %")])
def test_the_overlap_reads_as_its_language_writes_it(locale: str, overlap: str) -> None:
    assert overlap in "\n".join(lines(compare(catalog(), *PAIR, locale), 110))


def test_the_table_puts_values_side_by_side() -> None:
    printed = lines(compare(catalog(), *PAIR), 110)
    row = next(line for line in printed if line.strip().startswith("Salary range"))
    assert row.split() == ["Salary", "range", "$135,000–$210,000/yr", "$120,000–$280,000/yr", "Different"]


@pytest.mark.parametrize(("locale", "outcome"), [("en", "Undecided"), ("de", "Offen")])
def test_figures_that_do_not_decide_are_not_called_unknown(locale: str, outcome: str) -> None:
    printed = lines(compare(beginning_alike(), *PAIR, locale), 110)
    row = next(line for line in printed if "100" in line and "$" in line)
    assert row.split()[-1] == outcome


def test_a_cell_that_is_too_wide_wraps_in_its_column() -> None:
    rows = [("a", "one two three"), ("bb", "four")]
    assert list(table(rows, 13)) == ["  a   one two", "      three", "  bb  four"]


def test_the_json_holds_every_statement_with_its_facts() -> None:
    comparison = compare(catalog(), *PAIR, "de")
    content = json.loads(json.dumps(comparison_json(comparison)))
    assert [it["text"] for it in content["summary"]] == [it.text for it in comparison.summary]
    for statement in content["verdict"]["conclusion"]:
        assert statement["facts"]
        assert statement["locale"] == "de"
    salary = content["glance"]["rows"][0]
    assert (salary["a"]["low"], salary["b"]["high"], salary["outcome"]) == (135_000, 280_000, "DIFFERS")
    assert {transition["from"] for transition in content["transitions"]} == set(PAIR)
    assert len(content["skills"]["shared"]) == 1


@pytest.mark.parametrize("columns", [40, 110])
@pytest.mark.parametrize(("locale", "unknown"), [("en", "Not known"), ("de", "Nicht bekannt")])
def test_careers_without_values_are_compared(columns: int, locale: str, unknown: str) -> None:
    """There is nothing to put into a table, and the report says so."""
    full = catalog()
    careers = {slug: replace(it, values=(), skills=(), roadmap=()) for slug, it in list(full.careers.items())[:2]}
    bare = replace(full, careers=careers, collections={})
    a, b = careers
    comparison = compare(bare, a, b, locale)
    assert not comparison.glance.rows
    printed = lines(comparison, columns)
    assert max(map(len, printed)) <= columns
    row = next(line for line in printed if line.startswith("  -"))
    assert row.split()[:3] == ["-", "-", "-"] and unknown in " ".join(" ".join(printed).split())


def test_a_table_of_empty_cells_is_drawn() -> None:
    assert list(table([("", ""), ("", "")], 40)) == ["", ""]
    assert list(table([("abc",) * 30], 10))
