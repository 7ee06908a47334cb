"""Neighbours: the careers nearest to each, how near they are and by what.

The score of two careers, from 0 to 1, is the mean of how alike they are in each component that both have, by the
weights of `vectors.WEIGHTS`: the words of their tasks, their activities, what they know, the words of their titles,
their skills, and their figures. It says how alike the descriptions of the work are. It does not say that many people
move from one to the other, nor that it is easy.
"""

from typing import cast

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.incremental import measured, renewed, renewed_quickly


def neighbours(catalog: Catalog, career: Career) -> tuple[Neighbour, ...]:
    """The neighbours of one career of a catalog, nearest first: those with which it shares enough."""
    return tuple([it for it in neighbourhoods(catalog).get(career.slug, ()) if it.evident])


def nearness(catalog: Catalog, one: Career, other: Career) -> Neighbour | None:
    """Another career as a neighbour of one, where either is among the nearest of the other."""
    for here, there in ((one, other), (other, one)):
        for neighbour in neighbours(catalog, here):
            if neighbour.slug == there.slug:
                return neighbour._replace(slug=other.slug)
    return None


def neighbourhoods(catalog: Catalog) -> Neighbourhoods:
    """The neighbours of all careers of a catalog: those that were stored with it, or else found, once."""
    if catalog.neighbourhoods is not None:
        return catalog.neighbourhoods
    memo, base = catalog.memo, catalog.base
    if (derived := memo.get(_NAME)) is None:
        derived = worked_out(catalog) if base is None else renewed(base, neighbourhoods(base), catalog).neighbourhoods
        memo[_NAME] = derived
    return cast("Neighbourhoods", derived)


def derive_quickly(catalog: Catalog) -> bool:
    """Return whether `neighbourhoods` takes a small part of a second, or the catalog is small; derive them where they
    follow from those of its base."""
    base = catalog.base
    if catalog.neighbourhoods is not None or _NAME in catalog.memo or len(catalog.careers) <= FEW:
        return True
    if base is None or not derive_quickly(base):
        return False
    if (renewal := renewed_quickly(base, neighbourhoods(base), catalog)) is not None:
        catalog.memo[_NAME] = renewal.neighbourhoods
    return renewal is not None


FEW = 100
"""So many careers are measured in a second."""
_NAME = "neighbourhoods"


def worked_out(catalog: Catalog) -> Neighbourhoods:
    """The neighbours of all careers of a catalog, from the beginning: a second for each hundred careers at most."""
    return measured(catalog).neighbourhoods
