"""Effort: what a career asks of those who move there, as `transition` weighs it."""

from collections.abc import Sequence
from decimal import Decimal

from careergraph.engine.cell import Cell
from careergraph.engine.evidence import Evidence
from careergraph.engine.statement import Fact
from careergraph.engine.values import Number

Weight = tuple[Fact, Cell]
"""That a career has a value, and the value as it compares."""


class Effort:
    """The facts of one career that grade the moves from it and to it, looked up once for all of them.

    `learning` is the fact of the months to learn it; None where they are unknown. `weights` has an entry for each
    attribute that makes a move harder where the target has more of it; None where the career has no value. `total` is
    how many skills it has.
    """

    __slots__ = ("_above", "_below", "learning", "total", "weights")

    def __init__(self, evidence: Evidence, learning: str | None, raising: Sequence[str]) -> None:
        facts, values = evidence.values, evidence.career.values_by_attribute
        self.total = len(evidence.career.skills)
        self.learning: Fact | None = facts.get(learning) if learning is not None else None
        self.weights: tuple[Weight | None, ...] = tuple(
            [(facts[key], Cell(values[key])) if key in facts else None for key in raising]
        )
        months = self.learning.value if self.learning else None
        if not isinstance(months, Number):
            self.learning = None
        else:
            # The decimal number that was written, as a fraction: what remains is counted exactly, in integers.
            self._above, self._below = Decimal(str(months.value)).as_integer_ratio()

    def months(self, left: int, whole: int) -> int | None:
        """How many of the months remain, rounded up, where so much of the whole is left; None where unknown."""
        return None if self.learning is None else -(-self._above * left // (self._below * whole))
