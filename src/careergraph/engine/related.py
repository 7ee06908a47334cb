"""Which careers are worth comparing: those that share skills, related skills, a category or a collection.

The score of a pair, from 0 to 1, is a weighted mean of stated parts:

- 0.6: the share of skill concepts, out of the smaller number of concepts: a shared one counts 1, a related one 1/2;
- 0.2: the same category;
- 0.2: a collection that holds both.
"""

from typing import NamedTuple

from careergraph.engine.content import Career, Catalog

SKILLS, CATEGORY, COLLECTION = 0.6, 0.2, 0.2
"""The weights of the parts; together 1."""


class Neighbour(NamedTuple):
    """A career near another one, and how near."""

    score: float
    career: Career


def score(catalog: Catalog, a: Career, b: Career) -> float:
    """How much two careers are worth comparing, from 0 to 1; the same in both directions."""
    return round(
        SKILLS * _skill_share(catalog, a, b)
        + CATEGORY * (a.category.slug == b.category.slug)
        + COLLECTION * bool(_collections(catalog, a) & _collections(catalog, b)),
        4,
    )


def compare_with(catalog: Catalog, careers: tuple[Career, ...], first: int) -> tuple[Career, ...]:
    """The careers most worth comparing with any of these, best first, then by slug; never one of these."""
    best: dict[str, Neighbour] = {}
    for career in careers:
        for near in neighbours(catalog, career):
            known = best.get(near.career.slug)
            if known is None or known.score < near.score:
                best[near.career.slug] = near
    for career in careers:
        best.pop(career.slug, None)
    return tuple([near.career for near in _ranked(list(best.values()))[:first]])


def neighbours(catalog: Catalog, career: Career) -> tuple[Neighbour, ...]:
    """The careers that score above 0 with this one, best first: at most `KEPT`."""
    found: tuple[Neighbour, ...] | None = catalog.neighbourhoods.get(career.slug)  # type: ignore[assignment]
    if found is None:
        scored = [Neighbour(score(catalog, career, other), other) for other in _candidates(catalog, career)]
        found = tuple(_ranked([near for near in scored if near.score > 0])[:KEPT])
        catalog.neighbourhoods[career.slug] = found
    return found


KEPT = 100
"""Neighbours that are kept for a career: as many as the largest page of them."""


def _ranked(neighbours: list[Neighbour]) -> list[Neighbour]:
    return sorted(neighbours, key=lambda near: (-near.score, near.career.slug))


def _candidates(catalog: Catalog, career: Career) -> list[Career]:
    slugs = career.concept_slugs
    reached = slugs.union(*[catalog.related_skills.get(slug, frozenset()) for slug in slugs])
    groups = [catalog.careers_with.get(slug, ()) for slug in sorted(reached)]
    groups.append(catalog.careers_in.get(career.category.slug, ()))
    collections = catalog.collections_of.get(career.slug, ())
    groups += [tuple([catalog.careers[slug] for slug in collection.careers]) for collection in collections]
    found = {other.slug: other for group in groups for other in group}
    found.pop(career.slug, None)
    return list(found.values())


def _skill_share(catalog: Catalog, a: Career, b: Career) -> float:
    mine, theirs = a.concept_slugs, b.concept_slugs
    if not mine or not theirs:
        return 0.0
    near = catalog.related_skills
    only_mine, only_theirs = mine - theirs, theirs - mine
    related = min(
        sum([not only_theirs.isdisjoint(near.get(slug, ())) for slug in only_mine]),
        sum([not only_mine.isdisjoint(near.get(slug, ())) for slug in only_theirs]),
    )
    return (len(mine & theirs) + related / 2) / min(len(mine), len(theirs))


def _collections(catalog: Catalog, career: Career) -> frozenset[str]:
    return frozenset([collection.slug for collection in catalog.collections_of.get(career.slug, ())])
