"""Nearest: a search for the careers nearest to each, which need not measure every two of them in full."""

from bisect import insort
from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Likeness, Neighbour, Neighbourhoods, Shared
from careergraph.engine.similarity.features import COUNTED
from careergraph.engine.similarity.inverted_index import Index
from careergraph.engine.similarity.neighbour_evidence import shared_items
from careergraph.engine.similarity.vectors import (
    WEIGHTS,
    Vectors,
    VectorSpace,
    figures,
    knowledge,
    likeness,
    likeness_of_angle,
    score,
)

Pair = tuple[str, str]
"""Two careers by their slugs, in order."""

NONE: Mapping[str, float] = MappingProxyType({})

KEPT = 25
"""Neighbours that are kept of a career at most."""
MOST_OUTSIDE = 32
"""The most careers beside an index: each costs what it has, where the index costs what is shared."""


def neighbour(one: Vectors, other: Vectors) -> Neighbour:
    """Another career as a neighbour of one, before their shared items are known."""
    measured = likeness(one, other, figures(one, other))
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
        self._space, self.vectors = space, space.vectors
        self._all = list(space.vectors.values())
        self._forget()
        self._prepare()

    def _forget(self) -> None:
        """Start what is kept of every two that were measured: most of those who are near are so in both directions."""
        self._figures: dict[Pair, float | None] = {}
        self._likenesses: dict[Pair, tuple[float, Likeness]] = {}
        self._shared_items: dict[Pair, tuple[Shared, ...]] = {}

    def _prepare(self) -> None:
        """Make what bounds are found by."""
        self._holdings = [holdings_of(it) for it in self._all]
        self._index = Index([it.parts for it in self._all], {it: WEIGHTS[it] for it in COUNTED})
        fields = [{Component.KNOWLEDGE: _fields(it)} for it in self._all]
        self._knowledge = Index(fields, {Component.KNOWLEDGE: 1.0})
        self._outside: dict[int, Vectors] = {}

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
        search._space, search.vectors, search._all = space, space.vectors, list(space.vectors.values())
        search._outside = outside
        search._holdings = [*self._holdings, *[0] * (len(space.vectors) - len(self._holdings))]
        for place, one in others.items():
            search._holdings[place] = holdings_of(one)
        search._forget()
        return search

    def all(self) -> Neighbourhoods:
        """The neighbours of all careers."""
        return {slug: self.nearest(slug) for slug in self.vectors}

    def nearest(self, slug: str) -> tuple[Neighbour, ...]:
        """The nearest careers of one, at most `KEPT`, each with what they share."""
        one = self.vectors[slug]
        nearest = ranked([self._neighbour(one, other) for other in self.candidates(one)])
        return tuple([it._replace(shared=self.shared(one, self.vectors[it.slug])) for it in nearest])

    def _neighbour(self, one: Vectors, other: Vectors) -> Neighbour:
        """The same as `neighbour`."""
        if (measured := self._likenesses.get(pair := _pair(one, other))) is None:
            alike = likeness(one, other, self._closeness(one, other))
            measured = self._likenesses[pair] = score(alike), alike
        return Neighbour(other.features.career.slug, *measured, ())

    def _closeness(self, one: Vectors, other: Vectors) -> float | None:
        """How close the figures of two careers are, whichever is the first."""
        if (pair := _pair(one, other)) not in self._figures:
            self._figures[pair] = figures(one, other)
        return self._figures[pair]

    def shared(self, one: Vectors, other: Vectors) -> tuple[Shared, ...]:
        """What two careers share, whichever is the first."""
        if (shared := self._shared_items.get(pair := _pair(one, other))) is None:
            shared = self._shared_items[pair] = shared_items(self._space, one, other)
        return shared

    def candidates(self, one: Vectors, least: Mapping[str, float] = NONE) -> list[Vectors]:
        """Those that may be among the nearest of one, and those that may score with it what `least` says for them:
        first by how much figures can add at most, then, the likeliest first, by how much they do."""
        weight, best = weight_of_figures(one), [-1.0] * KEPT
        measured = []
        for other, part, whole, without, high in sorted(self._possible(one, least), key=_HIGHEST, reverse=True):
            slug = other.features.career.slug
            if high < min(best[0], least.get(slug, best[0])) - SLACK:
                continue
            close = self._closeness(one, other) if weight else None
            likely = without if close is None else (part + weight * close) / (whole + weight)
            insort(best, likely)
            del best[0]
            measured.append((likely, slug, other))
        return [other for likely, slug, other in measured if likely >= min(best[0], least.get(slug, best[0])) - SLACK]

    def _possible(self, one: Vectors, least: Mapping[str, float]) -> list[Bound]:
        """Those that may be among the nearest of one, or score what `least` says, whatever their figures are: what the
        least and the most of these would make of the rest."""
        mine, weight = holdings_of(one), weight_of_figures(one)
        parts, wholes = self._sums(one), [WHOLES[mine & it] for it in self._holdings]
        lows = sorted([part / (whole + weight) if whole else 0.0 for part, whole in zip(parts, wholes, strict=True)])
        # the career itself is among them, and the nearest
        last = lows[-KEPT - 1] if len(lows) > KEPT else 0.0
        bounds = repeat(last) if not least else [min(last, least.get(slug, last)) for slug in self.vectors]
        return [
            Bound(other, part, whole, part / whole if whole else 0.0, (part + weight) / (whole + weight or 1.0))
            for other, part, whole, bound in zip(self._all, parts, wholes, bounds, strict=False)
            if part + weight >= (bound - SLACK) * (whole + weight) and other is not one
        ]

    def _sums(self, one: Vectors) -> list[float]:
        """What each career scores with one but for figures, not yet divided by the weights."""
        sums, weight = self._index.sums(one.parts), WEIGHTS[Component.KNOWLEDGE]
        if one.knowledge:
            cosines = self._knowledge.sums({Component.KNOWLEDGE: _fields(one)})
            sums = [part + weight * likeness_of_angle(it) for part, it in zip(sums, cosines, strict=True)]
        sums += [0.0] * (len(self._all) - len(sums))
        for place, other in self._outside.items():
            sums[place] = _dot(one, other) + weight * (knowledge(one.knowledge, other.knowledge) or 0.0)
        return sums


