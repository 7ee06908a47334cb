"""Verdict: which career should you choose, and the conclusion.

A reason goes to a side only where it tells that side apart; what stands for both careers goes to `either`. The
conclusion says who is ahead in every row that decides something; where none does, what the two have in common.
"""

from typing import NamedTuple

from careergraph.engine.advantage import advantages
from careergraph.engine.content import Career
from careergraph.engine.glance import Glance
from careergraph.engine.narrative import findings, preferences, shared_category, shared_skills, shared_traits
from careergraph.engine.outcome import Outcome
from careergraph.engine.pair import Pair
from careergraph.engine.skills import SkillsComparison
from careergraph.engine.statement import Statement


class ChooseIf(NamedTuple):
    """The reasons for choosing one career over the other."""

    career: Career
    reasons: tuple[Statement, ...]


class Verdict(NamedTuple):
    """Reasons for each side, reasons for either, and the conclusion."""

    choose_a: ChooseIf
    choose_b: ChooseIf
    either: tuple[Statement, ...]
    conclusion: tuple[Statement, ...]


def verdict(pair: Pair, glance: Glance, skills: SkillsComparison) -> Verdict:
    """The verdict on two careers, from their glance and their skills."""
    for_a: list[Statement] = []
    for_b: list[Statement] = []
    either: list[Statement] = []
    conclusion: list[Statement] = []
    for row in glance.rows:
        if row.outcome is _TIE:
            either += shared_traits(pair, row)
        elif row.outcome not in _OPEN:
            for side, finding, reason in advantages(pair, row):
                conclusion.append(finding)
                (for_a if side is _A else for_b).append(reason)
            if row.outcome is _DIFFERS:
                for_a += preferences(pair, pair.of_a, row)
                for_b += preferences(pair, pair.of_b, row)
    return Verdict(
        choose_a=ChooseIf(pair.a, tuple(for_a)),
        choose_b=ChooseIf(pair.b, tuple(for_b)),
        either=(*either, *shared_category(pair), *shared_skills(pair, skills)),
        conclusion=tuple(conclusion or _ties(pair, glance)),
    )


# Looking up a member of an enum costs more than what it is compared with here.
_A, _TIE, _DIFFERS = Outcome.A, Outcome.TIE, Outcome.DIFFERS
_OPEN = (Outcome.UNKNOWN, Outcome.NOT_COMPARABLE)


def _ties(pair: Pair, glance: Glance) -> list[Statement]:
    return [it for row in glance.rows if row.outcome is _TIE for it in findings(pair, row)]
