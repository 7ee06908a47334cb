"""Value keys: how the values of two careers compare, column by column, as bytes: equal ones compare alike.

All numbers of a career are one integer, each in a field of its own, so that one subtraction compares them all with
those of another career: the bit above each number says which is the higher one.
"""

from collections.abc import Sequence
from math import inf
from struct import Struct

FIELD = 72
"""The bits of a field: 64 of a number, and the one above them."""

KIND = 31
"""The bits of a kind; those of both sides stand below the two bits that a comparison leaves."""

COLUMN = 2 * FIELD // 8
"""The bytes of a column in a key: it has two numbers."""

WIDTH = 2
"""Columns that are looked up together. With more, fewer pairs would compare like another one before."""

Values = Sequence[tuple[int, float, float]]
"""The kind of each column's value, and the two numbers by which values of such kinds compare."""


class Line:
    """The values of a career: its numbers (`order`), the same with the bit above each set (`guarded`), and the kinds at
    the places of those of a and of those of b."""

    __slots__ = ("guarded", "kinds_a", "kinds_b", "order")

    def __init__(self, values: Values) -> None:
        self.order = self.kinds_a = guards = 0
        for place, (kind, *numbers) in enumerate(values):
            shift = place * 2 * FIELD
            self.kinds_a |= kind << shift
            for number, field in zip(numbers, (shift, shift + FIELD), strict=True):
                self.order |= _rank(number) << field
                guards |= _GUARD << field
        self.guarded, self.kinds_b = self.order | guards, self.kinds_a << KIND


class ValueKeys:
    """Makes the keys of pairs in a catalog with so many columns, each for some columns that are looked up together."""

    __slots__ = ("_guards", "_size", "_split")

    def __init__(self, columns: int) -> None:
        blocks = -(-columns // WIDTH)
        self._guards = sum([_GUARD << field * FIELD for field in range(2 * columns)])
        self._size, self._split = blocks * WIDTH * COLUMN, Struct(f"{WIDTH * COLUMN}s" * blocks).unpack

    def of(self, a: Line, b: Line) -> tuple[bytes, ...]:
        """Return the keys of a pair."""
        guards, order_a, order_b = self._guards, a.order, b.order
        key = (a.guarded - order_b) & guards | ((b.guarded - order_a) & guards) >> 1 | a.kinds_a | b.kinds_b
        return self._split(key.to_bytes(self._size, "little"))


def columns_of(key: bytes) -> list[bytes]:
    """Return the keys of single columns that a key is made of."""
    return [key[start : start + COLUMN] for start in range(0, len(key), COLUMN)]


def is_exact(number: float) -> bool:
    """Return whether the order of a number is that of a float: an integer may have more digits than one holds."""
    try:
        return float(number) == number
    except OverflowError:
        return False


def _rank(number: float) -> int:
    """Return an integer of 64 bits that is higher for a higher float."""
    try:
        nearest = float(number) + 0.0  # which makes one zero of both
    except OverflowError:
        nearest = inf if number > 0 else -inf
    bits: int = _INTEGER.unpack(_FLOAT.pack(nearest))[0]
    return bits ^ _ALL if bits >> 63 else bits | _SIGN


_FLOAT, _INTEGER = Struct("<d"), Struct("<Q")
_GUARD, _SIGN, _ALL = 1 << 64, 1 << 63, (1 << 64) - 1
