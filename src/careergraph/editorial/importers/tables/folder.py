"""Folders of tables: which of them an import uses, which it skips, and which it misses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from careergraph.editorial.importers.tables.shape import Shape, Shaped, shape_of
from careergraph.editorial.importers.tables.table import BadTable, open_table

MAX_FILES = 500
"""The most files that are looked at in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that is not used, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables among some files: those of known shapes, the files that were skipped, and the shapes that are
    missing."""

    used: tuple[Shaped, ...]
    skipped: tuple[Skipped, ...]
    missed: tuple[Shape, ...]

    def of(self, shape: Shape) -> tuple[Shaped, ...]:
        """The tables of a shape."""
        return tuple([it for it in self.used if it.shape is shape])


def tables_in_all(folders: Sequence[Path], shapes: Sequence[Shape]) -> Tables:
    """The tables in some folders, as if they were one. Raises BadTable, as `tables_in` does for one."""
    return _required_tables(
        [path for folder in folders for path in _files(folder)], shapes, ", ".join(map(str, folders))
    )


def tables_in(folder: Path, shapes: Sequence[Shape]) -> Tables:
    """The tables in a folder, not in folders inside of it. Raises BadTable for a folder that cannot be read, and where
    a required table is not there."""
    return _required_tables(_files(folder), shapes, str(folder))


def _files(folder: Path) -> list[Path]:
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
    """The tables among some files. Nothing is raised: what cannot be read is skipped."""
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
    """The table in a file, which must be of a shape. Raises BadTable."""
    tables = tables_of([file], [shape])
    if tables.used:
        return tables.used[0]
    columns = ", ".join(names[0] for names in shape.columns.values())
    skipped = tables.skipped[0]
    raise BadTable(skipped.name, f"{skipped.why}; a table of {shape.name} has the columns {columns}")
