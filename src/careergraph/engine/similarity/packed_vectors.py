"""Packed vectors: the vectors of all careers of a catalog as bytes, which take a small part of the memory and can be
stored. What is unpacked of them is equal to the digit."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import mul
from typing import Any, NamedTuple

from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import COUNTED, Amounts, Features
from careergraph.engine.similarity.inverted_index import BYTE_ORDER
from careergraph.engine.similarity.nearest import holdings_of
from careergraph.engine.similarity.vectors import (
    DRIFT,
    WEIGHTS,
    Rarity,
    Vectors,
    VectorSpace,
    halvings,
    likeness_of_angle,
    weight_of,
)

HEAD = 24
"""The bytes of six numbers before a row: the components that a career has, as bits; how many things it has, component
by component; and of how many fields it is said how much the career knows."""
_NEW = -1
_COMPONENTS = {it: str(place) for place, it in enumerate(COUNTED)}


class PackedVectors(NamedTuple):
    """The vectors of all careers. `things` are the names of all things behind the number of their component, `counts`
    how many careers have each, and `rarity` its halvings when it was weighed, -1 for what is new; `whole` the halvings
    of all careers. `fields` are the fields of knowledge. `rows` are the vectors by slug: how many things each component
    has, their amounts, what the career knows, and the places of the things."""

    things: Sequence[str]
    counts: Sequence[int]
    rarity: Sequence[int]
    whole: int
    fields: Sequence[str]
    rows: Mapping[str, bytes]

    @classmethod
    def of(cls, space: VectorSpace) -> "PackedVectors":
        """Pack the vectors of a space."""
        rarity, counts = space.rarity.halvings, space.counts
        cells = [(it, name) for it in COUNTED for name in {**rarity[it], **counts[it]}]
        things = [_COMPONENTS[it] + name for it, name in cells]
        place_of = {thing: place for place, thing in enumerate(things)}
        return cls(
            things,
            array("I", [counts[it][name] for it, name in cells]),
            array("b", [rarity[it].get(name, _NEW) for it, name in cells]),
            space.rarity.whole,
            tuple(space.names),
            {slug: pack(one, place_of) for slug, one in space.vectors.items()},
        )

    def read_rarity(self) -> Rarity:
        """Return how rare things were when they were weighed."""
        names: dict[Component, dict[str, int]] = {it: {} for it in COUNTED}
        for thing, rarity in zip(self.things, self.rarity, strict=True):
            if rarity != _NEW:
                names[COUNTED[int(thing[0])]][thing[1:]] = rarity
        return Rarity(self.whole, names)

    def drifted(self) -> bool:
        """Return whether so much weighs otherwise by now that all has to be weighed anew."""
        shift = self.whole - halvings(len(self.rows))
        now = {count: halvings(count) for count in {*self.counts} if count > 1}
        weighed = [(was, count) for was, count in zip(self.rarity, self.counts, strict=True) if was != _NEW]
        moved = [was - now.get(count, was) != shift for was, count in weighed]
        return DRIFT * sum(moved) > len(weighed)

    def weights(self) -> Mapping[Component, Amounts]:
        """Return how much each thing weighs, by component and name; what weighs nothing is left out."""
        weighed = {it: weight_of(self.whole, it, 0) for it in {*self.rarity} - {_NEW}}
        cells = zip(self.rarity, self.counts, strict=True)
        every = [weight_of(self.whole, None, count) if it == _NEW else weighed[it] for it, count in cells]
        weights: dict[str, dict[str, float]] = {it: {} for it in _COMPONENTS.values()}
        for thing, weight in zip(self.things, every, strict=True):
            if weight:
                weights[thing[0]][thing[1:]] = weight
        return {it: weights[number] for it, number in _COMPONENTS.items()}

    def unpack(self, slug: str, features: Features) -> Vectors:
        """The vectors of a career, whose features these are."""
        lengths, amounts, knowledge, places = _read(self.rows[slug])
        parts, start = {}, 0
        for component, length in zip(COUNTED, lengths, strict=True):
            cells = zip(places[start : start + length], amounts[start : start + length], strict=True)
            parts[component] = {self.things[place][1:]: amount for place, amount in cells if amount}
            start += length
        return Vectors(features, parts, tuple(knowledge))

    def holdings(self) -> list[int]:
        """The components but for figures that each career has, as bits."""
        return [_array("I", row[:4])[0] for row in self.rows.values()]

    def sums(self, slug: str, postings: "Postings | None" = None) -> list[float]:
        """Return what each career scores with one but for figures, not yet divided by the weights."""
        lengths, amounts, mine, places = _read(self.rows[slug])
        weights = chain.from_iterable([repeat(WEIGHTS[it], n) for it, n in zip(COUNTED, lengths, strict=True)])
        shares = dict(zip(places, map(mul, weights, amounts), strict=True))
        sums = self._scanned(shares) if postings is None else postings.sums(shares)
        if not mine:
            return sums
        weight = WEIGHTS[Component.KNOWLEDGE]
        every = [_knowledge(row) for row in self.rows.values()]
        cosines = [sum(map(mul, mine, theirs)) if theirs else 0.0 for theirs in every]
        return [part + weight * likeness_of_angle(it) for part, it in zip(sums, cosines, strict=True)]

    def _scanned(self, shares: Mapping[int, float]) -> list[float]:
        every = [0.0] * len(self.things)
        for place, share in shares.items():
            every[place] = share
        share_of, sums = every.__getitem__, []
        for row in self.rows.values():
            _, amounts, _, places = _read(row)
            sums.append(sum(map(mul, map(share_of, places), amounts)))
        return sums

    def holders(self, things: Iterable[str]) -> set[str]:
        """The careers that hold any of some things."""
        names = frozenset(things)
        places = {place for place, thing in enumerate(self.things) if thing in names}
        return {slug for slug, row in self.rows.items() if not places.isdisjoint(_read(row)[3])} if places else set()


class Postings:
    """Which careers have each thing, and how much of it. To make it takes as long as some four searches without it."""

    def __init__(self, packed: PackedVectors) -> None:
        self._careers = len(packed.rows)
        self._ends = list(accumulate(packed.counts))
        places_left = [0, *self._ends[:-1]]
        self._owners = array("I", bytes(4 * (self._ends[-1] if self._ends else 0)))
        self._amounts = array("d", bytes(8 * len(self._owners)))
        for owner, row in enumerate(packed.rows.values()):
            _, amounts, _, places = _read(row)
            for place, amount in zip(places, amounts, strict=True):
                at = places_left[place]
                self._owners[at], self._amounts[at] = owner, amount
                places_left[place] = at + 1

    def sums(self, shares: Mapping[int, float]) -> list[float]:
        """By career, the sum of its amounts of some things, each times a share."""
        sums = [0.0] * self._careers
        for place, share in shares.items():
            if share:
                here = slice(self._ends[place - 1] if place else 0, self._ends[place])
                for owner, amount in zip(self._owners[here], self._amounts[here], strict=True):
                    sums[owner] += share * amount
        return sums


def things_of(features: Features) -> Iterator[str]:
    """Yield the things of a career as `PackedVectors` calls them."""
    for component in COUNTED:
        number = _COMPONENTS[component]
        yield from [number + name for name in features.amounts[component]]


def pack(one: Vectors, place_of: Mapping[str, int]) -> bytes:
    """Return the vectors of a career as a row, by the places of the things."""
    own = one.features.amounts
    places = [place_of[thing] for thing in things_of(one.features)]
    amounts = [one.parts[it].get(name, 0.0) for it in COUNTED for name in own[it]]
    head = [holdings_of(one), *[len(own[it]) for it in COUNTED], len(one.knowledge)]
    return _bytes("I", head) + _bytes("d", [*amounts, *one.knowledge]) + _bytes("I", places)


def recounted(
    packed: PackedVectors, sides: Iterable[tuple[Features | None, Features | None]]
) -> tuple[PackedVectors, set[str]]:
    """Return the vectors with the things of some careers counted anew, each before and after, and the things that weigh
    otherwise. The rows are still those before."""
    change: Counter[str] = Counter()
    for was, one in sides:
        change.update(() if one is None else things_of(one))
        change.subtract(() if was is None else things_of(was))
    place_of = {thing: place for place, thing in enumerate(packed.things) if thing in change}
    fresh = [thing for thing, number in change.items() if number and thing not in place_of]
    things = [*packed.things, *fresh] if fresh else packed.things
    counts = array("I", [*packed.counts, *[0 for _ in fresh]])
    rarity = array("b", [*packed.rarity, *[_NEW for _ in fresh]])
    place_of |= {thing: place for place, thing in enumerate(fresh, len(packed.things))}
    moved = set()
    for thing, number in change.items():
        if number:
            place = place_of[thing]
            kept = None if rarity[place] == _NEW else rarity[place]
            before, counts[place] = counts[place], counts[place] + number
            if weight_of(packed.whole, kept, before) != weight_of(packed.whole, kept, counts[place]):
                moved.add(thing)
    return packed._replace(things=things, counts=counts, rarity=rarity), moved


_Row = tuple[Sequence[int], Sequence[float], Sequence[float], Sequence[int]]


def _read(row: bytes) -> _Row:
    """Read how many things of each component, their amounts, what the career knows, and the places of the things."""
    _, *lengths, fields = _array("I", row[:HEAD])
    middle = HEAD + 8 * sum(lengths)
    end = middle + 8 * fields
    return lengths, _array("d", row[HEAD:middle]), _array("d", row[middle:end]), _array("I", row[end:])


def _knowledge(row: bytes) -> Sequence[float]:
    _, *lengths, fields = _array("I", row[:HEAD])
    middle = HEAD + 8 * sum(lengths)
    return _array("d", row[middle : middle + 8 * fields])


def _bytes(kind: str, numbers: Iterable[float]) -> bytes:
    """Some numbers as bytes, in the same order on every machine."""
    return _in_order(array(kind, numbers)).tobytes()


def _array(kind: str, content: bytes) -> "array[Any]":
    return _in_order(array(kind, content))


def _in_order(numbers: "array[Any]") -> "array[Any]":
    if BYTE_ORDER == "big":
        numbers.byteswap()
    return numbers
