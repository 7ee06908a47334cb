"""Incremental update: the neighbourhoods of a catalog from those of the one before, measuring only what may have moved.

The answer is the one that working all of them out by the same weights would give. A pair is measured anew where either
career has other features, or holds a thing that weighs otherwise because it is new.
"""

from collections.abc import Iterable
from typing import NamedTuple

from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.features import Features
from careergraph.engine.similarity.nearest import KEPT, Search, neighbour, rank, ranked
from careergraph.engine.similarity.packed_vectors import PackedVectors
from careergraph.engine.similarity.search_space import MOST, PackedSearch, follow
from careergraph.engine.similarity.vectors import Rarity, VectorSpace

SEARCHED = 100
"""For so many careers the nearest are searched for without an index of all."""


class Measured(NamedTuple):
    """Neighbourhoods, how rare the things were that they were measured by, and the vectors that they follow from."""

    neighbourhoods: Neighbourhoods
    rarity: Rarity
    packed: PackedVectors


def measured(catalog: Catalog, search: type[Search] = Search) -> Measured:
    """The neighbourhoods of a catalog, from the beginning: a second for each hundred careers at most. Another `search`
    finds the same ones."""
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    rarity = Rarity.of(features.values())
    space = VectorSpace(features, rarity)
    return Measured(search(space).all(), rarity, PackedVectors.of(space))


def renewed(before: Catalog, earlier: Neighbourhoods, after: Catalog, search: type[Search] = Search) -> Measured:
    """The neighbourhoods of `after`, given those of `before`."""
    if (renewal := renewed_quickly(before, earlier, after, search)) is None:
        return measured(after, search)
    return Measured(renewal.neighbourhoods, renewal.packed.read_rarity(), renewal.packed)


class Renewal(NamedTuple):
    """Neighbourhoods that follow from others, and the vectors that they follow from."""

    neighbourhoods: Neighbourhoods
    packed: PackedVectors


def renewed_quickly(
    before: Catalog, earlier: Neighbourhoods, after: Catalog, search: type[Search] = Search
) -> Renewal | None:
    """The same, None where so much changed that all have to be worked out."""
    if (followed := follow(before, after)) is None:
        return None
    space, touched = followed
    if not touched and before.careers.keys() == after.careers.keys():
        return Renewal(earlier, space.packed)
    if MOST * len(touched) >= len(after.careers) or space.packed.drifted():
        return None
    finder = PackedSearch(space) if len(touched) <= SEARCHED else search(space)
    return Renewal(_Update(finder, earlier, tuple(sorted(touched))).all(), space.packed)


class _Update:
    """The pairs of careers that were touched with all others, and what follows for those others."""

    def __init__(self, search: Search, earlier: Neighbourhoods, touched: tuple[str, ...]) -> None:
        self._search, self._vectors = search, search.vectors
        self._earlier, self._touched = earlier, frozenset(touched)
        full = {slug: near[-1].score for slug, near in earlier.items() if len(near) == KEPT}
        self._least = {slug: full.get(slug, 0.0) for slug in self._vectors if slug not in self._touched}
        self._measured = {slug: self._near(slug) for slug in touched}

    def all(self) -> Neighbourhoods:
        """The neighbourhoods of all careers."""
        return {slug: self._of(slug) for slug in sorted(self._vectors)}

    def _near(self, slug: str) -> dict[str, Neighbour]:
        """The careers that may be among the nearest of one that was touched, or that it may be among the nearest of."""
        one = self._vectors[slug]
        candidates = self._search.candidates(one, least=self._least)
        return {it.slug: it for it in [neighbour(one, other) for other in candidates]}

    def _of(self, slug: str) -> tuple[Neighbour, ...]:
        if slug in self._touched:
            return self._evident(slug, ranked(self._measured[slug].values()))
        earlier = self._earlier[slug]
        kept = [it for it in earlier if it.slug not in self._touched and it.slug in self._vectors]
        near = [(it, self._measured[it].get(slug)) for it in self._touched]
        come = [it._replace(slug=other) for other, it in near if it is not None]
        if not come and len(kept) == len(earlier):
            return earlier
        nearest = ranked([*kept, *come])
        if len(earlier) == KEPT and len(kept) < KEPT:
            # What was behind the last of them is not known: only what is not behind it either is sure to be next.
            nearest = [it for it in nearest if rank(it) <= rank(earlier[-1])]
            if len(nearest) < KEPT:
                return self._search.nearest(slug)
        return self._evident(slug, nearest) if nearest != list(earlier) else earlier

    def _evident(self, slug: str, nearest: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
        """Neighbours with their shared items."""
        one, search = self._vectors[slug], self._search
        return tuple(
            [it if it.shared else it._replace(shared=search.shared(one, self._vectors[it.slug])) for it in nearest]
        )
