"""How the judge re-derives who is ahead by a reader's own weights, and in which order a reader is told."""

from collections.abc import Iterator
from itertools import pairwise

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.text.statement import Statement
from truth.outcomes import expected, value_of


def weighed_faults(comparison: Comparison, statement: Statement) -> Iterator[str]:
    """What is wrong with the statement about a reader's weights."""
    points = {"A": 0, "B": 0}
    rows = []
    for key, weight in comparison.weights.items():
        attribute = comparison.localized.catalog.attributes[key]
        a, b = value_of(comparison.a, attribute), value_of(comparison.b, attribute)
        outcome = expected(a, b)
        if outcome in ("A", "B"):
            points[outcome] += weight
        if outcome not in ("UNKNOWN", "NOT_COMPARABLE"):
            shares = [weight if outcome == side else 0 for side in ("A", "B")]
            rows.append((-weight, attribute.position, key, (comparison.a, a, shares[0]), (comparison.b, b, shares[1])))
    if [(fact.career, fact.count) for fact in statement.facts[:2]] != [
        (comparison.a, points["A"]),
        (comparison.b, points["B"]),
    ]:
        yield f"does not give the two {points} points"
    listed = [side for row in sorted(rows, key=lambda row: row[:2]) for side in row[3:]]
    if [(fact.career, fact.value, fact.count) for fact in statement.facts[2:]] != listed:
        yield "does not carry each figure with a weight that can be compared, the heaviest first"
    yield from _outcome_faults(comparison, statement, points)


def _outcome_faults(comparison: Comparison, statement: Statement, points: dict[str, int]) -> Iterator[str]:
    leading = "A" if points["A"] > points["B"] else "B" if points["B"] > points["A"] else "TIE"
    outcome = None if not any(points.values()) else leading
    if statement.outcome != outcome:
        yield f"states {statement.outcome}, the points say {outcome}"
    if outcome in ("A", "B"):
        this, other = (comparison.a, comparison.b)[:: 1 if outcome == "A" else -1]
        read = comparison.localized.read
        if read(this.title) not in statement.text or read(other.title) in statement.text.replace(read(this.title), ""):
            yield "does not name who is ahead, and nobody else"
    for count in {*points.values()} if outcome else ():
        if str(count) not in statement.text:
            yield f"does not say {count}"
    if outcome in (None, "TIE") and any(word in statement.text for word in ("ahead", "vorn")):
        yield "says that one is ahead, and nobody is"


def omitted_weights(comparison: Comparison) -> Iterator[str]:
    """Weights without a statement, a statement without weights, and reasons that stand before heavier ones."""
    if (comparison.weighed is None) == bool(comparison.weights):
        yield "weighed: not exactly where there are weights"
    for choice in (comparison.verdict.choose_a, comparison.verdict.choose_b):
        keys = [it.facts[0].attribute.key for it in choice.reasons if it.facts[0].attribute]
        weights = [comparison.weights.get(key, 0) for key in keys]
        if any(after > before for before, after in pairwise(weights)):
            yield "weighed: a reason stands before a heavier one"
