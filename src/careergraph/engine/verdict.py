"""Verdict: which career should you choose, and the conclusion.

A reason goes to a side only where it tells that side apart; what stands for both careers goes to `either`. The
conclusion says who is ahead in every row that decides something; where none does, what the two have in common.
"""

from typing import NamedTuple

from careergraph.engine.content import Career
from careergraph.engine.glance import Glance
from careergraph.engine.narrative import (
    Pair,
    findings,
    reasons,
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
    return Verdict(
        choose_a=ChooseIf(pair.a, _reasons(pair, glance, Outcome.A)),
        choose_b=ChooseIf(pair.b, _reasons(pair, glance, Outcome.B)),
        either=(
            *[statement for row in glance.rows for statement in shared_traits(pair, row)],
            *shared_category(pair),
            *shared_skills(pair, skills),
        ),
        conclusion=_conclusion(pair, glance),
    )


def _reasons(pair: Pair, glance: Glance, side: Outcome) -> tuple[Statement, ...]:
    return tuple([statement for row in glance.rows for statement in reasons(pair, row, side)])


def _conclusion(pair: Pair, glance: Glance) -> tuple[Statement, ...]:
    deciding = [row for row in glance.rows if row.outcome.decided or row.outcome is Outcome.DIFFERS]
    found = [statement for row in deciding for statement in findings(pair, row)]
    if not found:
        found = [it for row in glance.rows if row.outcome is Outcome.TIE for it in findings(pair, row)]
    return tuple(found)
