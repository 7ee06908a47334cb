"""Shapes: which tables an import knows, by their columns, whatever their files are called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from careergraph.editorial.importers.tables.table import BadTable, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A table that an import knows. `columns` must be there, `extra` may be: each by a short name of ours, with the
    headers that it has had in one release or another. `unlike` are headers that a table of another shape has.

    `cost` says what is missed without such a table. An import cannot do without one that is `required`.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    cost: str
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unlike: Sequence[str] = ()
    required: bool = False

    def fits(self, table: Table) -> bool:
        """Whether a table has all of the columns, and none of another shape's."""
        headers = _headers(table)
        return not headers.keys() & {_fold(it) for it in self.unlike} and all(
            _place(headers, names) is not None for names in self.columns.values()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A table of a known shape, whose cells are asked for by our short names."""

    shape: Shape
    table: Table

    @property
    def name(self) -> str:
        """How people are told of it."""
        return self.table.name

    def has(self, column: str) -> bool:
        """Whether it has a column, by our short name."""
        return self._places(column)[0] is not None

    def rows(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row's line, and its cells in some columns; one that the table lacks reads as empty. Raises BadTable."""
        return self.table.rows(self._places(*columns))

    def bad(self, line: int, message: str) -> BadTable:
        """A row is not what it must be."""
        return BadTable(self.name, message, line)

    def _places(self, *columns: str) -> list[int | None]:
        headers, names = _headers(self.table), {**self.shape.columns, **self.shape.extra}
        return [_place(headers, names[column]) for column in columns]


def shape_of(table: Table, shapes: Sequence[Shape]) -> Shape | None:
    """The shape of a table: of those that fit, the one that asks for most."""
    fitting = [shape for shape in shapes if shape.fits(table)]
    return max(fitting, key=lambda shape: len(shape.columns), default=None)


def _headers(table: Table) -> dict[str, int]:
    return {_fold(column): place for place, column in enumerate(table.columns)}


def _place(headers: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((headers[header] for name in names if (header := _fold(name)) in headers), None)


def _fold(header: str) -> str:
    """A header without regard to case, spaces, underscores and hyphens."""
    return "".join(char for char in header.casefold() if char not in " _-")
