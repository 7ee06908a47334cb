"""Closeness: how near the figures of two careers are to each other."""

from collections.abc import Mapping

from careergraph.engine.content.attribute import ValueKind
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value import Value, outcome

_APART = Outcome.NOT_COMPARABLE


def closeness(a: Mapping[str, Value], b: Mapping[str, Value]) -> float | None:
    """The mean closeness of the figures that two careers both have and that can be compared, from 0 to 1; None where
    there are none.

    Two numbers or levels are as close as their distance is short, measured by the attribute's scale or its levels; two
    amounts without a scale by the ratio of the smaller to the larger; the ends of a range one by one. Flags and choices
    are the same or not.
    """
    similarities = []
    for key, mine in a.items():
        theirs = b.get(key)
        if theirs is not None and outcome(mine, theirs) is not _APART:
            similarities.append(_similarity(mine, theirs))
    return sum(similarities) / len(similarities) if similarities else None


def figures(career: Career) -> tuple[tuple[object, ...], ...]:
    """All that `closeness` looks at of one career: equal where its figures are as close to every other's."""
    return tuple(
        [
            (
                value.attribute.key,
                value.measure(),
                value.order(),
                value.figure(),
                _span(value),
                value.attribute.kind,
            )
            for value in career.values
        ]
    )


def _similarity(mine: Value, theirs: Value) -> float:
    if mine.number is not None and theirs.number is not None:  # most have one end, which is this number
        return _near(mine, mine.number, theirs.number)
    parts = [_near(mine, one, other) for one, other in zip(mine.order(), theirs.order(), strict=True)]
    return sum(parts) / len(parts)


def _near(value: Value, one: float, other: float) -> float:
    if one == other:
        return 1.0
    if (span := _span(value)) is not None:
        return max(0.0, 1.0 - abs(one - other) / span) if span else 0.0
    low, high = sorted((one, other))
    return low / high if low > 0 else 0.0


def _span(value: Value) -> float | None:
    """The longest distance that two values can have; 0 where they are the same or not, None where there is none."""
    attribute = value.attribute
    if attribute.kind is ValueKind.LEVEL:
        return float(len(attribute.options) - 1)
    if attribute.kind in (ValueKind.FLAG, ValueKind.CHOICE):
        return 0.0
    return attribute.scale
