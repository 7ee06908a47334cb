"""Verdict: which career should you choose, and the conclusion.

A reason goes to a side only where it tells that side apart; what stands for both careers goes to `either`. The
conclusion says who is ahead in every row that decides something; where none does, what the two have in common.
"""

from typing import NamedTuple

from careergraph.engine.content import Career
from careergraph.engine.glance import Glance
from careergraph.engine.narrative import (
    Pair,
    advantage,
    advantages,
    findings,
    preferences,
    reason,
    shared_category,
    shared_skills,
    shared_traits,
)
from careergraph.engine.outcome import Outcome
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
    conclusion: list[Statement] = []
    for row in glance.rows:
        for ahead in advantages(row):
            conclusion.append(advantage(pair, row, ahead))
            (for_a if ahead[0] is Outcome.A else for_b).append(reason(pair, row, ahead))
        if row.outcome is Outcome.DIFFERS:
            for_a += preferences(pair, row, row.a)
            for_b += preferences(pair, row, row.b)
    ties = [row for row in glance.rows if row.outcome is Outcome.TIE]
    either = [statement for row in ties for statement in shared_traits(pair, row)]
    return Verdict(
        choose_a=ChooseIf(pair.a, tuple(for_a)),
        choose_b=ChooseIf(pair.b, tuple(for_b)),
        either=(*either, *shared_category(pair), *shared_skills(pair, skills)),
        conclusion=tuple(conclusion or [statement for row in ties for statement in findings(pair, row)]),
    )
