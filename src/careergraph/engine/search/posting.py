"""Posting: where a word stands, in one string of bytes.

An index has thousands of words, and most stand in a few items: an object for each of three sequences would take more
memory than what is in them.
"""

from array import array
from collections.abc import Collection, Sequence
from itertools import compress
from typing import NamedTuple

ITEMS, WEIGHTS = "I", "f"
"""The types of the numbers of items, and of what a word counts in each: four bytes each."""
WIDTHS = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""The types of the bits of names, by how many bytes the bits of one item take."""
FIXED = 8
"""Bytes of a number and a weight."""

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
    length = (max(names, default=0).bit_length() + 7) // 8
    width = next((it for it in (0, *WIDTHS) if it >= length), length)
    return b"".join((width.to_bytes(2, "big"), items.tobytes(), weights.tobytes(), _packed(names, width)))


def _packed(names: Sequence[int], width: int) -> bytes:
    if not width:
        return b""
    if (kind := WIDTHS.get(width)) is not None:
        return array(kind, names).tobytes()
    return b"".join([it.to_bytes(width, "big") for it in names])


def unpack(packed: Packed) -> Posting:
    """Unpack a posting."""
    count, width = size_of(packed), int.from_bytes(packed[:2], "big")
    items: array[int] = array(ITEMS)
    weights: array[float] = array(WEIGHTS)
    middle, end = 2 + 4 * count, 2 + FIXED * count
    items.frombytes(packed[2:middle])
    weights.frombytes(packed[middle:end])
    if not width:
        return Posting(items, weights, (0,) * count)
    if (kind := WIDTHS.get(width)) is not None:
        names = array(kind)
        names.frombytes(packed[end:])
        return Posting(items, weights, names)
    bits = [int.from_bytes(packed[at : at + width], "big") for at in range(end, len(packed), width)]
    return Posting(items, weights, bits)


def size_of(packed: Packed) -> int:
    """How many items have the word."""
    return (len(packed) - 2) // (FIXED + int.from_bytes(packed[:2], "big"))


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
