"""Reasons: which career should you choose, and what stands for both.

A reason goes to a side only where it tells that side apart; what stands for both careers goes to `either`.
"""

from operator import methodcaller
from typing import Generic, NamedTuple

from careergraph.engine.comparison.glance import Glance
from careergraph.engine.comparison.narrator import Item, Narrator, state_all
from careergraph.engine.comparison.preference import ENOUGH, own_skills
from careergraph.engine.comparison.sentences import shared_category, shared_skills, skill_facts
from careergraph.engine.content.outcome import Side
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.statement import Rule, make_tuple


class Reasons(NamedTuple, Generic[Item]):
    """The reasons for each side, and those for either."""

    a: list[Item]
    b: list[Item]
    either: list[Item]


def reasons(narrator: Narrator[Item], glance: Glance, skills: SkillsComparison) -> Reasons[Item]:
    """The reasons for choosing one of two careers, from their glance and their skills."""
    for_a, for_b, either = narrator.reasons(glance.rows)
    pair = narrator.pair
    if pair.a.category.slug == pair.b.category.slug:
        text, locale, clause = shared_category(pair)
        either.append(narrator.sentence((text, locale), Rule.SHARED_CATEGORY, None, _both, clause=clause))
    elif pair.of_a.field != pair.of_b.field:  # two categories of one name would tell nobody apart
        for_a.append(narrator.other_category(_SIDE_A))
        for_b.append(narrator.other_category(_SIDE_B))
    if len(for_a) < ENOUGH:
        for_a.extend(state_all(narrator, own_skills(pair, skills, _SIDE_A)))
    if len(for_b) < ENOUGH:
        for_b.extend(state_all(narrator, own_skills(pair, skills, _SIDE_B)))
    if skills.concepts:
        text, locale, clause = shared_skills(pair.localized, skills)
        worded = text, locale
        either.append(narrator.sentence(worded, Rule.SHARED_SKILLS, None, skill_facts, skills, clause=clause))
    return make_tuple(Reasons, (for_a, for_b, either))


_both = methodcaller("both")
_SIDE_A, _SIDE_B = Side.A, Side.B
