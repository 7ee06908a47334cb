"""Effort: what a career asks of those who move there, as `transition` weighs it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from careergraph.engine.attribute import TransitionRole
from careergraph.engine.cell import Cell
from careergraph.engine.evidence import Evidence
from careergraph.engine.statement import Fact
from careergraph.engine.values import Number

Weight = tuple[Fact, Cell]
"""That a career has a value, and the value as it compares."""


def _weight(fact: Fact | None) -> Weight | None:
    return None if fact is None or fact.value is None else (fact, Cell(fact.value))


RAISING = (TransitionRole.ENTRY_BARRIER, TransitionRole.DIFFICULTY)
"""The roles of what makes a move harder where the target has more of it."""


class Effort:
    """The facts of one career that grade the moves from it and to it, looked up once for all of them.

    `learning` is the fact of the months to learn it; None where they are unknown. `weights` has an entry for each
    attribute that makes a move harder where the target has more of it; None where the career has no value. `total` is
    how many skills it has.
    """

    __slots__ = ("_above", "_below", "learning", "total", "weights")

    def __init__(self, evidence: Evidence, learning: str | None, raising: Sequence[str]) -> None:
        facts = evidence.values
        self.total = len(evidence.career.skills)
        self.learning: Fact | None = facts.get(learning) if learning is not None else None
        self.weights: tuple[Weight | None, ...] = tuple([_weight(facts.get(key)) for key in raising])
        months = self.learning.value if self.learning else None
        if not isinstance(months, Number):
            self.learning = None
        else:
            # The decimal number that was written, as a fraction: what remains is counted exactly, in integers.
            self._above, self._below = Decimal(str(months.value)).as_integer_ratio()

    def months(self, left: int, whole: int) -> int | None:
        """How many of the months remain, rounded up, where so much of the whole is left; None where unknown."""
        return None if self.learning is None else -(-self._above * left // (self._below * whole))


def effort_of(evidence: Evidence, roles: Mapping[TransitionRole, str]) -> Effort:
    """What a career asks of those who move there, by the facts about it; `roles` are keys of attributes."""
    raising = [roles[role] for role in RAISING if role in roles]
    return Effort(evidence, roles.get(TransitionRole.LEARNING_MONTHS), raising)
