"""Rows in bytes: the form of the rows of a glance that one selection asks for.

A row is cut at its two values by rendering a probe, as statements are (`statement_template`): what is around them
follows from attribute and outcome, and each value is rendered once for its career. A pair joins the pieces.
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from careergraph.api.base.view import View
from careergraph.api.compiler.fragment_cache import OVERHEAD, FragmentShelf, encode
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer

FIELDS = frozenset({"__typename", "attribute", "a", "b", "outcome", "obstacle", "unknownFor"})
"""The fields of rows that are cut."""

Piece = tuple[bytes, bytes, bytes]
"""What stands before the first value of a row, between both, and behind them."""

MARKS: Sequence[Any] = (object(), object())
FRAGMENTS = [msgspec.Raw(f"\ue001{it}".encode()) for it in "AB"]
"""The values of a probe, which nothing reads, and their fragments."""


class RowForm:
    """The form of one selection of rows in one view."""

    __slots__ = ("_render", "_shelf", "_shelves")

    def __init__(
        self,
        shelves: Sequence[FragmentShelf],
        number: int,
        view: View,
        function: Callable[..., Any],
        shelves_of: Callable[[View], Sequence[FragmentShelf]],
    ) -> None:
        self._shelf, self._shelves = shelves[number], shelves

        def render(row: GlanceRow) -> bytes:
            return encode(function(row, view, None, None, shelves_of, lambda _: None))

        self._render = render

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Whether rows with these fields are cut: those with both values, first that of a."""
        values = [it for it in names if it in ("a", "b")]
        return FIELDS.issuperset(names) and values == ["a", "b"]

    def __call__(self, pair: CareerPair, rows: Sequence[GlanceRow]) -> list[bytes]:
        """Render the rows of a pair."""
        pieces, (of_a, _), (_, of_b) = self._shelf.templates, self._values(pair.of_a), self._values(pair.of_b)
        data = []
        for row in rows:
            before, between, behind = pieces.get(row.shape) or self._cut(row)
            data.append(before + of_a[row.column] + between + of_b[row.column] + behind)
        return data

    def _cut(self, row: GlanceRow) -> Piece:
        """Cut a row at its values; one that it lacks is a part of what is around the other one."""
        for shelf in self._shelves:
            for mark, fragment in zip(MARKS, FRAGMENTS, strict=True):
                shelf[id(mark)] = fragment
        a, b = [None if value is None else mark for value, mark in zip((row.a, row.b), MARKS, strict=True)]
        first, rest = self._render(row._replace(a=a, b=b)).split(bytes(FRAGMENTS[a is None]), 1)
        middle, _, last = rest.partition(bytes(FRAGMENTS[1])) if a is not None and b is not None else (b"", b"", rest)
        piece = self._shelf.templates[row.shape] = first, middle, last
        return piece

    def _values(self, of: LocalizedCareer) -> tuple[Sequence[bytes], Sequence[bytes]]:
        """Return the values of a career by column, empty where it has none, as those of a and as those of b: rendered
        in rows of their own, and taken out of these."""
        values: tuple[Sequence[bytes], Sequence[bytes]] | None = self._shelf.get(id(of.career))
        if values is None:
            as_a = [b"" if it is None else self._value(row_of(*it, None)) for it in _by_column(of)]
            as_b = [b"" if it is None else self._value(row_of(*it[:2], None, it[2])) for it in _by_column(of)]
            values = self._shelf.hold(of.career, (as_a, as_b), sum(map(len, (*as_a, *as_b))) + OVERHEAD)
        return values

    def _value(self, row: GlanceRow | None) -> bytes:
        assert row is not None  # noqa: S101 - it has a value
        before, _, behind = self._cut(row)
        data = self._render(row)[len(before) : -len(behind)]
        shared: bytes = self._shelf.shared.setdefault(data, data)
        return shared


def _by_column(of: LocalizedCareer) -> list[tuple[int, Attribute, Value] | None]:
    return [None if it is None else (column, it.value.attribute, it.value) for column, it in enumerate(of.line)]
