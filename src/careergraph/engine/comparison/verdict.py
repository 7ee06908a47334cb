"""Verdict: which career should you choose, and the conclusion.

A side that is ahead in no figure has a note that says so, whether or not a preference speaks for it.
"""

from typing import NamedTuple, Protocol

from careergraph.engine.comparison.balance import Balance
from careergraph.engine.comparison.narration import Narration
from careergraph.engine.comparison.narrator import Form, Item, StatementNarrator
from careergraph.engine.content import Career
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement


class Compared(Protocol):
    """A comparison as its verdict needs it, which it does not keep: a circle would be left to the garbage collector."""

    pair: CareerPair

    def narrate(self, form: Form[Item]) -> Narration[Item]:
        """The statements about the pair, in a form."""

    def narrate_either(self, form: Form[Item]) -> list[Item]:
        """The reasons that stand for both, in a form."""

    def narrate_conclusion(self, form: Form[Item]) -> list[Item]:
        """The conclusion, in a form."""

    def weigh(self) -> Balance:
        """The rows of the glance by their outcomes."""


class ChooseIf(NamedTuple):
    """The reasons for choosing one career over the other: that of a `side`."""

    comparison: Compared
    side: Outcome

    @property
    def career(self) -> Career:
        """The career to choose."""
        pair = self.comparison.pair
        return pair.a if self.side is _A else pair.b

    def narrate_reasons(self, form: Form[Item]) -> list[Item]:
        """The reasons, in a form."""
        reasons = self.comparison.narrate(form).reasons
        return reasons.a if self.side is _A else reasons.b

    @property
    def reasons(self) -> tuple[Statement, ...]:
        """The reasons that tell it from the other."""
        return tuple(self.narrate_reasons(StatementNarrator))

    def narrate_note(self, form: Form[Item]) -> Item | None:
        """The note, in a form."""
        return self.comparison.narrate(form).note(self.comparison.weigh(), self.side)

    @property
    def note(self) -> Statement | None:
        """That the career is ahead in no figure, and where the two are level; None where it is ahead in any."""
        return self.narrate_note(StatementNarrator)


class Verdict:
    """Reasons for each side, reasons for either, and the conclusion."""

    def __init__(self, comparison: Compared) -> None:
        self._comparison = comparison

    @property
    def choose_a(self) -> ChooseIf:
        """The reasons for a."""
        return ChooseIf(self._comparison, _A)

    @property
    def choose_b(self) -> ChooseIf:
        """The reasons for b."""
        return ChooseIf(self._comparison, _B)

    @property
    def either(self) -> tuple[Statement, ...]:
        """The reasons that stand for both."""
        return tuple(self._comparison.narrate_either(StatementNarrator))

    @property
    def conclusion(self) -> tuple[Statement, ...]:
        """What decides; where nothing does, what the two have in common, or what is not known."""
        return tuple(self._comparison.narrate_conclusion(StatementNarrator))


_A, _B = Outcome.A, Outcome.B
