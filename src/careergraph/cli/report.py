"""A comparison as it is read in a terminal, in the order of the page."""

from collections.abc import Iterable, Iterator

import click

from careergraph.cli.table import bullets, paragraph, table
from careergraph.engine.compare import Comparison
from careergraph.engine.glance import GlanceRow
from careergraph.engine.outcome import Outcome, Side
from careergraph.engine.statement import Statement
from careergraph.engine.values import Value

_SHOWN = {
    Outcome.A: "A",
    Outcome.B: "B",
    Outcome.TIE: "tie",
    Outcome.DIFFERS: "differs",
    Outcome.UNKNOWN: "unknown",
    Outcome.NOT_COMPARABLE: "not comparable",
}


def report(comparison: Comparison, columns: int) -> Iterator[str]:
    """The lines of a comparison."""
    yield click.style(paragraph(comparison.title, columns), bold=True) + "\n"
    yield paragraph(_texts(comparison.summary), columns)
    yield from _glance(comparison, columns)
    yield from _skills(comparison, columns)
    yield from _verdict(comparison, columns)
    yield from _transition(comparison, columns)
    yield from _collections(comparison, columns)


def _glance(comparison: Comparison, columns: int) -> Iterator[str]:
    yield _section("At a Glance")
    titles = [comparison.edition.read(career.title) for career in (comparison.a, comparison.b)]
    head = ("", f"A: {titles[0]}", f"B: {titles[1]}", "better")
    yield from table([head, *(_row(comparison, row) for row in comparison.glance.rows)], columns)


def _row(comparison: Comparison, row: GlanceRow) -> tuple[str, str, str, str]:
    edition = comparison.edition

    def shown(value: Value | None) -> str:
        return "-" if value is None else edition.display(value)

    return edition.read(row.attribute.label), shown(row.a), shown(row.b), _SHOWN[row.outcome]


def _skills(comparison: Comparison, columns: int) -> Iterator[str]:
    read, skills = comparison.edition.read, comparison.skills
    yield _section(f"Skills Analysis (overlap {skills.overlap * 100:.3g}%)")
    yield from _listed("Only A", (read(skill.text) for skill in skills.a_only), columns)
    shared = (f"{read(pair.a.text)} = {read(pair.b.text)}" for pair in skills.shared)
    yield from _listed(f"Shared ({len(skills.shared)})", shared, columns)
    related = (
        f"{read(pair.a.text)} ~ {read(pair.b.text)} ({pair.because(comparison.edition)})" for pair in skills.related
    )
    yield from _listed(f"Related ({len(skills.related)})", related, columns)
    yield from _listed("Only B", (read(skill.text) for skill in skills.b_only), columns)


def _verdict(comparison: Comparison, columns: int) -> Iterator[str]:
    verdict, read = comparison.verdict, comparison.edition.read
    yield _section("Which Career Should You Choose")
    for choice in (verdict.choose_a, verdict.choose_b):
        reasons = (reason.text for reason in choice.reasons)
        yield from _listed(f"Choose {read(choice.career.title)} if", reasons, columns)
    yield from _listed("Either way", (reason.text for reason in verdict.either), columns)
    yield _section("Conclusion")
    yield paragraph(_texts(comparison.verdict.conclusion), columns)


def _transition(comparison: Comparison, columns: int) -> Iterator[str]:
    yield _section("Transition")
    for side in Side:
        yield from bullets([_texts(comparison.transition(side).statements)], columns)


def _collections(comparison: Comparison, columns: int) -> Iterator[str]:
    if comparison.collections:
        yield _section("Related Career Collections")
        yield from bullets((comparison.edition.read(found.title) for found in comparison.collections), columns)


def _listed(title: str, texts: Iterable[str], columns: int) -> Iterator[str]:
    items = list(texts)
    if items:
        yield paragraph(title, columns, "  ")
        yield from bullets(items, columns)


def _texts(statements: Iterable[Statement]) -> str:
    return " ".join(statement.text for statement in statements)


def _section(title: str) -> str:
    return "\n" + click.style(title, bold=True)
