"""Inverted index: which careers have a thing, so that careers with nothing in common are not looked at.

What many careers have is one long integer, with a field of 64 bits for each career. A single product and a single sum
add it to all of them, where one career after the other takes several times as long.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import Literal

from careergraph.engine.content.component import Component
from careergraph.engine.similarity.features import Amounts

FIELD = 8
"""The bytes of a field. Weights are at most 1, so the sum of at most eight components fits into 63 bits."""
SHARE, AMOUNT = 1 << 40, 1 << 20
"""What a share and an amount of 1 are as integers: a sum is right to five places. An amount is one digit of Python's
integers, by which they are multiplied quickly."""
SCALE = 1 / (SHARE * AMOUNT)
BYTE_ORDER: Literal["little", "big"] = "little" if array("H", [1]).tobytes() == b"\1\0" else "big"
"""The order of bytes in arrays of this machine."""
MANY = 12
"""A thing that at least one career in twelve has is a long integer."""


class Index:
    """The vectors of careers by what they hold, in components that have a weight; the first career has the place 0."""

    def __init__(self, every: Sequence[Mapping[Component, Amounts]], weights: Mapping[Component, float]) -> None:
        self._size = len(every)
        self._few = {it: _postings(it, weight, every) for it, weight in weights.items()}
        self._many = {it: self._join(postings) for it, postings in self._few.items()}

    def sums(self, parts: Mapping[Component, Amounts]) -> list[float]:
        """By place, the weighted sum of the cosines of a career with each, to five places."""
        sums, fields = [0.0] * self._size, 0
        for component, amounts in parts.items():
            few, many = self._few[component], self._many[component]
            for name, amount in amounts.items():
                if name in many:
                    fields += int(amount * AMOUNT) * many[name]
                elif name in few:
                    for place, share in zip(*few[name], strict=True):
                        sums[place] += amount * share
        return [one + other * SCALE for one, other in zip(sums, self._split(fields), strict=True)]

    def _join(self, postings: dict[str, "_Posting"]) -> dict[str, int]:
        """Take what many careers have out of some postings, as long integers."""
        names = [name for name, (places, _) in postings.items() if MANY * len(places) >= self._size]
        return {name: self._fields(*postings.pop(name)) for name in names}

    def _fields(self, places: Sequence[int], shares: Sequence[float]) -> int:
        fields = array("Q", bytes(FIELD * self._size))
        for place, share in zip(places, shares, strict=True):
            fields[place] = int(share * SHARE)
        return int.from_bytes(fields.tobytes(), BYTE_ORDER)

    def _split(self, fields: int) -> Sequence[int]:
        return memoryview(fields.to_bytes(FIELD * self._size, BYTE_ORDER)).cast("Q")


_Posting = tuple["array[int]", "array[float]"]
"""The places of the careers that have a thing, and the weighted amount of each."""


def _postings(component: Component, weight: float, every: Sequence[Mapping[Component, Amounts]]) -> dict[str, _Posting]:
    """Return the careers with each thing of a component."""
    postings: dict[str, _Posting] = {}
    for place, parts in enumerate(every):
        for name, amount in parts.get(component, {}).items():
            if name not in postings:
                postings[name] = array("i"), array("d")
            places, shares = postings[name]
            places.append(place)
            shares.append(weight * amount)
    return postings
