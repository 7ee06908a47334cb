"""Tables: files of tab- or comma-separated rows, plain or gzipped, read a row at a time and never beyond their bounds.

    table = open_table(path)            table.columns -> ("O*NET-SOC Code", "Title", "Description")
    for line, cells in table.rows((0, 2)): ...

A file is whatever somebody found somewhere: nothing about it is believed before it was read.
"""

import csv
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import GzipFile
from pathlib import Path
from typing import IO

MAX_BYTES = 512 * 1024 * 1024
"""The most that a table may hold, unpacked."""
MAX_LINE = 100_000
"""The longest line, in bytes. The longest of the open sources has 2,500."""
MAX_RECORD = 100_000
"""The longest record of several lines, in characters: a quote that is never closed would swallow the rest."""
MAX_COLUMNS = 200
"""The most columns."""

_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"


class BadTable(Exception):
    """A table cannot be read, or is not what it must be. `line` counts from 1, as an editor shows it."""

    def __init__(self, name: str, message: str, line: int | None = None) -> None:
        place = name if line is None else f"{name}:{line}"
        super().__init__(f"{place}: {message}")
        self.name, self.message, self.line = name, message, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file with its columns. `name` is how people are told of it."""

    path: Path
    name: str
    columns: tuple[str, ...]
    delimiter: str
    quoted: bool

    def rows(self, columns: Sequence[int | None]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row's line, and its cells in the `columns` columns, by position; None is a column that is not there, and
        reads as empty. Blank lines are passed over. Raises BadTable."""
        # An empty cell past the end stands for every column that is not there.
        places = [len(self.columns) if place is None else place for place in columns]
        for line, record in _records(self.path, self.name, self.delimiter, quoted=self.quoted):
            if line == 1 or not record:
                continue
            if len(record) != len(self.columns):
                raise BadTable(self.name, f"the row has {len(record)} cells, not {len(self.columns)}", line)
            record.append("")
            yield line, tuple([record[place].strip() for place in places])


def open_table(path: Path) -> Table:
    """The table in a file. Raises BadTable where there is none."""
    name = "".join(char if char.isprintable() else "?" for char in path.name)
    delimiter, quoted = _form(path, name)
    for _, record in _records(path, name, delimiter, quoted=quoted):
        columns = tuple([cell.strip() for cell in record])
        _require_columns(name, columns)
        return Table(path=path, name=name, columns=columns, delimiter=delimiter, quoted=quoted)
    raise BadTable(name, "the file is empty")


def _require_columns(name: str, columns: Sequence[str]) -> None:
    folded = [column.casefold() for column in columns]
    twice = next((column for column in columns if folded.count(column.casefold()) > 1 and column), None)
    if len(columns) > MAX_COLUMNS:
        raise BadTable(name, f"there are {len(columns)} columns; {MAX_COLUMNS} are allowed", 1)
    if twice is not None:
        raise BadTable(name, f"there are two columns {twice[:80]!a}", 1)


def _form(path: Path, name: str) -> tuple[str, bool]:
    """The separator of cells, told from the first line, and whether cells may be quoted. In tables separated by tabs,
    as O*NET and BLS publish them, a quotation mark is only a character."""
    first = next(_lines(path, name), "")
    tabs = "\t" in first
    return ("\t" if tabs else ","), not tabs or '"' in first


def _records(path: Path, name: str, delimiter: str, *, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    """Each record and the line that it begins on."""
    counted = _Counted(_lines(path, name), name)
    if quoted:
        reader = csv.reader(counted, delimiter=delimiter, strict=True)
    else:
        reader = csv.reader(counted, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
            counted.characters = 0
    except csv.Error as error:
        raise BadTable(name, f"the row cannot be read: {error}", line) from None


class _Counted:
    """Lines, and how long the record is that they are a part of."""

    def __init__(self, lines: Iterator[str], name: str) -> None:
        self._lines, self._name, self._number = lines, name, 0
        self.characters = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._number += 1
        self.characters += len(line)
        if self.characters > MAX_RECORD:
            message = f"a row of more than {MAX_RECORD:,} characters: is a quotation mark never closed?"
            raise BadTable(self._name, message, self._number)
        return line


def _lines(path: Path, name: str) -> Iterator[str]:
    """The lines of a file, within their bounds. Raises BadTable."""
    number = size = 0
    with _open(path, name) as file:
        while line := _line(file, name, number + 1):
            number += 1
            size += len(line)
            if size > MAX_BYTES:
                raise BadTable(name, f"the table is larger than {MAX_BYTES // 1024 // 1024} MiB, unpacked", number)
            yield _text(line.removeprefix(_MARK) if number == 1 else line, name, number)


def _line(file: IO[bytes] | GzipFile, name: str, number: int) -> bytes:
    try:
        line = file.readline(MAX_LINE + 1)
    except (OSError, EOFError, zlib.error):
        raise BadTable(name, "the file is damaged: it cannot be unpacked to its end", number) from None
    if len(line) > MAX_LINE:
        raise BadTable(name, f"the line is longer than {MAX_LINE:,} bytes", number)
    return line


def _text(line: bytes, name: str, number: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadTable(name, "the line is not UTF-8 text; save the table as UTF-8", number) from None


@contextmanager
def _open(path: Path, name: str) -> Iterator[IO[bytes] | GzipFile]:
    """The bytes of a file, unpacked where it is gzipped, whatever it is called. A pipe or device is never opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadTable(name, "not a regular file")
        file = path.open("rb")
    except OSError as error:
        raise BadTable(name, f"cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    with file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        if not packed:
            yield file
            return
        with GzipFile(fileobj=file) as unpacked:
            yield unpacked
