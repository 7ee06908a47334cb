"""The tables of a folder by their shapes: those that an import uses, skips and misses, and how their cells are read."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from careergraph.editorial.importers.tables.table import BadTable, Table, open_table

ABSENT = frozenset(("", "-", "*", "**", "n/a", "N/A"))
"""The marks of sources for a missing figure: not published, not estimated."""

_MONTH = re.compile(r"(0?[1-9]|1[0-2])/(\d{4})")


_GROUPED = {
    ".": re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d*)?"),
    ",": re.compile("[-+]?(\\d{1,3}([.\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\\d{3})+|\\d+)(,\\d*)?"),
}
"""Numbers with separators of thousands, by the decimal separator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A table that an import knows. `columns` are required, `extra` optional: each by a short name, with its headers in
    all releases. `unlike` are headers that a table of another shape has. `cost` says what is missing without such a
    table; an import fails without a `required` one."""

    name: str
    columns: Mapping[str, Sequence[str]]
    cost: str
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unlike: Sequence[str] = ()
    required: bool = False

    def fits(self, table: Table) -> bool:
        """Return whether a table has all of the columns, and none of another shape's."""
        headers = _headers(table)
        return not headers.keys() & {_fold(it) for it in self.unlike} and all(
            _place(headers, names) is not None for names in self.columns.values()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A table of a known shape; its cells are selected by short names."""

    shape: Shape
    table: Table

    @property
    def name(self) -> str:
        """The name of the file, for messages."""
        return self.table.name

    def has(self, column: str) -> bool:
        """Return whether it has a column, by short name."""
        return self._places(column)[0] is not None

    def rows(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the line and some cells of each row; a missing column reads as empty. Raises BadTable."""
        return self.table.rows(self._places(*columns))

    def texts(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the same as `rows`, with tabs in cells as spaces and all ends of lines alike, as texts must have them.
        Raises BadTable."""
        for line, cells in self.rows(*columns):
            yield line, cells if "".join(cells).isprintable() else tuple(map(_with_plain_spaces, cells))

    def notes(self) -> Iterator[str]:
        """Yield the notes of the file: lines that say what a mark in its cells means."""
        return self.table.notes()

    def bad(self, line: int, message: str) -> BadTable:
        """Return the error for a bad row."""
        return BadTable(self.name, message, line)

    def _places(self, *columns: str) -> list[int | None]:
        headers, names = _headers(self.table), {**self.shape.columns, **self.shape.extra}
        return [_place(headers, names[column]) for column in columns]


def _with_plain_spaces(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def shape_of(table: Table, shapes: Sequence[Shape]) -> Shape | None:
    """Return the shape of a table: of those that fit, the one with the most columns."""
    fitting = [shape for shape in shapes if shape.fits(table)]
    return max(fitting, key=lambda shape: len(shape.columns), default=None)


def _headers(table: Table) -> dict[str, int]:
    return {_fold(column): place for place, column in enumerate(table.columns)}


def _place(headers: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((headers[header] for name in names if (header := _fold(name)) in headers), None)


def _fold(header: str) -> str:
    """Return a header without case, spaces, underscores and hyphens."""
    return "".join(char for char in header.casefold() if char not in " _-")


def ungrouped(cell: str, decimal: str = ".") -> str | None:
    """A number without separators of thousands, and with a point; None where they stand in between: 9,7 is not 97."""
    if decimal == "." and "," not in cell:
        return cell
    if _GROUPED[decimal].fullmatch(cell.strip()) is None:
        return None
    return "".join(char for char in cell if char in f"+-0123456789{decimal}").replace(decimal, ".")


def number(table: Shaped, line: int, cell: str) -> Decimal | None:
    """Parse a number; None where the source has none. Raises BadTable."""
    if cell in ABSENT:
        return None
    try:
        value = Decimal(ungrouped(cell) or "NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**12:
        raise table.bad(line, f"{cell[:40]!a} is not a number: are columns swapped?")
    return value


def month(table: Shaped, line: int, cell: str) -> str | None:
    """Parse a month such as 08/2023 into its first day, in ISO 8601. Raises BadTable."""
    if cell in ABSENT:
        return None
    if (match := _MONTH.fullmatch(cell)) is None:
        raise table.bad(line, f"{cell[:40]!a} is not a month, as 08/2023 is: are columns swapped?")
    return date(int(match[2]), int(match[1]), 1).isoformat()


def is_marked(table: Shaped, line: int, cell: str) -> bool:
    """Return whether a cell is marked: Y is yes; N and empty are no. Raises BadTable."""
    if cell not in ("Y", "N", "") and cell.lower() not in ("yes", "no", "n/a"):
        raise table.bad(line, f"{cell[:40]!a} is neither Y nor N: are columns swapped?")
    return cell.upper().startswith("Y")


MAX_FILES = 500
"""The most files of a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that is not used, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables among some files: those of known shapes, skipped files, and missing shapes."""

    used: tuple[Shaped, ...]
    skipped: tuple[Skipped, ...]
    missed: tuple[Shape, ...]

    @property
    def repaired(self) -> list[tuple[str, int]]:
        """The lines with broken characters, by the names of their tables."""
        return [(it.name, line) for it in self.used for line in it.table.repaired]

    def of(self, shape: Shape) -> tuple[Shaped, ...]:
        """The tables of a shape."""
        return tuple([it for it in self.used if it.shape is shape])


def tables_in_all(folders: Sequence[Path], shapes: Sequence[Shape]) -> Tables:
    """Return the tables of some folders, as if they were one. Raises BadTable, as `tables_in`."""
    return _required_tables(
        [path for folder in folders for path in files_in(folder)], shapes, ", ".join(map(str, folders))
    )


def tables_in(folder: Path, shapes: Sequence[Shape]) -> Tables:
    """Return the tables of a folder, without its subfolders. Raises BadTable for an unreadable folder or a missing
    required table."""
    return _required_tables(files_in(folder), shapes, str(folder))


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder, without its subfolders. Raises BadTable."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise BadTable(str(folder), f"cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    if len(files) > MAX_FILES:
        raise BadTable(str(folder), f"holds {len(files)} files; {MAX_FILES} are looked at")
    return files


def _required_tables(files: Sequence[Path], shapes: Sequence[Shape], place: str) -> Tables:
    tables = tables_of(files, shapes)
    for shape in tables.missed:
        if shape.required:
            raise BadTable(place, _why_missing(shape, tables.skipped))
    return tables


def tables_of(files: Iterable[Path], shapes: Sequence[Shape]) -> Tables:
    """Return the tables among some files, skipping those that cannot be read."""
    used: list[Shaped] = []
    skipped: list[Skipped] = []
    for path in files:
        try:
            table = open_table(path)
        except BadTable as bad:
            skipped.append(Skipped(name=bad.name, why=bad.message))
            continue
        if (shape := shape_of(table, shapes)) is None:
            skipped.append(Skipped(name=table.name, why="its columns are of no table that this import knows"))
        elif not any(True for _ in Shaped(shape=shape, table=table).rows()):
            skipped.append(Skipped(name=table.name, why=f"{shape.name}, but without a row"))
        else:
            used.append(Shaped(shape=shape, table=table))
    missed = tuple([shape for shape in shapes if not any(it.shape is shape for it in used)])
    return Tables(used=tuple(used), skipped=tuple(skipped), missed=missed)


def _why_missing(shape: Shape, skipped: Sequence[Skipped]) -> str:
    columns = ", ".join(names[0] for names in shape.columns.values())
    seen = "; ".join(f"{it.name}: {it.why}" for it in skipped[:5])
    return f"holds no table of {shape.name} (with the columns {columns})" + (f"; {seen}" if seen else "")


def the_table(file: Path, shape: Shape) -> Shaped:
    """Return the table in a file, which must have a shape. Raises BadTable."""
    tables = tables_of([file], [shape])
    if tables.used:
        return tables.used[0]
    columns = ", ".join(" or ".join(names) for names in shape.columns.values())
    skipped = tables.skipped[0]
    raise BadTable(skipped.name, f"{skipped.why}; a table of {shape.name} has the columns {columns}")
