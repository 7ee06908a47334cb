"""Assemblies: bytes about a pair, put together from parts of each career and from constants, in few steps."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

OF_A, OF_B, CONSTANT = range(3)

Piece = tuple[int, Any]
"""The number of a part of a, or of one of b, or bytes that are the same for all pairs."""

Pick = Callable[[Sequence[Any]], tuple[Any, ...]]
"""Picks items of a sequence."""


class Assembly:
    """The pieces of some bytes, in their order. `numbers` are those of the parts of a, and of b. `steps` are three
    picks and the constants: `order(of_a(a) + of_b(b) + constants)` are the pieces, where `a` and `b` are the parts of
    both. A part that is not there yet is an IndexError, or None among the pieces."""

    __slots__ = ("numbers", "steps")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        listed = list(pieces)
        of_a, of_b, constants = [[key for table, key in listed if table == it] for it in range(3)]
        taken = [0, max(len(of_a), 2), max(len(of_a), 2) + max(len(of_b), 2)]
        order = []
        for table, _ in listed:
            order.append(taken[table])
            taken[table] += 1
        # a pick of less than two would be no tuple, so there is an empty constant in its place
        order += [taken[CONSTANT]] * (2 - len(order))
        self.steps: tuple[Pick, Pick, Pick, tuple[bytes, ...]] = (
            *(_pick(of_a), _pick(of_b), itemgetter(*order)),
            (*constants, b""),
        )
        self.numbers: tuple[Sequence[int], Sequence[int]] = of_a, of_b


def _pick(places: Sequence[int]) -> Pick:
    return itemgetter(*places, *[0] * (2 - len(places)))
