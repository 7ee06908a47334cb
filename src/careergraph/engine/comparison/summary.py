"""Summary: the paragraph at the top of a comparison.

It goes through the attributes that content marks for it (`Attribute.in_summary`), each as `narrator.summary_of` says;
then the skills, then the transition in each direction. Where a career lists no skills, that is said in their place.
"""

from collections.abc import Iterable

from careergraph.engine.comparison.glance import Glance
from careergraph.engine.comparison.narrator import Item, Narrator, count_facts
from careergraph.engine.comparison.sentences import (
    no_skill_facts,
    no_skills,
    related_count,
    shared_count,
    skill_facts,
)
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Fact, Rule


def summary(narrator: Narrator[Item], glance: Glance, skills: SkillsComparison) -> list[Item]:
    """The summary of two careers, from their glance and their skills."""
    pair = narrator.pair
    statements = narrator.summaries(glance.rows)
    if pair.a.skills and pair.b.skills:
        statements += _skills(narrator, skills)
        statements += narrator.grades(skills)
    else:
        statements.append(narrator.sentence(no_skills(pair), Rule.NO_SKILLS, None, no_skill_facts))
    return statements


def _skills(narrator: Narrator[Item], skills: SkillsComparison) -> list[Item]:
    """State how many skills the two share, and how many more are related."""
    localized = narrator.pair.localized
    shared = narrator.sentence(shared_count(localized, skills), Rule.SKILLS_SHARED, None, _shared_facts, skills)
    if not (count := len(skills.related)):
        return [shared]
    worded = related_count(localized, count)
    return [shared, narrator.sentence(worded, Rule.SKILLS_RELATED, None, count_facts, count)]


def _shared_facts(pair: CareerPair, skills: SkillsComparison) -> Iterable[Fact]:
    return (*pair.counts(len(skills.shared)), *skill_facts(pair, skills))
