"""Renewal: the neighbourhoods of a catalog from those of the one before it, looking again only at what may have moved.

The answer is the one that working all of them out would give. A pair is measured anew where either career has other
features, or holds a thing that weighs otherwise because more or fewer careers hold it now.
"""

from collections.abc import Iterable, Mapping

from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.features import COUNTED, Features
from careergraph.engine.similarity.nearest import KEPT, Search, neighbour, rank, ranked
from careergraph.engine.similarity.shared_items import shared_items
from careergraph.engine.similarity.vectors import VectorSpace, rarity_of

MOST = 3
"""From a share of 1/3 of the careers on, working all of them out is quicker."""


def renewed(before: Catalog, known: Neighbourhoods, after: Catalog) -> Neighbourhoods:
    """The neighbourhoods of `after`, given those of `before`. Careers that are one object in both are not read twice,
    where no relation between skills changed."""
    fresh = {slug: Features(after, it) for slug, it in after.careers.items()}
    same = before.related_skills == after.related_skills
    stale = {
        slug: fresh[slug] if same and after.careers.get(slug) is it else Features(before, it)
        for slug, it in before.careers.items()
    }
    touched = tuple(_touched(stale, fresh))
    if touched == () and stale.keys() == fresh.keys():
        return known
    search = Search(VectorSpace(fresh))
    if MOST * len(touched) >= len(fresh):
        return search.all()
    return _Renewal(search, known, touched).all()


def _touched(stale: Mapping[str, Features], fresh: Mapping[str, Features]) -> Iterable[str]:
    old, new = rarity_of(stale.values()), rarity_of(fresh.values())
    moved = {
        it: frozenset([name for name, _ in old[it].items() ^ new[it].items()])  # what weighs otherwise, or anew
        for it in COUNTED
    }
    for slug, one in fresh.items():
        was = stale.get(slug)
        weighs = any(not moved[it].isdisjoint(one.amounts[it]) for it in COUNTED)
        if weighs or was is None or not (one is was or one.same_as(was)):
            yield slug


class _Renewal:
    """The pairs of careers that were touched with all others, and what follows for those others."""

    def __init__(self, search: Search, known: Neighbourhoods, touched: tuple[str, ...]) -> None:
        self._search, self._vectors = search, search.vectors
        self._known, self._touched = known, frozenset(touched)
        full = {slug: near[-1].score for slug, near in known.items() if len(near) == KEPT}
        self._least = {slug: full.get(slug, 0.0) for slug in self._vectors if slug not in self._touched}
        self._measured = {slug: self._near(slug) for slug in touched}

    def all(self) -> Neighbourhoods:
        """The neighbourhoods of all careers."""
        return {slug: self._of(slug) for slug in self._vectors}

    def _near(self, slug: str) -> dict[str, Neighbour]:
        """The careers that may be among the nearest of one that was touched, or that it may be among the nearest of."""
        one = self._vectors[slug]
        found = self._search.candidates(one, least=self._least)
        return {it.slug: it for it in [neighbour(one, other) for other in found]}

    def _of(self, slug: str) -> tuple[Neighbour, ...]:
        if slug in self._touched:
            return self._evident(slug, ranked(self._measured[slug].values()))
        known = self._known[slug]
        kept = [it for it in known if it.slug not in self._touched and it.slug in self._vectors]
        near = [(it, self._measured[it].get(slug)) for it in self._touched]
        come = [it._replace(slug=other) for other, it in near if it is not None]
        found = ranked([*kept, *come])
        if len(known) == KEPT and len(kept) < KEPT:
            # What was behind the last of them is not known: only what is not behind it either is sure to be next.
            found = [it for it in found if rank(it) <= rank(known[-1])]
            if len(found) < KEPT:
                return self._search.nearest(slug)
        return self._evident(slug, found) if found != list(known) else known

    def _evident(self, slug: str, found: Iterable[Neighbour]) -> tuple[Neighbour, ...]:
        """Neighbours with what they share."""
        one = self._vectors[slug]
        return tuple(
            [it if it.shared else it._replace(shared=shared_items(one, self._vectors[it.slug])) for it in found]
        )
