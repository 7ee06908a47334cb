"""A comparison for a terminal, in the order of the page."""

from collections.abc import Iterable, Iterator

import click

from careergraph.cli.base.table import bullets, paragraph, table
from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.labels import counted_label, label
from careergraph.engine.text.statement import Statement


def report(comparison: Comparison, columns: int) -> Iterator[str]:
    """The lines of a comparison."""
    yield click.style(paragraph(comparison.title, columns), bold=True) + "\n"
    yield paragraph(comparison.lead.text, columns)
    yield from _glance(comparison, columns)
    yield from _skills(comparison, columns)
    yield from _verdict(comparison, columns)
    yield from _transition(comparison, columns)
    yield from _collections(comparison, columns)


def _glance(comparison: Comparison, columns: int) -> Iterator[str]:
    localized = comparison.localized
    yield _section(label(localized, "section.glance"))
    titles = [localized.read(career.title) for career in (comparison.a, comparison.b)]
    head = ("", f"A: {titles[0]}", f"B: {titles[1]}", label(localized, "glance.outcome"))
    rows = [_row(comparison, row) for row in comparison.glance.rows]
    nothing = ("-", "-", "-", label(localized, "outcome-short.unknown"))  # neither career has a value
    yield from table([head, *(rows or [nothing])], columns)
    if unknown := comparison.unknown:
        names = ", ".join(localized.read(attribute.label) for attribute in unknown)
        yield paragraph(f"{label(localized, 'glance.unknown-both')}: {names}", columns, "  ")


def _row(comparison: Comparison, row: GlanceRow) -> tuple[str, str, str, str]:
    localized = comparison.localized

    def display(value: Value | None) -> str:
        return label(localized, "value.unknown") if value is None else localized.display(value)

    undecided = row.outcome is Outcome.UNKNOWN and not row.unknown_for
    name = "undecided" if undecided else row.outcome.lower().replace("_", "-")
    outcome = label(localized, f"outcome-short.{name}")
    return localized.read(row.attribute.label), display(row.a), display(row.b), outcome


def _skills(comparison: Comparison, columns: int) -> Iterator[str]:
    localized, skills = comparison.localized, comparison.skills
    read = localized.read
    percent = label(localized, "value.percent", n=localized.locale.number(round(skills.overlap * 100, 1)))
    overlap = label(localized, "skills.overlap", percent=percent)
    yield _section(f"{label(localized, 'section.skills')} ({overlap})")
    only = [label(localized, "skills.only", career=read(career.title)) for career in (comparison.a, comparison.b)]
    yield from _titled_list(only[0], (read(skill.text) for skill in skills.a_only), columns)
    shared = (f"{read(pair.a.text)} = {read(pair.b.text)}" for pair in skills.shared)
    yield from _titled_list(counted_label(localized, "count.shared", len(skills.shared)), shared, columns)
    related = (f"{read(pair.a.text)} ~ {read(pair.b.text)} ({pair.because(localized)})" for pair in skills.related)
    yield from _titled_list(counted_label(localized, "count.related", len(skills.related)), related, columns)
    yield from _titled_list(only[1], (read(skill.text) for skill in skills.b_only), columns)


def _verdict(comparison: Comparison, columns: int) -> Iterator[str]:
    verdict, localized = comparison.verdict, comparison.localized
    yield _section(label(localized, "section.choose"))
    for choice in (verdict.choose_a, verdict.choose_b):
        title = label(localized, "choose.if", career=localized.read(choice.career.title))
        yield from _titled_list(title, (reason.clause for reason in choice.reasons), columns)
        if (note := choice.note) is not None:
            yield paragraph(note.text, columns, "    ")
    yield from _titled_list(label(localized, "choose.either"), (reason.clause for reason in verdict.either), columns)
    yield _section(label(localized, "section.conclusion"))
    yield paragraph(_texts(comparison.verdict.conclusion), columns)


def _transition(comparison: Comparison, columns: int) -> Iterator[str]:
    yield _section(label(comparison.localized, "section.transition"))
    for side in Side:
        yield from bullets([_texts(comparison.transition(side).statements)], columns)


def _collections(comparison: Comparison, columns: int) -> Iterator[str]:
    if comparison.collections:
        yield _section(label(comparison.localized, "section.collections"))
        yield from bullets(
            (comparison.localized.read(collection.title) for collection in comparison.collections), columns
        )


def _titled_list(title: str, texts: Iterable[str], columns: int) -> Iterator[str]:
    items = list(texts)
    if items:
        yield paragraph(title, columns, "  ")
        yield from bullets(items, columns)


def _texts(statements: Iterable[Statement]) -> str:
    return " ".join(statement.text for statement in statements)


def _section(title: str) -> str:
    return "\n" + click.style(title, bold=True)
