"""Nearest: a search for the careers nearest to each, which need not measure every two of them in full."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Likeness, Neighbour, Neighbourhoods, Shared
from careergraph.engine.similarity.inverted_index import Index
from careergraph.engine.similarity.neighbour_evidence import shared_items
from careergraph.engine.similarity.value_similarity import closeness
from careergraph.engine.similarity.vectors import WEIGHTS, Vectors, VectorSpace, knowledge, likeness, score

Item = TypeVar("Item")

NONE: Mapping[str, float] = MappingProxyType({})

KEPT = 25
"""Neighbours that are kept of a career at most."""
MOST_OUTSIDE = 32
"""The most careers beside an index: each costs what it has, where the index costs what is shared."""


def neighbour(one: Vectors, other: Vectors) -> Neighbour:
    """Another career as a neighbour of one, before their shared items are known."""
    measured = likeness(one, other)
    return Neighbour(other.features.career.slug, score(measured), measured, ())


def ranked(neighbours: Iterable[Neighbour]) -> list[Neighbour]:
    """The nearest of some neighbours, in order, at most `KEPT`."""
    return sorted([it for it in neighbours if it.score > 0], key=rank)[:KEPT]


def rank(neighbour: Neighbour) -> tuple[float, str]:
    """The sort key of neighbours."""
    return -neighbour.score, neighbour.slug


class Bound(NamedTuple):
    """A career that may be near: its score but for figures, not yet divided by the weights (`part` of the `whole`), and
    divided; and the `highest` that it can score."""

    other: Vectors
    part: float
    whole: float
    without: float
    highest: float


class Search:
    """Finds the nearest careers in a space without measuring every two of them in full."""

    def __init__(self, space: VectorSpace) -> None:
        self.vectors = space.vectors
        self._all = list(space.vectors.values())
        self._shared_items: dict[tuple[str, str], tuple[Shared, ...]] = {}
        self._likenesses: dict[tuple[str, str], tuple[float, Likeness]] = {}
        self._prepare()

    def _prepare(self) -> None:
        """Make what bounds are found by."""
        self._holdings = [holdings_of(it) for it in self._all]
        self._index = Index(WEIGHTS)
        self._outside: dict[int, Vectors] = {}
        for one in self._all:
            self._index.add(one.parts)

    def follow(self, space: VectorSpace) -> "Search":
        """The search in a space that follows from this one's: by the same index, beside which stand those with other
        vectors. By an index of its own where these are many, or a career went."""
        if any(slug not in space.vectors for slug in self.vectors):
            return type(self)(space)
        every = enumerate(space.vectors.items())
        others = {place: one for place, (slug, one) in every if self.vectors.get(slug) is not one}
        outside = self._outside | others
        if len(outside) > MOST_OUTSIDE:
            return type(self)(space)
        search = type(self).__new__(type(self))
        vars(search).update(vars(self))
        search.vectors, search._all = space.vectors, list(space.vectors.values())
        search._outside, search._shared_items = outside, {}
        search._holdings = [*self._holdings, *[0] * (len(space.vectors) - len(self._holdings))]
        for place, one in others.items():
            search._holdings[place] = holdings_of(one)
        return search

    def nearest(self, slug: str, sums: Sequence[float] | None = None) -> tuple[Neighbour, ...]:
        """The nearest careers of one, at most `KEPT`, each with what they share. `sums` are those of `_sums`."""
        one = self.vectors[slug]
        nearest = ranked([self._neighbour(one, other) for other in self.candidates(one, sums)])
        return tuple([it._replace(shared=self._shared(slug, it.slug)) for it in nearest])

    def _neighbour(self, one: Vectors, other: Vectors) -> Neighbour:
        """The same as `neighbour`; most of those who are near are so in both directions."""
        mine, theirs = one.features.career.slug, other.features.career.slug
        pair = (mine, theirs) if mine < theirs else (theirs, mine)
        if (measured := self._likenesses.get(pair)) is None:
            near = neighbour(one, other)
            self._likenesses[pair] = near.score, near.likeness
            return near
        return Neighbour(theirs, *measured, ())

    def _shared(self, one: str, other: str) -> tuple[Shared, ...]:
        """What two careers share, whichever is the first."""
        pair = (one, other) if one < other else (other, one)
        if (shared := self._shared_items.get(pair)) is None:
            shared = self._shared_items[pair] = shared_items(self.vectors[one], self.vectors[other])
        return shared

    def all(self) -> Neighbourhoods:
        """The neighbours of all careers. Each two are looked at once."""
        halves: list[list[float]] = []
        index = Index(WEIGHTS)
        for place, one in enumerate(self._all):
            halves.append(self._with_knowledge(one, self._all[:place], index.sums(one.parts)))
            index.add(one.parts)
        neighbours = {}
        for place, one in enumerate(self._all):
            slug = one.features.career.slug
            neighbours[slug] = self.nearest(slug, [*halves[place], 0.0, *[half[place] for half in halves[place + 1 :]]])
        return neighbours

    def candidates(
        self, one: Vectors, sums: Sequence[float] | None = None, least: Mapping[str, float] = NONE
    ) -> list[Vectors]:
        """Those that may be among the nearest of one, and those that may score with it what `least` says for them:
        first by how much figures can add at most, then, the likeliest first, by how much they do."""
        weight, mine = WEIGHTS[Component.FIGURES], one.features.career.values_by_attribute
        measured, best = [], [-1.0] * KEPT
        for other, part, whole, without, high in sorted(self._possible(one, sums, least), key=_HIGHEST, reverse=True):
            slug = other.features.career.slug
            if high < min(best[0], least.get(slug, best[0])) - SLACK:
                continue
            figures = closeness(mine, other.features.career.values_by_attribute)
            likely = without if figures is None else (part + weight * figures) / (whole + weight)
            insort(best, likely)
            del best[0]
            measured.append((likely, likely, slug, other))
        return _best(measured, least)

    def _possible(self, one: Vectors, sums: Sequence[float] | None, least: Mapping[str, float]) -> list[Bound]:
        """Those that may be among the nearest of one, or score what `least` says, whatever their figures are."""
        mine, weight = holdings_of(one), WEIGHTS[Component.FIGURES]
        bounds = []
        for other, holdings, part in zip(self._all, self._holdings, sums or self._sums(one), strict=True):
            whole = WHOLES[mine & holdings]
            without = part / whole if whole else 0.0
            if other is not one:
                with_all = (part + weight) / (whole + weight)
                low, high = min(without, part / (whole + weight)), max(without, with_all)
                bounds.append((low, high, other.features.career.slug, Bound(other, part, whole, without, high)))
        return _best(bounds, least)

    def _sums(self, one: Vectors) -> list[float]:
        """What each career scores with one but for figures, not yet divided by the weights."""
        sums = self._index.sums(one.parts)
        sums += [0.0] * (len(self._all) - len(sums))
        for place, other in self._outside.items():
            sums[place] = _dot(one, other)
        return self._with_knowledge(one, self._all, sums)

    @staticmethod
    def _with_knowledge(one: Vectors, others: Sequence[Vectors], sums: list[float]) -> list[float]:
        if not one.knowledge:
            return sums
        mine, weight = one.knowledge, WEIGHTS[Component.KNOWLEDGE]
        cosines = [knowledge(mine, other.knowledge) or 0.0 for other in others]
        return [part + weight * it for part, it in zip(sums, cosines, strict=True)]


SLACK = 0.001
"""More than rounding can move a score."""
_HIGHEST = attrgetter("highest")


def _dot(one: Vectors, other: Vectors) -> float:
    """The weighted sum of the cosines of two careers, as `Index.sums` has it."""
    shares = [
        WEIGHTS[component] * amount * other.parts[component].get(name, 0.0)
        for component, amounts in one.parts.items()
        for name, amount in amounts.items()
    ]
    return sum(shares)


def _best(bounds: list[tuple[float, float, str, Item]], least: Mapping[str, float]) -> list[Item]:
    """The items that may be among the nearest `KEPT`, or score what is wanted of them by slug, given how much each
    scores at least and at most."""
    last = min(sorted([low for low, *_ in bounds], reverse=True)[:KEPT], default=0.0)
    return [item for _, high, slug, item in bounds if high >= min(last, least.get(slug, last)) - SLACK]


_BITS = {it: 1 << place for place, it in enumerate(WEIGHTS)}
WHOLES = [sum([weight for it, weight in WEIGHTS.items() if bits & _BITS[it]]) for bits in range(1 << len(_BITS))]
"""The weights of some components together, by their bits."""


def holdings_of(one: Vectors) -> int:
    """The components but for figures that a career has, as bits."""
    components = [it for it, amounts in one.parts.items() if amounts]
    return sum([_BITS[it] for it in (*components, *([Component.KNOWLEDGE] if one.knowledge else ()))])
