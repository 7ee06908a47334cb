"""Pairs: every comparison of some careers in the order of their slugs, made only when one is asked for."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from careergraph.engine.content import Career


class SlugPair(NamedTuple):
    """Two careers in the order of their slugs."""

    a: Career
    b: Career


class Pairs(Sequence[SlugPair]):
    """All pairs of careers that are in the order of their slugs: n(n-1)/2, found by arithmetic."""

    def __init__(self, careers: Sequence[Career]) -> None:
        self._careers = careers

    def __len__(self) -> int:
        count = len(self._careers)
        return count * (count - 1) // 2

    @overload
    def __getitem__(self, place: int) -> SlugPair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SlugPair]: ...
    def __getitem__(self, place: int | slice) -> SlugPair | Sequence[SlugPair]:
        if isinstance(place, slice):
            return [self[it] for it in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        first = bisect_right(range(len(self._careers) - 1), place, key=self._ahead_of) - 1
        second = first + 1 + place - self._ahead_of(first)
        return SlugPair(self._careers[first], self._careers[second])

    def __iter__(self) -> Iterator[SlugPair]:
        for place, career in enumerate(self._careers):
            for other in self._careers[place + 1 :]:
                yield SlugPair(career, other)

    def place(self, first: int, second: int) -> int:
        """Where the pair of the careers at two places stands, the first ahead of the second."""
        return self._ahead_of(first) + second - first - 1

    def _ahead_of(self, first: int) -> int:
        """How many pairs stand ahead of those that begin with this career."""
        return first * (2 * len(self._careers) - first - 1) // 2


class PairsOf(Sequence[SlugPair]):
    """All pairs of one career with others that are in the order of their slugs."""

    def __init__(self, career: Career, others: Sequence[Career]) -> None:
        self._career = career
        self._others = others

    def __len__(self) -> int:
        return len(self._others)

    @overload
    def __getitem__(self, place: int) -> SlugPair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SlugPair]: ...
    def __getitem__(self, place: int | slice) -> SlugPair | Sequence[SlugPair]:
        if isinstance(place, slice):
            return [self[it] for it in range(*place.indices(len(self)))]
        # Those ahead of the career come first in their pairs, and all of them stand ahead of the rest.
        other = self._others[place]
        return SlugPair(other, self._career) if other.slug < self._career.slug else SlugPair(self._career, other)


class Rest(Sequence[SlugPair]):
    """Pairs but for some, whose places are given in order: found by halving, however many pairs there are."""

    def __init__(self, couples: Sequence[SlugPair], gone: Sequence[int]) -> None:
        self._couples = couples
        self._gone = gone

    def __len__(self) -> int:
        return len(self._couples) - len(self._gone)

    @overload
    def __getitem__(self, place: int) -> SlugPair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SlugPair]: ...
    def __getitem__(self, place: int | slice) -> SlugPair | Sequence[SlugPair]:
        if isinstance(place, slice):
            return [self[it] for it in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        # of the places that are gone, those count that have at most `place` of the rest ahead of them
        ahead = bisect_right(range(len(self._gone)), place, key=lambda it: self._gone[it] - it)
        return self._couples[place + ahead]


class Chain(Sequence[SlugPair]):
    """Some pairs, and behind them others."""

    def __init__(self, first: Sequence[SlugPair], then: Sequence[SlugPair]) -> None:
        self._first = first
        self._then = then

    def __len__(self) -> int:
        return len(self._first) + len(self._then)

    @overload
    def __getitem__(self, place: int) -> SlugPair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SlugPair]: ...
    def __getitem__(self, place: int | slice) -> SlugPair | Sequence[SlugPair]:
        if isinstance(place, slice):
            return [self[it] for it in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        ahead = len(self._first)
        return self._first[place] if place < ahead else self._then[place - ahead]
