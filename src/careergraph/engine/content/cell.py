"""Cell: a value as a row of the glance compares it. What decides is worked out once for a value, not for each pair."""

from functools import lru_cache
from typing import Any

from careergraph.engine.content.attribute import Better
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value import Value


class Cell:
    """One value and what its comparison looks at. It gives the outcomes of `Value.obstacle` and `Value.against`."""

    __slots__ = ("_above", "_below", "_ends", "_measure", "_order", "_published_for", "_rank", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        self._measure = _one(value.measure())
        self._published_for = value.provenance.published_for
        self._order = _one(value.order())
        self._ends = len(self._order) > 1
        self._rank = self._order[0]
        self._above, self._below = _ABOVE_AND_BELOW[value.better]

    def above(self, other: "Cell") -> bool:
        """Whether this value is comparable with the other one and higher."""
        return self._order > other._order and self.outcome(other) is not _APART

    def outcome(self, other: "Cell") -> Outcome:
        """The outcome with this value as a and the other as b."""
        if self._measure is not other._measure and self._measure != other._measure:
            return _APART
        if self._published_for is not None and self._published_for == other._published_for:
            return _APART
        if self._ends:  # a range has two of them, either of which may be absent: it knows how to compare them
            return self.value.against(other.value)
        mine, theirs = self._rank, other._rank
        if mine == theirs:
            return _TIE
        return self._above if mine > theirs else self._below


@lru_cache(maxsize=10_000)
def _one(key: tuple[object, ...]) -> tuple[Any, ...]:
    """One tuple for all that are equal. Careers share few, and what is shared is near the processor already."""
    return key


# Looking up a member of an enum costs more than what it is compared with here.
_APART, _TIE = Outcome.NOT_COMPARABLE, Outcome.TIE

_ABOVE_AND_BELOW = {
    Better.HIGHER: (Outcome.A, Outcome.B),
    Better.LOWER: (Outcome.B, Outcome.A),
    Better.NEITHER: (Outcome.DIFFERS, Outcome.DIFFERS),
}
