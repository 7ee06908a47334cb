"""Narration: the sections of a comparison that are made of statements, in one form. Each is computed when asked for."""

from typing import Generic

from careergraph.engine.comparison.balance import Balance
from careergraph.engine.comparison.conclusion import conclusion, leads_nowhere
from careergraph.engine.comparison.glance import Glance
from careergraph.engine.comparison.narrator import Item, Narrator
from careergraph.engine.comparison.reasons import Reasons, reasons
from careergraph.engine.comparison.summary import summary
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.lazy import lazy
from careergraph.engine.similarity.skills_comparison import SkillsComparison


class Narration(Generic[Item]):
    """The statements about a pair as one narrator makes them."""

    def __init__(self, narrator: Narrator[Item], glance: Glance, skills: SkillsComparison) -> None:
        self.narrator, self._glance, self._skills = narrator, glance, skills

    def summary(self) -> list[Item]:
        """The paragraph at the top."""
        return summary(self.narrator, self._glance, self._skills)

    @lazy
    def reasons(self) -> Reasons[Item]:
        """Which Career Should You Choose."""
        return reasons(self.narrator, self._glance, self._skills)

    def conclusion(self, balance: Balance) -> list[Item]:
        """State what decides; where nothing does, what the two have in common, or what is not known."""
        return conclusion(self.narrator, balance)

    def note(self, balance: Balance, side: Outcome) -> Item | None:
        """That a side is ahead in no figure; None where it is ahead in any."""
        return leads_nowhere(self.narrator, balance, side)
