"""Bridges: the careers that lead to another one, from which the move there is no more than moderate.

Of the twelve careers nearest to it (see `neighbours`) those are bridges from which the move is graded EASY or MODERATE
(see `transition`), and which need no more preparation than the career itself, where the preparation of both is known
and can be compared. The easier move comes first; of two that are as easy, the nearer career. There are three at most.
"""

from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value_kinds import above
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.similarity.skills_comparison import compare_skills
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.transition.rule import TransitionGrade
from careergraph.engine.transition.transition import Transition, transition

NEAREST = 12
"""Careers that are looked at."""

MOST = 3
"""Bridges that there are at most."""

_GRADES = (TransitionGrade.EASY, TransitionGrade.MODERATE)


def bridges(localized: LocalizedCatalog, career: Career) -> tuple[Transition, ...]:
    """The moves from bridging careers to a career, the easiest first."""
    catalog = localized.catalog
    nearest = [catalog.careers[it.slug] for it in neighbours(catalog, career)[:NEAREST]]
    moves = [_move(localized, origin, career) for origin in nearest if not _needs_more(localized, origin, career)]
    passable = [it for it in moves if it.grade in _GRADES]
    return tuple(sorted(passable, key=lambda move: _GRADES.index(move.grade))[:MOST])


def _move(localized: LocalizedCatalog, origin: Career, target: Career) -> Transition:
    return transition(CareerPair(localized, origin, target), compare_skills(localized.catalog, origin, target), Side.A)


def _needs_more(localized: LocalizedCatalog, origin: Career, target: Career) -> bool:
    """Return whether a career needs more preparation than another one."""
    key = localized.catalog.transition_roles.get(TransitionRole.PREPARATION)
    if key is None:
        return False
    here, there = localized.value(origin, key), localized.value(target, key)
    return here is not None and there is not None and above(here, there)
