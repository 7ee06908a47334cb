"""Neighbours: the careers nearest to each, how near they are and by what.

The score of two careers, from 0 to 1, is the mean of how alike they are in each component that both have, by the
weights of `space.WEIGHTS`: the words of their tasks, their activities, what they know, the words of their titles, their
skills, and their figures. It says how alike the descriptions of the work are. It does not say that many people move
from one to the other, nor that it is easy.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from careergraph.engine.closeness import closeness
from careergraph.engine.component import Component
from careergraph.engine.content import Career, Catalog
from careergraph.engine.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.postings import Index
from careergraph.engine.shared import shared
from careergraph.engine.space import WEIGHTS, Space, Vectors, knowledge, likeness, score

Item = TypeVar("Item")

KEPT = 25
"""Neighbours that are kept of a career at most."""


def neighbours(catalog: Catalog, career: Career) -> tuple[Neighbour, ...]:
    """The neighbours of one career of a catalog, nearest first."""
    return neighbourhoods(catalog).get(career.slug, ())


def neighbourhoods(catalog: Catalog) -> Neighbourhoods:
    """The neighbours of all careers of a catalog: those that were stored with it, or else worked out, once."""
    if catalog.neighbourhoods is not None:
        return catalog.neighbourhoods
    memo = catalog.memo
    if (found := memo.get(_NAME)) is None:
        found = memo[_NAME] = worked_out(catalog)
    return cast("Neighbourhoods", found)


_NAME = "neighbourhoods"


def worked_out(catalog: Catalog) -> Neighbourhoods:
    """The neighbours of all careers of a catalog, from the beginning: a second for each hundred careers at most."""
    return Search(Space(catalog)).all()


def neighbour(one: Vectors, other: Vectors) -> Neighbour:
    """Another career as a neighbour of one, before it is known what they share."""
    measured = likeness(one, other)
    return Neighbour(other.features.career.slug, score(measured), measured, ())


def ranked(found: Iterable[Neighbour]) -> list[Neighbour]:
    """The nearest of some neighbours, in order, at most `KEPT`."""
    return sorted([it for it in found if it.score > 0], key=rank)[:KEPT]


def rank(neighbour: Neighbour) -> tuple[float, str]:
    """What neighbours are put in order by."""
    return -neighbour.score, neighbour.slug


class Search:
    """Finds the nearest careers in a space without measuring every two of them in full."""

    def __init__(self, space: Space) -> None:
        self.vectors = space.vectors
        self._all = list(space.vectors.values())
        self._holdings = [_holdings(it) for it in self._all]
        self._index = Index(WEIGHTS)
        for one in self._all:
            self._index.add(one.parts)

    def nearest(self, slug: str, sums: Sequence[float] | None = None) -> tuple[Neighbour, ...]:
        """The nearest careers of one, at most `KEPT`, each with what they share. `sums` are those of `_sums`."""
        one = self.vectors[slug]
        found = ranked([neighbour(one, other) for other in self._candidates(one, sums or self._sums(one))])
        return tuple([it._replace(shared=shared(one, self.vectors[it.slug])) for it in found])

    def all(self) -> Neighbourhoods:
        """The neighbours of all careers. Each two are looked at once."""
        halves: list[list[float]] = []
        index = Index(WEIGHTS)
        for place, one in enumerate(self._all):
            halves.append(self._with_knowledge(one, self._all[:place], index.sums(one.parts)))
            index.add(one.parts)
        found = {}
        for place, one in enumerate(self._all):
            slug = one.features.career.slug
            found[slug] = self.nearest(slug, [*halves[place], 0.0, *[half[place] for half in halves[place + 1 :]]])
        return found

    def _candidates(self, one: Vectors, sums: Sequence[float]) -> list[Vectors]:
        """Those that may be among the nearest: first by how much figures can add at most, then by how much they do."""
        mine, weight = _holdings(one), WEIGHTS[Component.FIGURES]
        bounds = []
        for other, holdings, part in zip(self._all, self._holdings, sums, strict=True):
            whole = _WHOLES[mine & holdings]
            without = part / whole if whole else 0.0
            if other is not one:
                with_all = (part + weight) / (whole + weight)
                bounds.append((min(without, part / (whole + weight)), with_all, (other, part, whole, without)))
        measured = []
        for other, part, whole, without in _best(bounds):
            figures = closeness(one.features.career.cells, other.features.career.cells)
            likely = without if figures is None else (part + weight * figures) / (whole + weight)
            measured.append((likely, likely, other))
        return _best(measured)

    def _sums(self, one: Vectors) -> list[float]:
        """What each career scores with one but for figures, not yet divided by the weights."""
        return self._with_knowledge(one, self._all, self._index.sums(one.parts))

    @staticmethod
    def _with_knowledge(one: Vectors, others: Sequence[Vectors], sums: list[float]) -> list[float]:
        if not one.knowledge:
            return sums
        mine, weight = one.knowledge, WEIGHTS[Component.KNOWLEDGE]
        known = [knowledge(mine, other.knowledge) or 0.0 for other in others]
        return [part + weight * it for part, it in zip(sums, known, strict=True)]


_SLACK = 0.001
"""More than rounding can move a score."""


def _best(bounds: list[tuple[float, float, Item]]) -> list[Item]:
    """The items that may be among the nearest `KEPT`, given how much each scores at least and at most."""
    least = sorted([low for low, *_ in bounds], reverse=True)[:KEPT][-1:]
    return [item for _, high, item in bounds if high >= least[0] - _SLACK]


_BITS = {it: 1 << place for place, it in enumerate(WEIGHTS)}
_WHOLES = [sum([weight for it, weight in WEIGHTS.items() if bits & _BITS[it]]) for bits in range(1 << len(_BITS))]
"""The weights of some components together, by their bits."""


def _holdings(one: Vectors) -> int:
    """The components but for figures that a career has, as bits."""
    held = [it for it, amounts in one.parts.items() if amounts]
    return sum([_BITS[it] for it in (*held, *([Component.KNOWLEDGE] if one.knowledge else ()))])
