"""Verdict: which career should you choose, and the conclusion.

A side that is ahead in no figure has a note that says so, whether or not a preference speaks for it.
"""

from collections.abc import Callable
from typing import Any

from careergraph.engine.comparison.balance import Balance
from careergraph.engine.comparison.conclusion import leads_nowhere
from careergraph.engine.comparison.narration import Narration
from careergraph.engine.comparison.narrator import Form, Item, StatementNarrator
from careergraph.engine.content import Career
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement

Narrate = Callable[[Form[Any]], Narration[Any]]
"""Gives the narration of a comparison in a form."""

Weigh = Callable[[], Balance]
"""Gives the balance of a comparison."""


class ChooseIf:
    """The reasons for choosing one career over the other."""

    def __init__(self, pair: CareerPair, side: Outcome, narrate: Narrate, weigh: Weigh) -> None:
        self._pair, self._side, self._narrate, self._weigh = pair, side, narrate, weigh

    @property
    def career(self) -> Career:
        """The career to choose."""
        return self._pair.a if self._side is Outcome.A else self._pair.b

    def narrate_reasons(self, form: Form[Item]) -> list[Item]:
        """The reasons, in a form."""
        reasons = self._narrate(form).reasons
        return reasons.a if self._side is Outcome.A else reasons.b

    @property
    def reasons(self) -> tuple[Statement, ...]:
        """The reasons that tell it from the other."""
        return tuple(self.narrate_reasons(StatementNarrator))

    @property
    def note(self) -> Statement | None:
        """That the career is ahead in no figure, and where the two are level; None where it is ahead in any."""
        return leads_nowhere(self._pair, self._weigh(), self._side)


class Verdict:
    """Reasons for each side, reasons for either, and the conclusion."""

    def __init__(self, pair: CareerPair, narrate: Narrate, weigh: Weigh) -> None:
        self._narrate, self._weigh = narrate, weigh
        self._pair = pair

    @property
    def choose_a(self) -> ChooseIf:
        """The reasons for a."""
        return ChooseIf(self._pair, Outcome.A, self._narrate, self._weigh)

    @property
    def choose_b(self) -> ChooseIf:
        """The reasons for b."""
        return ChooseIf(self._pair, Outcome.B, self._narrate, self._weigh)

    def narrate_either(self, form: Form[Item]) -> list[Item]:
        """The reasons for either, in a form."""
        return self._narrate(form).reasons.either

    def narrate_conclusion(self, form: Form[Item]) -> list[Item]:
        """The conclusion, in a form."""
        return self._narrate(form).conclusion(self._weigh())

    @property
    def either(self) -> tuple[Statement, ...]:
        """The reasons that stand for both."""
        return tuple(self.narrate_either(StatementNarrator))

    @property
    def conclusion(self) -> tuple[Statement, ...]:
        """What decides; where nothing does, what the two have in common, or what is not known."""
        return tuple(self.narrate_conclusion(StatementNarrator))
