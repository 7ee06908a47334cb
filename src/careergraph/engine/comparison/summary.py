"""Summary: the paragraph at the top of a comparison.

It goes through the attributes that content marks for it (`Attribute.in_summary`): both figures of a money range, what
comes out of any other row, and both figures where nothing does; then the skills, then the transition in each direction.
"""

from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.comparison.sentences import figures, findings, skill_counts
from careergraph.engine.content.attribute import ValueKind
from careergraph.engine.content.outcome import Outcome, Side
from careergraph.engine.similarity.skill_matching import SkillsComparison
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Statement
from careergraph.engine.transition.transition import grade_statement


def summary(pair: CareerPair, glance: Glance, skills: SkillsComparison) -> tuple[Statement, ...]:
    """The summary of two careers, from their glance and their skills."""
    statements: list[Statement] = []
    for row in glance.rows:
        if row.attribute.in_summary:
            statements += _of_row(pair, row)
    statements += skill_counts(pair, skills)
    if pair.a.skills and pair.b.skills:
        statements += [grade_statement(pair, skills, side) for side in SIDES]
    return tuple(statements)


SIDES = tuple(Side)


def _of_row(pair: CareerPair, row: GlanceRow) -> list[Statement]:
    outcome = row.outcome
    if row.attribute.kind is _MONEY:
        statements = figures(pair, row)
        return statements + findings(pair, row) if outcome is _TIE or outcome is _APART else statements
    if outcome is _A or outcome is _B or outcome is _TIE:
        return findings(pair, row)
    return figures(pair, row) + findings(pair, row)


# Looking up a member of an enum costs more than what it is compared with here.
_MONEY = ValueKind.MONEY_RANGE
_A, _B, _TIE, _APART = Outcome.A, Outcome.B, Outcome.TIE, Outcome.NOT_COMPARABLE
