"""Rows in bytes: the form of the rows of a glance that one selection asks for.

A row is cut at its two values by rendering a probe, as statements are (`statement_template`): what is around them
follows from attribute and outcome, and each value is rendered once for its career. A pair joins the pieces.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec

from careergraph.api.base.view import View
from careergraph.api.compiler.fragment_cache import OVERHEAD, PROBES, FragmentShelf, encode
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

PROBES.update(zip(map(id, MARKS), FRAGMENTS, strict=True))


class RowForm:
    """The form of one selection of rows in one view."""

    __slots__ = ("_render", "_shelf")

    def __init__(
        self,
        shelves: Sequence[FragmentShelf],
        number: int,
        view: View,
        function: Callable[..., Any],
        shelves_of: Callable[[View], Sequence[FragmentShelf]],
    ) -> None:
        self._shelf = shelves[number]

        def render(row: GlanceRow) -> bytes:
            return encode(function(row, view, None, None, shelves_of, lambda _: None))

        self._render = render

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Whether rows with these fields are cut: those with both values, first that of a."""
        values = [it for it in names if it in ("a", "b")]
        return FIELDS.issuperset(names) and values == ["a", "b"]

    def __call__(self, pair: CareerPair, rows: Sequence[GlanceRow]) -> tuple[int, msgspec.Raw]:
        """Render the rows of a pair. Return their number and the bytes of the list."""
        if not rows:
            return 0, msgspec.Raw(b"[]")
        pieces = list(map(self._shelf.templates.get, map(_shape_of, rows)))
        if None in pieces:
            pieces = [self._shelf.templates.get(row.shape) or self._keep(row) for row in rows]
        before, between, behind = zip(*pieces, strict=True)
        columns = list(map(_column_of, rows))
        of_a = map(self._values(pair.of_a)[0].__getitem__, columns)
        of_b = map(self._values(pair.of_b)[1].__getitem__, columns)
        data = b"".join(chain.from_iterable(zip(before, of_a, between, of_b, behind, strict=True)))
        return len(rows), msgspec.Raw(b"[" + data[:-1] + b"]")

    def _keep(self, row: GlanceRow) -> Piece:
        """Keep the pieces of rows of a shape, the last one with a comma."""
        before, between, behind = self._cut(row)
        piece = self._shelf.templates[row.shape] = before, between, behind + b","
        return piece

    def _cut(self, row: GlanceRow) -> Piece:
        """Cut a row at its values; one that it lacks is a part of what is around the other one."""
        a, b = [None if value is None else mark for value, mark in zip((row.a, row.b), MARKS, strict=True)]
        first, rest = self._render(row._replace(a=a, b=b)).split(bytes(FRAGMENTS[a is None]), 1)
        middle, _, last = rest.partition(bytes(FRAGMENTS[1])) if a is not None and b is not None else (b"", b"", rest)
        return first, middle, last

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
        before, _, behind = self._shelf.templates.get(row.shape) or self._keep(row)
        data = self._render(row)[len(before) : 1 - len(behind)]  # which has a comma more
        shared: bytes = self._shelf.shared.setdefault(data, data)
        return shared


def _by_column(of: LocalizedCareer) -> list[tuple[int, Attribute, Value] | None]:
    return [None if it is None else (column, it.value.attribute, it.value) for column, it in enumerate(of.line)]


_shape_of, _column_of = attrgetter("shape"), attrgetter("column")
