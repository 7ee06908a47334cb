"""Rows in bytes: the form of the rows of a glance that one selection asks for.

A row is cut at its two values by rendering a probe, as statements are (`statement_template`): what is around them
follows from attribute and outcome, and each value is rendered once for its career. A pair joins the pieces.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from careergraph.api.base.view import View
from careergraph.api.compiler.comparison.assembly import CONSTANT, OF_A, OF_B, Assembly, Piece
from careergraph.api.compiler.fragment_shelf import OVERHEAD, PROBES, FragmentShelf, encode
from careergraph.engine.comparison.glance import Glance, GlanceRow, row_of
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer

FIELDS = frozenset({"__typename", "attribute", "a", "b", "outcome", "obstacle", "unknownFor"})
"""The fields of rows that are cut."""

LONG = 200
"""Bytes of a value up to which it is kept beside its fragment, as it is joined a little faster."""

Rendered = bytes | msgspec.Raw
"""A value in bytes, or the fragment of a long one."""


class RowTemplate(NamedTuple):
    """What stands before the first value of a row, between both, and behind them with a comma; and its assembly."""

    before: bytes
    between: bytes
    behind: bytes
    assembly: Assembly


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

        def render(row: GlanceRow) -> dict[str, Any]:
            fields: dict[str, Any] = function(row, view, None, None, shelves_of, lambda _: None)
            return fields

        self._render = render

    @staticmethod
    def covers(names: Sequence[str]) -> bool:
        """Return whether rows with these fields are cut: those with both values, first that of a."""
        values = [it for it in names if it in ("a", "b")]
        return FIELDS.issuperset(names) and values == ["a", "b"]

    def __call__(self, pair: CareerPair, glance: Glance) -> tuple[int, msgspec.Raw]:
        """Render the rows of a pair. Return their number and the bytes of the list."""
        if not glance.rows:
            return 0, msgspec.Raw(b"[]")
        a, b = self._values(pair.of_a)[0], self._values(pair.of_b)[1]
        shelf = self._shelf
        pieces: list[Rendered] = []
        assemblies: list[Any] = list(map(shelf.get, map(id, glance.runs)))
        if None in assemblies:
            assemblies = [shelf.get(id(it)) or self._keep_run(it) for it in glance.runs]
        elif not assemblies:
            assemblies = [self._template(it).assembly for it in glance.rows]
        for assembly in assemblies:
            of_a, of_b, order, constants = assembly.steps
            pieces += order(of_a(a) + of_b(b) + constants)
        return len(glance.rows), msgspec.Raw(b"[" + b"".join(pieces)[:-1] + b"]")

    def _keep_run(self, run: tuple[GlanceRow, ...]) -> Assembly:
        """Put some rows together, and keep how with them."""
        pieces = [piece for row in run for piece in _pieces(row, *self._template(row)[:3])]
        return self._shelf.hold(run, Assembly(pieces), OVERHEAD * (3 + len(run)))

    def _template(self, row: GlanceRow) -> RowTemplate:
        """Return the template of rows of a shape."""
        template: RowTemplate | None = self._shelf.templates.get(row.shape)
        if template is None:
            before, between, behind = self._cut(row)
            cut = before, between, behind + b","
            template = self._shelf.templates[row.shape] = RowTemplate(*cut, Assembly(_pieces(row, *cut)))
        return template

    def _cut(self, row: GlanceRow) -> tuple[bytes, bytes, bytes]:
        """Cut a row at its values; one that it lacks is a part of what is around the other one."""
        a, b = [None if value is None else mark for value, mark in zip((row.a, row.b), MARKS, strict=True)]
        first, rest = encode(self._render(row._replace(a=a, b=b))).split(bytes(FRAGMENTS[a is None]), 1)
        middle, _, last = rest.partition(bytes(FRAGMENTS[1])) if a is not None and b is not None else (b"", b"", rest)
        return first, middle, last

    def _values(self, of: LocalizedCareer) -> tuple[Sequence[Rendered], Sequence[Rendered]]:
        """Return the values of a career by column, empty where it has none, as those of a and as those of b: rendered
        in rows of their own, and taken out of these."""
        values: tuple[Sequence[Rendered], Sequence[Rendered]] | None = self._shelf.get(id(of.career))
        if values is None:
            as_a = [b"" if it is None else self._value(row_of(*it, None)) for it in _by_column(of)]
            as_b = [b"" if it is None else self._value(row_of(*it[:2], None, it[2])) for it in _by_column(of)]
            size = sum([len(it) for it in (*as_a, *as_b) if type(it) is bytes])
            values = self._shelf.hold(of.career, (as_a, as_b), size + OVERHEAD)
        return values

    def _value(self, row: GlanceRow | None) -> Rendered:
        assert row is not None  # noqa: S101 - it has a value
        template = self._template(row)
        fields = self._render(row)
        data = encode(fields)[len(template.before) : 1 - len(template.behind)]  # which has a comma more
        if len(data) > LONG:
            return next((it for it in fields.values() if type(it) is msgspec.Raw and bytes(it) == data), data)
        shared: bytes = self._shelf.shared.setdefault(data, data)
        return shared


def _by_column(of: LocalizedCareer) -> list[tuple[int, Attribute, Value] | None]:
    return [None if it is None else (column, it.value.attribute, it.value) for column, it in enumerate(of.line)]


def _pieces(row: GlanceRow, before: bytes, between: bytes, behind: bytes) -> list[Piece]:
    """Return the pieces of a row; there is none for a value that it lacks."""
    a, b = [(OF_A, row.column)] * (row.a is not None), [(OF_B, row.column)] * (row.b is not None)
    return [(CONSTANT, before), *a, (CONSTANT, between), *b, (CONSTANT, behind)]
