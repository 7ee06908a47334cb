"""Summary: the paragraph at the top of a comparison.

It goes through the attributes that content marks for it (`Attribute.in_summary`): both figures of a money range, what
comes out of any other row, and both figures where nothing does; then the skills, then the transition in each direction.
"""

from collections.abc import Iterator

from careergraph.engine.attribute import ValueKind
from careergraph.engine.glance import Glance, GlanceRow
from careergraph.engine.narrative import figures, findings, skill_counts
from careergraph.engine.outcome import Outcome, Side
from careergraph.engine.pair import Pair
from careergraph.engine.skills import SkillsComparison
from careergraph.engine.statement import Statement
from careergraph.engine.transition import grade_statement


def summary(pair: Pair, glance: Glance, skills: SkillsComparison) -> tuple[Statement, ...]:
    """The summary of two careers, from their glance and their skills."""
    statements = [it for row in glance.rows if row.attribute.in_summary for it in _of_row(pair, row)]
    statements += skill_counts(pair, skills)
    if pair.a.skills and pair.b.skills:
        statements += [grade_statement(pair, skills, side) for side in SIDES]
    return tuple(statements)


SIDES = tuple(Side)


def _of_row(pair: Pair, row: GlanceRow) -> Iterator[Statement]:
    if row.attribute.kind is ValueKind.MONEY_RANGE:
        yield from figures(pair, row)
        if row.outcome is Outcome.TIE or row.outcome is Outcome.NOT_COMPARABLE:
            yield from findings(pair, row)
        return
    if row.outcome not in (Outcome.A, Outcome.B, Outcome.TIE):
        yield from figures(pair, row)
    yield from findings(pair, row)
