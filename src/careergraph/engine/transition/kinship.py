"""Kinship: whether two careers do alike work, work in one field, or neither.

- *Near*: where the work of both is described (`Career.profile`), either is among the nearest of the other
  (`neighbours`), and they are alike by at least 1/5, and by what both know more than two careers drawn at random mostly
  are. Where the work of one is not described, nearness cannot be measured; then a skill that is shared or related makes
  them near.
- *Field*: otherwise, both are in one category.
- *Other*: neither.
"""

from collections.abc import Iterable, Iterator

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skills_comparison import SkillsComparison


class Kinship(DescribedEnum):
    """How the work of two careers is related."""

    NEAR = "NEAR", "The work is alike: either career is among the nearest of the other, or they have skills in common."
    FIELD = "FIELD", "The work is not alike, but in the same field."
    OTHER = "OTHER", "The work is not alike, and in another field."

    __hash__ = str.__hash__


LEAST_SCORE = 0.2
"""The least score of two careers that are near."""

LEAST_KNOWLEDGE = 0.55
"""How alike two careers that are near are at least in what they know, where that is known of both. In a catalog of few
careers all are among the nearest of each."""


def kinship(catalog: Catalog, one: Career, other: Career, skills: SkillsComparison) -> Kinship:
    """Return how the work of two careers is related: the same in both directions."""
    if one.profile is None or other.profile is None:
        near = bool(skills.shared or skills.related)
    else:
        near = _lists(catalog, one, other) or _lists(catalog, other, one)
    if near:
        return _NEAR
    return _FIELD if one.category.slug == other.category.slug else _OTHER


def moved_pairs(before: Catalog, after: Catalog) -> Iterator[tuple[str, str]]:
    """The pairs that are near in one of two catalogs alone, by the slugs of their careers, in order."""
    if not any(it.profile for catalog in (before, after) for it in catalog.careers.values()):
        return
    earlier, later = neighbourhoods(before), neighbourhoods(after)
    for slug in {**earlier, **later}:
        was, will = earlier.get(slug, ()), later.get(slug, ())
        if was is not will:
            for other in _slugs(was) ^ _slugs(will):
                yield (slug, other) if slug < other else (other, slug)


def _slugs(near: Iterable[Neighbour]) -> set[str]:
    return {it.slug for it in near if it.evident and it.score >= LEAST_SCORE and _knows_alike(it)}


def _knows_alike(neighbour: Neighbour) -> bool:
    knowledge = neighbour.likeness[_KNOWLEDGE]
    return knowledge is None or knowledge >= LEAST_KNOWLEDGE


def _lists(catalog: Catalog, one: Career, other: Career) -> bool:
    memo = catalog.once(_near)
    if (near := memo.get(one.slug)) is None:
        # a copy of a set has a table of half the size
        near = memo[one.slug] = frozenset(_slugs(neighbourhoods(catalog).get(one.slug, ())))
    return other.slug in near


def _near(_: Catalog) -> dict[str, frozenset[str]]:
    return {}


_NEAR, _FIELD, _OTHER = Kinship
_KNOWLEDGE = list(Component).index(Component.KNOWLEDGE)
