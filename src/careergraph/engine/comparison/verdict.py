"""Verdict: which career should you choose, and the conclusion.

A reason goes to a side only where it tells that side apart; what stands for both careers goes to `either`. A side that
is ahead in no figure has a note that says so, whether or not a preference speaks for it.
"""

from careergraph.engine.comparison.advantage import advantages
from careergraph.engine.comparison.balance import balance
from careergraph.engine.comparison.conclusion import conclusion, leads_nowhere
from careergraph.engine.comparison.glance import Glance
from careergraph.engine.comparison.preference import ENOUGH, categories_apart, other_category, own_skills, preferences
from careergraph.engine.comparison.sentences import shared_category, shared_skills, shared_traits
from careergraph.engine.content import Career
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Statement


class ChooseIf:
    """The reasons for choosing one career over the other."""

    __slots__ = ("_glance", "_note", "_pair", "_side", "career", "reasons")

    def __init__(self, pair: CareerPair, glance: Glance, side: Outcome, reasons: tuple[Statement, ...]) -> None:
        self._pair, self._glance, self._side = pair, glance, side
        self._note: tuple[Statement | None] | None = None  # in a tuple once it was asked for
        self.career: Career = pair.a if side is _A else pair.b
        self.reasons = reasons

    @property
    def note(self) -> Statement | None:
        """That the career is ahead in no figure, and where the two are level; None where it is ahead in any."""
        if self._note is None:
            self._note = (leads_nowhere(self._pair, balance(self._pair, self._glance), self._side),)
        return self._note[0]


class Verdict:
    """Reasons for each side, reasons for either, and the conclusion."""

    __slots__ = ("_glance", "_pair", "choose_a", "choose_b", "either")

    def __init__(
        self, pair: CareerPair, glance: Glance, sides: tuple[ChooseIf, ChooseIf], either: tuple[Statement, ...]
    ) -> None:
        self._pair, self._glance = pair, glance
        self.choose_a, self.choose_b = sides
        self.either = either

    @property
    def conclusion(self) -> tuple[Statement, ...]:
        """What decides; where nothing does, what the two have in common, or what is not known."""
        return conclusion(self._pair, balance(self._pair, self._glance))


def verdict(pair: CareerPair, glance: Glance, skills: SkillsComparison) -> Verdict:
    """The verdict on two careers, from their glance and their skills."""
    for_a: list[Statement] = []
    for_b: list[Statement] = []
    either: list[Statement] = []
    for row in glance.rows:
        if row.outcome is _TIE:
            either += shared_traits(pair, row)
        elif row.outcome not in _OPEN:
            for side, _, reason in advantages(pair, row):
                (for_a if side is _A else for_b).append(reason)
            if row.outcome is _DIFFERS:
                for_a += preferences(pair, _SIDE_A, row)
                for_b += preferences(pair, _SIDE_B, row)
    apart = categories_apart(pair)
    for here, reasons in ((_SIDE_A, for_a), (_SIDE_B, for_b)):
        if apart:
            reasons.append(other_category(pair, here))
        if len(reasons) < ENOUGH:
            reasons.extend(own_skills(pair, skills, here))
    sides = ChooseIf(pair, glance, _A, tuple(for_a)), ChooseIf(pair, glance, _B, tuple(for_b))
    return Verdict(pair, glance, sides, (*either, *shared_category(pair), *shared_skills(pair, skills)))


# Looking up a member of an enum costs more than what it is compared with here.
_A, _B, _TIE, _DIFFERS = Outcome.A, Outcome.B, Outcome.TIE, Outcome.DIFFERS
_OPEN = (Outcome.UNKNOWN, Outcome.NOT_COMPARABLE)
_SIDE_A, _SIDE_B = Side.A, Side.B
