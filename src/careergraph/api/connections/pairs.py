"""Lazy sequences of pairs of careers: by slug, or the ranked pairs first."""

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from math import isqrt
from typing import Any, NamedTuple, cast, overload

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.similarity.pair_ranking import pairs_of, ranking


class SlugPair(NamedTuple):
    """Two careers in the order of their slugs."""

    a: Career
    b: Career


class PairSequence(Sequence[SlugPair]):
    """A sequence that makes each pair when it is read."""

    @overload
    def __getitem__(self, place: int) -> SlugPair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SlugPair]: ...
    def __getitem__(self, place: int | slice) -> SlugPair | Sequence[SlugPair]:
        if isinstance(place, slice):
            return [self._at(it) for it in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._at(place)

    @abstractmethod
    def _at(self, place: int) -> SlugPair:
        """Return the pair at a place, which the sequence has."""


class Pairs(PairSequence):
    """All pairs of careers that are in the order of their slugs: n(n-1)/2, found by arithmetic."""

    def __init__(self, careers: Sequence[Career]) -> None:
        self._careers = careers

    def __len__(self) -> int:
        count = len(self._careers)
        return count * (count - 1) // 2

    def _at(self, place: int) -> SlugPair:
        # from the end: one pair begins with the last career but one, two with the one before it, and so on
        behind = len(self) - 1 - place
        first = len(self._careers) - 2 - (isqrt(8 * behind + 1) - 1) // 2
        second = first + 1 + place - self._ahead_of(first)
        return SlugPair(self._careers[first], self._careers[second])

    def __iter__(self) -> Iterator[SlugPair]:
        for place, career in enumerate(self._careers):
            for other in self._careers[place + 1 :]:
                yield SlugPair(career, other)

    def place(self, first: int, second: int) -> int:
        """Return the place of the pair of the careers at two places, the first ahead of the second."""
        return self._ahead_of(first) + second - first - 1

    def _ahead_of(self, first: int) -> int:
        """Return how many pairs are ahead of those that begin with this career."""
        return first * (2 * len(self._careers) - first - 1) // 2


class PairsOf(PairSequence):
    """All pairs of one career with others that are in the order of their slugs."""

    def __init__(self, career: Career, others: Sequence[Career]) -> None:
        self._career, self._others = career, others

    def __len__(self) -> int:
        return len(self._others)

    def _at(self, place: int) -> SlugPair:
        # those ahead of the career come first in their pairs, and all of them stand ahead of the rest
        other = self._others[place]
        return SlugPair(other, self._career) if other.slug < self._career.slug else SlugPair(self._career, other)


class Rest(PairSequence):
    """Pairs without those at some sorted places, found by bisection."""

    def __init__(self, couples: Sequence[SlugPair], gone: Sequence[int]) -> None:
        self._couples, self._gone = couples, gone

    def __len__(self) -> int:
        return len(self._couples) - len(self._gone)

    def _at(self, place: int) -> SlugPair:
        # of the places that are gone, those count that have at most `place` of the rest ahead of them
        ahead = bisect_right(range(len(self._gone)), place, key=lambda it: self._gone[it] - it)
        return self._couples[place + ahead]


class Ranked(PairSequence):
    """Ranked pairs, given by slugs."""

    def __init__(self, catalog: Catalog, couples: Sequence[tuple[str, str]]) -> None:
        self._careers, self._couples = catalog.careers, couples

    def __len__(self) -> int:
        return len(self._couples)

    def _at(self, place: int) -> SlugPair:
        a, b = self._couples[place]
        return SlugPair(self._careers[a], self._careers[b])


class Later(Sequence[int]):
    """Numbers that are worked out when the first is read; how many is known before."""

    def __init__(self, count: int, work_out: Callable[[], list[int]]) -> None:
        self._count, self._work_out = count, cache(work_out)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        return self._work_out()[place]


class Chain(PairSequence):
    """Some pairs, and behind them others."""

    def __init__(self, first: Sequence[SlugPair], then: Sequence[SlugPair]) -> None:
        self._first, self._then = first, then

    def __len__(self) -> int:
        return len(self._first) + len(self._then)

    def _at(self, place: int) -> SlugPair:
        ahead = len(self._first)
        return self._first[place] if place < ahead else self._then[place - ahead]


class PairListing(NamedTuple):
    """Pairs in their order. `ranked` are the featured ones and those that score, best first; `rest` are the others that
    are not hidden."""

    ranked: Sequence[SlugPair]
    rest: Sequence[SlugPair]

    def at_least(self, catalog: Catalog, least: float) -> Sequence[SlugPair]:
        """Return the pairs with at least this score."""
        if least <= 0:
            return Chain(self.ranked, self.rest)
        worths = ranking(catalog)
        featured = bisect_right(self.ranked, 0, key=lambda it: not worths[it.a.slug, it.b.slug].featured)
        first = [it for it in self.ranked[:featured] if worths[it.a.slug, it.b.slug].score >= least]
        stop = bisect_right(self.ranked, -least, featured, key=lambda it: -worths[it.a.slug, it.b.slug].score)
        return Chain(first, self.ranked[featured:stop])


def pairs_of_category(catalog: Catalog, category: str | None) -> PairListing:
    """Return the pairs of a category, or of all careers, cached with the catalog."""
    name = f"pairs of {category}"
    if (listing := catalog.memo.get(name)) is None:
        listing = catalog.memo[name] = _listed(
            catalog, _careers(catalog, category), catalog.once(ranked_in).get(category, ())
        )
    return cast("PairListing", listing)


def pairs_of_career(catalog: Catalog, career: Career, category: str | None) -> PairListing:
    """Return the pairs of a career with all others, or with those of its category."""
    others = () if category not in (None, career.category.slug) else _careers(catalog, category)
    kept = frozenset([it.slug for it in others])
    ranked = [it for it in pairs_of(catalog, career) if it[0] in kept and it[1] in kept]
    gone = _hidden(catalog).union(ranked)
    rest = PairsOf(career, [it for it in others if it is not career])
    couples = [SlugPair(catalog.careers[a], catalog.careers[b]) for a, b in ranked]
    return PairListing(couples, [it for it in rest if (it.a.slug, it.b.slug) not in gone])


def pairs_by_slug(catalog: Catalog, career: Career | None, category: str | None) -> Sequence[SlugPair]:
    """Return all pairs that are not hidden, perhaps of one career or one category, sorted by slug. They are not ranked,
    which takes seconds for half a million."""
    careers, hidden = _careers(catalog, category), _hidden(catalog)
    if career is not None:
        others = [it for it in careers if it is not career] if career in careers else []
        return [it for it in PairsOf(career, others) if (it.a.slug, it.b.slug) not in hidden]
    places = {it.slug: place for place, it in enumerate(careers)}
    pairs = Pairs(careers)
    gone = [pairs.place(places[a], places[b]) for a, b in hidden if a in places and b in places]
    return Rest(pairs, sorted(gone)) if gone else pairs


def _listed(catalog: Catalog, careers: Sequence[Career], ranked: Sequence[tuple[str, str]]) -> PairListing:
    def gone() -> list[int]:
        places = {career.slug: place for place, career in enumerate(careers)}
        return sorted([pairs.place(places[a], places[b]) for a, b in (*ranked, *hidden)])

    pairs, hidden = Pairs(careers), list(_hidden(catalog))
    if hidden:
        slugs = {career.slug for career in careers}
        hidden = [it for it in hidden if slugs.issuperset(it)]
    return PairListing(Ranked(catalog, ranked), Rest(pairs, Later(len(ranked) + len(hidden), gone)))


def ranked_in(catalog: Catalog) -> Mapping[str | None, Sequence[tuple[str, str]]]:
    """The ranked pairs of all careers, and those within each category, best first."""
    groups: dict[str | None, list[tuple[str, str]]] = {None: list(ranking(catalog))}
    category_of = {slug: career.category.slug for slug, career in catalog.careers.items()}
    for a, b in ranking(catalog):
        if (category := category_of[a]) == category_of[b]:
            groups.setdefault(category, []).append((a, b))
    return groups


def reuse_pairs(catalog: Catalog, before: Catalog) -> None:
    """Take the ranked pairs of each category from a catalog before, where they are the same."""
    if ranking(catalog) is ranking(before) and all(
        catalog.careers[slug].category.slug == before.careers[slug].category.slug
        for slug in changed_items(before, catalog, "careers")
        if slug in before.careers and slug in catalog.careers
    ):
        catalog.memo[ranked_in] = before.once(ranked_in)


def _careers(catalog: Catalog, category: str | None) -> tuple[Career, ...]:
    return tuple(catalog.careers.values()) if category is None else catalog.careers_in.get(category, ())


def _hidden(catalog: Catalog) -> frozenset[tuple[str, str]]:
    """The pairs that editors keep out of lists, by slugs."""
    return frozenset([(it.a, it.b) for it in catalog.pairs_notes.values() if it.hidden])
