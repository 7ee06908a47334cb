"""Nearest: a search for the careers nearest to each, which need not measure every two of them in full."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, Protocol

from careergraph.engine.content import Career
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Likeness, Neighbour, Neighbourhoods, Shared
from careergraph.engine.similarity.features import COUNTED
from careergraph.engine.similarity.inverted_index import Index
from careergraph.engine.similarity.neighbour_evidence import shared_items
from careergraph.engine.similarity.value_similarity import closeness
from careergraph.engine.similarity.vectors import (
    WEIGHTS,
    Vectors,
    figures,
    likeness,
    likeness_of_angle,
    score,
)

Pair = tuple[str, str]
"""Two careers by their slugs, in order."""

NONE: Mapping[str, float] = MappingProxyType({})

KEPT = 25
"""Neighbours that are kept of a career at most."""


class Space(Protocol):
    """What a search looks through: the careers of a catalog and their vectors, by slug."""

    @property
    def careers(self) -> Mapping[str, Career]:
        """The careers by slug."""

    @property
    def vectors(self) -> Mapping[str, Vectors]:
        """Their vectors."""

    def is_common(self, component: Component, name: str) -> bool:
        """Return whether a thing `weighs_little`."""


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
    """A career that may be near, by slug: its score but for figures, not yet divided by the weights (`part` of the
    `whole`), and divided; and the `highest` that it can score."""

    slug: str
    part: float
    whole: float
    without: float
    highest: float


class Search:
    """Finds the nearest careers in a space without measuring every two of them in full."""

    def __init__(self, space: Space) -> None:
        self._space, self.vectors, self._careers = space, space.vectors, space.careers
        # what is kept of every two that were measured: most of those who are near are so in both directions
        self._figures: dict[Pair, float | None] = {}
        self._likenesses: dict[Pair, tuple[float, Likeness]] = {}
        self._shared_items: dict[Pair, tuple[Shared, ...]] = {}
        self._prepare()

    def _prepare(self) -> None:
        """Make what bounds are found by."""
        every = list(self.vectors.values())
        self._holdings: Sequence[int] = [holdings_of(it) for it in every]
        self._index = Index([it.parts for it in every], {it: WEIGHTS[it] for it in COUNTED})
        fields = [{Component.KNOWLEDGE: _fields(it)} for it in every]
        self._knowledge = Index(fields, {Component.KNOWLEDGE: 1.0})

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
        mine, theirs = one.features.career.slug, other.features.career.slug
        if (measured := self._likenesses.get(pair := _pair(mine, theirs))) is None:
            alike = likeness(one, other, self._closeness(mine, theirs))
            measured = self._likenesses[pair] = score(alike), alike
        return Neighbour(theirs, *measured, ())

    def _closeness(self, one: str, other: str) -> float | None:
        """Return how close the figures of two careers are, whichever is the first."""
        if (pair := _pair(one, other)) not in self._figures:
            values = [self._careers[slug].values_by_attribute for slug in (one, other)]
            self._figures[pair] = closeness(*values)
        return self._figures[pair]

    def shared(self, one: Vectors, other: Vectors) -> tuple[Shared, ...]:
        """Return what two careers share, whichever is the first."""
        pair = _pair(one.features.career.slug, other.features.career.slug)
        if (shared := self._shared_items.get(pair)) is None:
            shared = self._shared_items[pair] = shared_items(self._space.is_common, one, other)
        return shared

    def candidates(self, one: Vectors, least: Mapping[str, float] = NONE) -> list[Vectors]:
        """Return the careers that may be among the nearest of one, and those that may score with it what `least` says
        for them: first by how much figures can add at most, then, the likeliest first, by how much they do."""
        weight, best, own = weight_of_figures(one), [-1.0] * KEPT, one.features.career.slug
        measured = []
        for slug, part, whole, without, high in sorted(self._possible(one, least), key=_HIGHEST, reverse=True):
            if high < min(best[0], least.get(slug, best[0])) - SLACK:
                continue
            close = self._closeness(own, slug) if weight else None
            likely = without if close is None else (part + weight * close) / (whole + weight)
            insort(best, likely)
            del best[0]
            measured.append((likely, slug))
        nearest = [slug for likely, slug in measured if likely >= min(best[0], least.get(slug, best[0])) - SLACK]
        return [self.vectors[slug] for slug in nearest]

    def _possible(self, one: Vectors, least: Mapping[str, float]) -> list[Bound]:
        """Return the careers that may be among the nearest of one, or score what `least` says, whatever their figures
        are: what the least and the most of these would make of the rest."""
        mine, weight, own = holdings_of(one), weight_of_figures(one), one.features.career.slug
        parts, wholes = self._sums(one), [WHOLES[mine & it] for it in self._holdings]
        lows = sorted([part / (whole + weight) if whole else 0.0 for part, whole in zip(parts, wholes, strict=True)])
        # the career itself is among them, and the nearest
        last = lows[-KEPT - 1] if len(lows) > KEPT else 0.0
        bounds = repeat(last) if not least else [min(last, least.get(slug, last)) for slug in self.vectors]
        return [
            Bound(slug, part, whole, part / whole if whole else 0.0, (part + weight) / (whole + weight or 1.0))
            for slug, part, whole, bound in zip(self.vectors, parts, wholes, bounds, strict=False)
            if part + weight >= (bound - SLACK) * (whole + weight) and slug != own
        ]

    def _sums(self, one: Vectors) -> list[float]:
        """Return what each career scores with one but for figures, not yet divided by the weights."""
        sums, weight = self._index.sums(one.parts), WEIGHTS[Component.KNOWLEDGE]
        if one.knowledge:
            cosines = self._knowledge.sums({Component.KNOWLEDGE: _fields(one)})
            sums = [part + weight * likeness_of_angle(it) for part, it in zip(sums, cosines, strict=True)]
        return sums


SLACK = 0.001
"""More than rounding can move a score."""
_HIGHEST = attrgetter("highest")


def weight_of_figures(one: Vectors) -> float:
    """The weight of figures in what another career scores with one: none where it has no figures."""
    return WEIGHTS[Component.FIGURES] if one.features.career.values else 0.0


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _fields(one: Vectors) -> Mapping[str, float]:
    """Return what a career knows by the places of the fields of knowledge, but for those that it does not."""
    return {str(place): amount for place, amount in enumerate(one.knowledge) if amount}


_BITS = {it: 1 << place for place, it in enumerate(WEIGHTS)}
WHOLES = [sum([weight for it, weight in WEIGHTS.items() if bits & _BITS[it]]) for bits in range(1 << len(_BITS))]
"""The weights of some components together, by their bits."""


def holdings_of(one: Vectors) -> int:
    """The components but for figures that a career has, as bits."""
    components = [it for it, amounts in one.parts.items() if amounts]
    return sum([_BITS[it] for it in (*components, *([Component.KNOWLEDGE] if one.knowledge else ()))])