SLACK = 0.001
"""More than rounding can move a score."""
_HIGHEST = attrgetter("highest")


def weight_of_figures(one: Vectors) -> float:
    """The weight of figures in what another career scores with one: none where it has no figures."""
    return WEIGHTS[Component.FIGURES] if one.features.career.values else 0.0


def _pair(one: Vectors, other: Vectors) -> Pair:
    mine, theirs = one.features.career.slug, other.features.career.slug
    return (mine, theirs) if mine < theirs else (theirs, mine)


def _fields(one: Vectors) -> Mapping[str, float]:
    """What a career knows by the places of the fields of knowledge, but for those that it does not."""
    return {str(place): amount for place, amount in enumerate(one.knowledge) if amount}


def _dot(one: Vectors, other: Vectors) -> float:
    """The weighted sum of the cosines of two careers, as `Index.sums` has it."""
    shares = [
        WEIGHTS[component] * amount * other.parts[component].get(name, 0.0)
        for component, amounts in one.parts.items()
        for name, amount in amounts.items()
    ]
    return sum(shares)


_BITS = {it: 1 << place for place, it in enumerate(WEIGHTS)}
WHOLES = [sum([weight for it, weight in WEIGHTS.items() if bits & _BITS[it]]) for bits in range(1 << len(_BITS))]
"""The weights of some components together, by their bits."""


def holdings_of(one: Vectors) -> int:
    """The components but for figures that a career has, as bits."""
    components = [it for it, amounts in one.parts.items() if amounts]
    return sum([_BITS[it] for it in (*components, *([Component.KNOWLEDGE] if one.knowledge else ()))])
