"""The statement cache: what one form of statements keeps for all careers, beside the sheet of each."""

from collections.abc import Callable
from itertools import count
from threading import Lock
from typing import Any, NamedTuple

from careergraph.api.compiler.comparison.statement_sheet import Block, Cell
from careergraph.api.compiler.comparison.statement_template import Assemble, Token
from careergraph.api.compiler.comparison.value_keys import ValueKeys
from careergraph.api.compiler.fragment_shelf import FragmentShelf


class Layout(NamedTuple):
    """How statements without a clause (`bare`), and with one (`clausal`), are put together: by functions, and by pieces
    of which those of a row have so many, from parts of so many `texts`: of the career that is named first, and of the
    other one; whether the selection has facts (`proven`) and outcomes (`tells`). `keys` make the keys of pairs."""

    bare: Assemble
    clausal: Assemble
    tokens: tuple[tuple[Token, ...], tuple[Token, ...]]
    pieces: int
    texts: tuple[tuple[int, int], tuple[int, int]]
    proven: bool
    tells: bool
    keys: ValueKeys


class StatementCache:
    """What a form of statements with this `layout` keeps.

    `parts` are the parts that a career may have, by number: the number of the first text of each, and the function
    that renders it; the first is empty. `facts` is the shelf that has the facts of statements, once there is one.
    `kinds` are the numbers of kinds of values, and `expected` the parts that a career with a value of a kind needs.
    `cells` and `blocks` are how values compare, by their keys. `frames` are the sentences about moves. `texts` and
    `figures` are the parts and the published figures that several careers have alike.
    """

    __slots__ = (
        *("_numbers", "_part_numbers", "blocks", "cells", "expected", "facts", "figures", "frames", "kinds", "layout"),
        *("parts", "texts"),
    )

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.parts: list[Any] = [None]
        self.facts: FragmentShelf | None = None
        self.kinds: dict[object, int] = {}
        self.expected: dict[int, set[int]] = {}
        self.cells: dict[bytes, Cell] = {}
        self.blocks: dict[bytes, Block] = {}
        self.frames: dict[object, Any] = {}
        self.texts: dict[bytes, bytes] = {}
        self.figures: dict[object, object] = {}
        self._part_numbers: dict[object, int] = {}
        self._numbers = count(1)

    def part(self, key: object, render: Callable[..., Any], texts: int) -> int:
        """Return the number of a part of so many texts, by what it depends on beside the career."""
        with NUMBERING:
            if (number := self._part_numbers.get(key)) is None:
                number = self._part_numbers[key] = len(self.parts)
                self.parts += [(number, render)] * texts
        return number

    def kind(self, key: object) -> int:
        """Return the number of a kind of values, by what the kind depends on."""
        kind = self.kinds.get(key)
        return self.kinds.setdefault(key, next(self._numbers)) if kind is None else kind

    def empty(self) -> None:
        """Drop what careers and pairs have left. Parts keep their numbers; no kind gets one that another had."""
        for each in (self.texts, self.figures, self.kinds, self.cells, self.blocks, self.expected, self.frames):
            each.clear()


NUMBERING = Lock()
"""Two threads that begin a cache, or number parts, at once could give one number to two."""
