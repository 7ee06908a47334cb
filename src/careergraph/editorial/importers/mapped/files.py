"""The files of a map: the table of each entry, with its columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from careergraph.editorial.importers.mapped.table_map import Column, MapFile, MappedTable
from careergraph.editorial.importers.source_data import Use, Uses
from careergraph.editorial.importers.tables.shape import Shape, Shaped, Skipped, Tables
from careergraph.editorial.importers.tables.table import open_table

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MappedFile:
    """A file of an entry of a map, which is at a `place` there. Its cells are by the names of the entry's
    columns, those of texts as `title.fr`."""

    place: int
    entry: MappedTable
    table: Shaped

    def rows(self, uses: Uses) -> Iterator[tuple[int, Cells, Use]]:
        """Yield the line and the cells of each row that the entry is about. Raises BadTable."""
        names = tuple(self.table.shape.columns)
        conditions = {
            f"where {header}": [value] if isinstance(value, str) else value
            for header, value in self.entry.where.items()
        }
        for line, values, use in uses.rows(self.table, *names):
            cells = dict(zip(names, values, strict=True))
            if all(cells[name] in allowed for name, allowed in conditions.items()):
                yield line, cells, use


def mapped_files(file: MapFile, paths: Sequence[Path]) -> tuple[list[MappedFile], Tables]:
    """Open the files of a map. Raises BadTable where an entry has no file, or a file lacks a column of it."""
    mapped: list[MappedFile] = []
    for place, entry in enumerate(file.content.tables):
        fitting = [path for path in paths if _fits(path, entry.file)]
        if not fitting:
            there = ", ".join(path.name for path in paths[:10]) or "none"
            raise file.bad(("tables", place, "file"), f"no file has the name {entry.file[:80]!a}; there are {there}")
        mapped += [_mapped_file(file, place, entry, path) for path in fitting]
    used = tuple([it.table for it in mapped])
    seen = {it.table.path for it in used}
    skipped = [Skipped(name=path.name, why="the map has no entry for it") for path in paths if path not in seen]
    return mapped, Tables(used=used, skipped=tuple(skipped), missed=())


def headers_of(file: MapFile) -> frozenset[str]:
    """The headers of all columns that a map names."""
    return frozenset(
        header
        for entry in file.content.tables
        for _, header in _columns(entry, entry.language or file.content.language)
    )


def _fits(path: Path, pattern: str) -> bool:
    names = {path.name.casefold(), path.name.casefold().removesuffix(".gz")}
    return any(fnmatchcase(name, pattern.casefold()) for name in names)


def _mapped_file(file: MapFile, place: int, entry: MappedTable, path: Path) -> MappedFile:
    table = open_table(path, entry.separator, entry.encoding)
    columns = dict(_columns(entry, entry.language or file.content.language))
    lacking = next(((name, header) for name, header in columns.items() if header not in table.columns), None)
    if lacking is not None:
        name, header = lacking
        close = get_close_matches(header, table.columns, 1)
        there = f"did you mean {close[0]!a}?" if close else f"it has {', '.join(table.columns[:30])}"
        steps = ("where", header) if name.startswith("where ") else ("columns", *name.split("."))
        message = f"the table {table.name} has no column {header[:80]!a}; {there}"
        raise file.bad(("tables", place, *steps), message)
    shape = Shape(name=_kind(entry), columns={name: (header,) for name, header in columns.items()}, cost="")
    return MappedFile(place, entry, Shaped(shape=shape, table=table))


def _kind(entry: MappedTable) -> str:
    return str(entry.__struct_config__.tag).replace("-", " ")


def _columns(entry: MappedTable, language: str) -> Iterator[tuple[str, str]]:
    """Yield the names of the columns that an entry has, with their headers."""
    columns = entry.columns  # type: ignore[attr-defined] # every kind of table has some
    for name, field in zip(columns.__struct_encode_fields__, columns.__struct_fields__, strict=True):
        column: Column = getattr(columns, field)
        if isinstance(column, dict):
            yield from ((f"{name}.{code}", header) for code, header in column.items())
        elif column:
            yield (f"{name}.{language}" if name in _TEXTS else name), column
    yield from ((f"where {header}", header) for header in entry.where)


_TEXTS = ("title", "summary", "aliases", "category", "name")
"""The columns that have a language."""
