"""At a Glance: one row for each attribute that either career has, and the decision in it. No text is made here."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.outcome import Obstacle, Outcome, RangeEnd, Side
from careergraph.engine.content.value_kinds import MoneyRange, Value, outcome

ENDS = tuple(RangeEnd)

Ahead = tuple[Outcome, RangeEnd | None]
"""The side that is ahead, and the end of a range at which it is; None for the whole value."""


Shape = int
"""A number for the column of a row, its outcome, its obstacle, and whether a and b lack a value."""


class GlanceRow(NamedTuple):
    """Two values of one attribute side by side, either of which may be absent, and the outcome. `column` is the place
    of the attribute among the catalog's `columns`; `ahead` are the sides that are ahead: one by the whole value, or one
    at each end of a range that decides. `shape` is all of this but for the values."""

    attribute: Attribute
    a: Value | None
    b: Value | None
    outcome: Outcome
    obstacle: Obstacle | None
    column: int
    ahead: tuple[Ahead, ...]
    shape: Shape

    @property
    def unknown_for(self) -> tuple[Side, ...]:
        """The sides without a value."""
        return tuple([side for side, value in zip(_SIDES, (self.a, self.b), strict=True) if value is None])

    @property
    def open(self) -> bool:
        """Whether a side lacks the value, or the values are not comparable."""
        return self.outcome is _UNKNOWN or self.outcome is _APART


class Glance(NamedTuple):
    """The rows in the order of their attributes' positions; where other pairs have some of them too, the same in `runs`
    that are one object for all of these."""

    rows: tuple[GlanceRow, ...]
    runs: Sequence[tuple[GlanceRow, ...]] = ()

    def row(self, attribute: str) -> GlanceRow | None:
        """The row of an attribute, by its key; None where neither career has a value of it."""
        return next((row for row in self.rows if row.attribute.key == attribute), None)


def glance(
    columns: Sequence[tuple[int, Attribute]], values_a: Sequence[Value | None], values_b: Sequence[Value | None]
) -> Glance:
    """Put the values of two careers side by side; each has one, or None, for each column."""
    every = zip(columns, values_a, values_b, strict=True)
    rows = [row_of(column, attribute, a, b) for (column, attribute), a, b in every]
    return Glance(tuple([row for row in rows if row is not None]))


def row_of(column: int, attribute: Attribute, a: Value | None, b: Value | None) -> GlanceRow | None:
    """Put two values of one attribute side by side; None where both are absent."""
    if a is None or b is None:
        missing: Shape = column * _SHAPES + (a is None)
        return None if a is b else _make(GlanceRow, (attribute, a, b, outcome(a, b), None, column, (), missing))
    result, obstacle = outcome(a, b), None
    if result is _APART:
        obstacle = a.obstacle(b)
    ahead = _ends_ahead(result, a, b) if type(a) is MoneyRange else _WHOLE[result]
    shape = column * _SHAPES + _NUMBERS[obstacle or result]
    return _make(GlanceRow, (attribute, a, b, result, obstacle, column, ahead, shape))


def _ends_ahead(result: Outcome, a: MoneyRange, b: Value) -> tuple[Ahead, ...]:
    if not isinstance(b, MoneyRange) or (result is not _A and result is not _B and result is not _DIFFERS):
        return ()
    ends = [(a.end_against(b, part), part) for part in ENDS]
    deciding = tuple([(end, part) for end, part in ends if end is _A or end is _B])
    return _WHOLE[result] if result is not _DIFFERS and len(deciding) == len(ENDS) else deciding


_WHOLE: Mapping[Outcome, tuple[Ahead, ...]] = {it: ((it, None),) if it.decided else () for it in Outcome}
_NUMBERS = {it: number for number, it in enumerate((*Outcome, *Obstacle), 2)}
_SHAPES = 2 + len(_NUMBERS)
_make = tuple.__new__  # half the time of the class, which runs Python code

_SIDES = (Side.A, Side.B)
_A, _B, _DIFFERS = Outcome.A, Outcome.B, Outcome.DIFFERS
_APART, _UNKNOWN = Outcome.NOT_COMPARABLE, Outcome.UNKNOWN
