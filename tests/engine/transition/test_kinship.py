"""Kinship: a pair whose work becomes near, or is no longer near, is among those that moved."""

from dataclasses import replace

from careergraph.engine.content import Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour, Shared
from careergraph.engine.similarity.skills_comparison import compare_skills
from careergraph.engine.transition.kinship import Kinship, kinship, moved_pairs
from engine import labour

ONE, OTHER = "career-001", "career-002"


def _catalog(score: float, common: int, knowledge: float | None = None) -> Catalog:
    """A catalog of two careers, one near the other by a score, so many things in common, and what both know."""
    shared = tuple([Shared(Component.SKILLS, str(number)) for number in range(common)])
    likeness = tuple([knowledge if it is Component.KNOWLEDGE else None for it in Component])
    near = {ONE: (Neighbour(OTHER, score, likeness, shared),)}
    return replace(labour.market(1, 3), neighbourhoods=near)


def _is_near(catalog: Catalog) -> bool:
    one, other = catalog.careers[ONE], catalog.careers[OTHER]
    return kinship(catalog, one, other, compare_skills(catalog, one, other)) is Kinship.NEAR


def test_a_pair_that_gets_nearer_or_less_near_moved() -> None:
    catalogs = [_catalog(score, common) for score in (0.1, 0.2) for common in (1, 2)]
    assert [_is_near(it) for it in catalogs] == [False, False, False, True]
    catalogs += [_catalog(0.2, 2, knowledge) for knowledge in (0.5, 0.6)]
    assert [_is_near(it) for it in catalogs[-2:]] == [False, True]
    for before in catalogs:
        for after in catalogs:
            moved = [(ONE, OTHER)] if _is_near(before) != _is_near(after) else []
            assert list(moved_pairs(before, after)) == moved
