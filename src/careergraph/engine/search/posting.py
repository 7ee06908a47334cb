"""Posting: where a word stands, in one string of bytes.

An index has thousands of words, and most stand in a few items: an object for each of three sequences would take more
memory than what is in them.
"""

from array import array
from collections.abc import Collection, Sequence
from itertools import accumulate, compress, pairwise
from typing import NamedTuple

ITEMS, WEIGHTS = "I", "f"
"""The types of the numbers of items, and of what a word counts in each: four bytes each."""
NAMES = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""The types of the bits of names, by how many bytes those of an item take."""
MANY, BITS = 255, 64
"""In the place of so many bytes: some items have more than 64 names. All have eight bytes then; behind them stands what
is left of those: their places, how many bytes each takes, and the bytes."""
LENGTHS = "H"

Packed = bytes
"""A posting as it is kept: how many bytes the names of an item take, then all numbers, weights and names. Never
changed: indexes share it, and words that stand alike."""


class Posting(NamedTuple):
    """Where a word stands: the numbers of the items that have it, how much it counts in each, and which names of each
    have it, as bits (as a `Place` has them)."""

    items: "array[int]"
    weights: "array[float]"
    names: Sequence[int]


def pack(items: "array[int]", weights: "array[float]", names: Sequence[int]) -> Packed:
    """Pack a posting. Few items have more than eight names, and most words stand in none of them."""
    length = _length(max(names, default=0))
    width = next((it for it in (0, *NAMES) if it >= length), MANY)
    places = items.tobytes() + weights.tobytes()
    if not width:
        return b"\0" + places
    if width in NAMES:
        return b"".join((bytes([width]), places, array(NAMES[width], names).tobytes()))
    first = array(NAMES[8], [it & ((1 << BITS) - 1) for it in names])
    rest = [(place, it >> BITS) for place, it in enumerate(names) if it >> BITS]
    lengths = array(LENGTHS, [_length(it) for _, it in rest])
    own = [it.to_bytes(size, "big") for (_, it), size in zip(rest, lengths, strict=True)]
    more = (array(ITEMS, [place for place, _ in rest]).tobytes(), lengths.tobytes(), *own)
    sizes = array(ITEMS, [len(items), len(rest)]).tobytes()
    return b"".join((bytes([MANY]), sizes, places, first.tobytes(), *more))


def _length(bits: int) -> int:
    return (bits.bit_length() + 7) // 8


def unpack(packed: Packed) -> Posting:
    """Unpack a posting."""
    count, width = size_of(packed), packed[0]
    start = HEAD if width == MANY else 1
    middle, end = start + 4 * count, start + 8 * count
    items = _array(ITEMS, packed[start:middle])
    weights: array[float] = array(WEIGHTS, packed[middle:end])
    if not width:
        return Posting(items, weights, (0,) * count)
    if width in NAMES:
        return Posting(items, weights, _array(NAMES[width], packed[end:]))
    more = end + 8 * count
    names = list(_array(NAMES[8], packed[end:more]))
    left = _array(ITEMS, packed[5:HEAD])[0]
    lengths = more + 4 * left
    ends = accumulate(_array(LENGTHS, packed[lengths : lengths + 2 * left]), initial=lengths + 2 * left)
    for place, (here, there) in zip(_array(ITEMS, packed[more:lengths]), pairwise(ends), strict=True):
        names[place] |= int.from_bytes(packed[here:there], "big") << BITS
    return Posting(items, weights, names)


HEAD = 9
"""The bytes ahead of a posting with many names: how many items it has, and how many of these have more than 64."""


def _array(kind: str, content: bytes) -> "array[int]":
    numbers: array[int] = array(kind, content)
    return numbers


def size_of(packed: Packed) -> int:
    """Return how many items have the word."""
    width = packed[0]
    return _array(ITEMS, packed[1:5])[0] if width == MANY else (len(packed) - 1) // (8 + width)


def updated(
    before: Packed | None, left: Collection[int], new: "tuple[array[int], array[float], list[int]]"
) -> Packed | None:
    """A posting without the items that the word leaves, and with those where it is new; None where none is left."""
    items, weights, names = new
    if before is None:
        return pack(items, weights, names) if items else None
    was = unpack(before)
    if left:
        stay = [item not in left for item in was.items]
        was = Posting(
            array(ITEMS, compress(was.items, stay)),
            array(WEIGHTS, compress(was.weights, stay)),
            tuple(compress(was.names, stay)),
        )
    items, weights = was.items + items, was.weights + weights
    return pack(items, weights, (*was.names, *names)) if items else None
