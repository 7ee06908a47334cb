"""Summary: the paragraph at the top of a comparison.

It goes through the attributes that content marks for it (`Attribute.in_summary`): both figures of a money range, what
comes out of any other row, and both figures where nothing does; then the skills, then the transition in each direction.
Where a career lists no skills, that is said in their place.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.comparison.narrator import Item, Narrator, count_facts, findings
from careergraph.engine.comparison.sentences import (
    no_skill_facts,
    no_skills,
    related_count,
    shared_count,
    skill_facts,
)
from careergraph.engine.content.attribute import ValueKind
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Fact, Rule


def summary(narrator: Narrator[Item], glance: Glance, skills: SkillsComparison) -> list[Item]:
    """The summary of two careers, from their glance and their skills."""
    pair = narrator.pair
    statements: list[Item] = []
    for row in filter(_in_summary, glance.rows):
        statements += _of_row(narrator, row)
    if pair.a.skills and pair.b.skills:
        statements += _skills(narrator, skills)
        statements += [narrator.grade(skills, side) for side in SIDES]
    else:
        statements.append(narrator.sentence(no_skills(pair), Rule.NO_SKILLS, None, no_skill_facts, own=True))
    return statements


SIDES = tuple(Side)


def _skills(narrator: Narrator[Item], skills: SkillsComparison) -> Iterator[Item]:
    """How many skills the two share, and how many more are related."""
    localized = narrator.pair.localized
    yield narrator.sentence(shared_count(localized, skills), Rule.SKILLS_SHARED, None, _shared_facts, skills)
    if count := len(skills.related):
        yield narrator.sentence(related_count(localized, count), Rule.SKILLS_RELATED, None, count_facts, count)


def _shared_facts(pair: CareerPair, skills: SkillsComparison) -> Iterable[Fact]:
    return (*pair.counts(len(skills.shared)), *skill_facts(pair, skills))


def _of_row(narrator: Narrator[Item], row: GlanceRow) -> list[Item]:
    outcome = row.outcome
    if row.attribute.kind is _MONEY:
        statements = narrator.figures(row)
        return statements + findings(narrator, row) if outcome is _TIE or outcome is _APART else statements
    if outcome is _A or outcome is _B or outcome is _TIE:
        return findings(narrator, row)
    return narrator.figures(row) + findings(narrator, row)


_in_summary = attrgetter("attribute.in_summary")
_MONEY = ValueKind.MONEY_RANGE
_A, _B, _TIE, _APART = Outcome.A, Outcome.B, Outcome.TIE, Outcome.NOT_COMPARABLE
