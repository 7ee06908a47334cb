"""Weighing: who is ahead by a reader's own weights.

Each row that one side decides gives that side the weight of its attribute. What ties, differs without being better, is
not known or does not compare gives nobody anything.
"""

from collections.abc import Mapping
from typing import NamedTuple

from careergraph.engine.comparison.conclusion import LISTED
from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.brevity import fill_list
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Fact, Rule, Statement

Weights = Mapping[str, int]
"""How much attributes count for a reader, from 1 to 10, by their keys. What is not in it does not count."""

NO_WEIGHTS: Weights = {}
"""The weights of a reader who has none."""


class Weighing(NamedTuple):
    """The points of both sides, and the statement about them."""

    a: int
    b: int
    statement: Statement


def ordered(glance: Glance, weights: Weights) -> Glance:
    """The rows with the heaviest first; those of one weight keep their order."""
    return Glance(tuple(sorted(glance.rows, key=lambda row: -weights.get(row.attribute.key, 0))))


def weighing(pair: CareerPair, glance: Glance, weights: Weights) -> Weighing:
    """Return who is ahead by some weights. The rows of the glance are in their order (see `ordered`)."""
    rows = [(row, weights[row.attribute.key]) for row in glance.rows if row.attribute.key in weights]
    compared = [(row, weight) for row, weight in rows if not row.open]
    a, b = _points(compared, Outcome.A), _points(compared, Outcome.B)
    outcome = Outcome.A if a > b else Outcome.B if b > a else Outcome.TIE if a else None
    text, locale = _worded(pair, compared, outcome, (a, b))
    counts = pair.of_a.facts.count(a), pair.of_b.facts.count(b)
    facts = tuple([fact for row, weight in compared for fact in _facts(pair, row, weight)])
    return Weighing(a, b, Statement(text, Rule.WEIGHED, outcome, (*counts, *facts), locale))


def _points(compared: list[tuple[GlanceRow, int]], side: Outcome) -> int:
    return sum([weight for row, weight in compared if row.outcome is side])


def _facts(pair: CareerPair, row: GlanceRow, weight: int) -> tuple[Fact, Fact]:
    """Both values of a row, each with the points that it gives its side."""
    a, b = pair.facts(row.column)
    return (
        a._replace(count=weight if row.outcome is Outcome.A else 0),
        b._replace(count=weight if row.outcome is Outcome.B else 0),
    )


def _worded(
    pair: CareerPair, compared: list[tuple[GlanceRow, int]], outcome: Outcome | None, points: tuple[int, int]
) -> tuple[str, str]:
    most, least = max(points), min(points)
    if outcome is None or outcome is Outcome.TIE:
        localized = pair.localized
        template, spoken = (
            localized.general("weighed.none") if outcome is None else localized.counted("weighed.tie", most)
        )
        return template.fill({"n": spoken.count(most)}), spoken.locale.code
    template, spoken = pair.localized.general("weighed")
    title = (pair.a if outcome is Outcome.A else pair.b).title
    nouns = [spoken.noun(row.attribute) for row, _ in compared if row.outcome is outcome]
    slots = {"career": spoken.name(title), "n": spoken.count(most), "other": spoken.count(least)}
    text = fill_list((template, spoken), "labels", nouns, slots, LISTED, (spoken.read(title),))
    return text, spoken.locale.code
