"""Tables: files of rows between tabs, commas or semicolons, plain or gzipped, read row by row within limits of size.

table = open_table(path)            table.columns -> ("O*NET-SOC Code", "Title", "Description")
for line, cells in table.rows((0, 2)): ...
"""

import csv
import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from gzip import GzipFile
from io import BufferedReader, StringIO
from operator import itemgetter
from pathlib import Path

MAX_BYTES = 512 * 1024 * 1024
"""The largest size of a table, unpacked."""
MAX_LINE = 100_000
"""The longest line, in bytes. The longest of the open sources has 2,500."""
MAX_RECORD = 100_000
"""The longest record of several lines, in characters: a quote that is never closed would swallow the rest."""
MAX_COLUMNS = 200
"""The most columns."""
BLOCK = 8 * 1024
"""The bytes of a file that are read at once."""

_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"
_OTHERS = {
    b"PK\x03\x04": "a workbook (.xlsx) or a ZIP archive: save its sheet as CSV in UTF-8, or unpack it",
    b"\xd0\xcf\x11\xe0": "a workbook (.xls): save its sheet as CSV in UTF-8",
    b"\xff\xfe": "text in UTF-16: save it in UTF-8",
    b"\xfe\xff": "text in UTF-16: save it in UTF-8",
}
"""What a file is that begins with some bytes, and what to do with it."""


class BadTable(Exception):
    """A table is unreadable or invalid. `line` counts from 1, as in an editor."""

    def __init__(self, name: str, message: str, line: int | None = None) -> None:
        place = name if line is None else f"{name}:{line}"
        super().__init__(f"{place}: {message}")
        self.name, self.message, self.line = name, message, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file with its columns. `name` is its name for messages."""

    path: Path
    name: str
    columns: tuple[str, ...]
    delimiter: str
    encoding: str = "utf-8"
    repaired: dict[int, str] = field(default_factory=dict, compare=False)
    """The lines with broken characters that were read so far, by number, as they were read."""

    def rows(self, columns: Sequence[int | None]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the line and the cells at `columns` of each row; None is a missing column, which reads as empty. Blank
        lines are skipped. Raises BadTable."""
        # An empty cell past the end is the cell of every missing column.
        places = [len(self.columns) if place is None else place for place in columns]
        width, pick = len(self.columns), itemgetter(*places) if len(places) > 1 else None
        for line, record in _records(self):
            if line == 1 or not record or (not any(record[1:]) and _begins_note(record[0])):
                continue
            if len(record) != width:
                raise BadTable(self.name, f"the row has {len(record)} cells, not {width}", line)
            record.append("")
            cells = [record[place] for place in places] if pick is None else pick(record)
            yield line, tuple(map(str.strip, cells))

    def notes(self) -> Iterator[str]:
        """Yield the lines that say what a mark in the cells means, such as `* = not available`. Raises BadTable."""
        for _, record in _records(self):
            if record and _begins_note(record[0]) and not any(record[1:]):
                yield record[0].strip()


_begins_note = re.compile(r"\s*(\*{1,2}|#|~)\s*(=|indicates\b)").match
"""Whether a cell says what a mark means. It is a note where no other cell of the row says anything."""


def open_table(path: Path, delimiter: str | None = None, encoding: str = "utf-8") -> Table:
    """Open the table of a file, whose cells are between tabs, commas or semicolons unless there is another `delimiter`.
    Raises BadTable."""
    name = "".join(char if char.isprintable() else "?" for char in path.name)
    table = Table(path=path, name=name, columns=(), delimiter=delimiter or "", encoding=encoding)
    table = replace(table, delimiter=delimiter or _delimiter(table))
    for _, record in _records(table):
        columns = tuple([cell.strip() for cell in record])
        _require_columns(name, columns)
        return replace(table, columns=columns, repaired={})
    raise BadTable(name, "the file is empty")


def _require_columns(name: str, columns: Sequence[str]) -> None:
    folded = [column.casefold() for column in columns]
    twice = next((column for column in columns if folded.count(column.casefold()) > 1 and column), None)
    if len(columns) > MAX_COLUMNS:
        raise BadTable(name, f"there are {len(columns)} columns; {MAX_COLUMNS} are allowed", 1)
    if twice is not None:
        raise BadTable(name, f"there are two columns {twice[:80]!a}", 1)


def _delimiter(table: Table) -> str:
    """Return the separator of cells, by the first line: the tab of O*NET and BLS, or the more frequent one of comma and
    semicolon, which spreadsheets write where the comma is the decimal separator."""
    with _open(table.path, table.name) as file:
        first = next(iter(_Lines(file, table)), "")
    return "\t" if "\t" in first else max(",;", key=first.count)


def _records(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line that it begins on."""
    with _open(table.path, table.name) as file:
        lines = _Lines(file, table)
        try:
            for record in (
                _tabbed(lines)
                if table.delimiter == "\t"
                else csv.reader(iter(lines), delimiter=table.delimiter, strict=True)
            ):
                yield lines.first, record
                lines.begin_record()
        except csv.Error as error:
            raise BadTable(table.name, f"the row cannot be read: {error}", lines.first) from None


def _tabbed(lines: "_Lines") -> Iterator[list[str]]:
    """Yield rows of cells between tabs. A quotation mark is a character, unless it stands around a cell as spreadsheets
    write them: at both ends, with those inside doubled. Such a cell may hold tabs and lines, where the row is too short
    without them."""
    width, rest = 0, iter(lines)
    for text in rest:
        cells = text.rstrip("\r\n").split("\t")
        if '"' in text and any(cell.startswith('"') for cell in cells):
            cells = _quoted(text, cells, width, rest)
        width = width or len(cells)
        yield cells if cells != [""] else []


def _quoted(text: str, cells: list[str], width: int, rest: Iterator[str]) -> list[str]:
    if not width or (len(cells) == width and not _is_open(cells[-1])):
        return [_unquote(cell) for cell in cells]
    while text.count('"') % 2:
        if not (more := next(rest, "")):
            raise csv.Error("a quotation mark is never closed")
        text += more
    return next(csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True))


def _is_open(cell: str) -> bool:
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _unquote(cell: str) -> str:
    inner = cell[1:-1].replace('""', "")
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner
    return cell[1:-1].replace('""', '"') if quoted else cell


_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters. Texts have none, but where bytes of UTF-8 or of Windows' code page were taken for characters."""
_BYTES = re.compile(r"[\xc2-\xf4][\x80-\xbf]{1,3}|\x80[\x80-\xbf]")


def repair(text: str) -> str:
    """Return a text with its broken characters mended (`\\x80\\x99`, an apostrophe), or left out."""
    return _BROKEN.sub(_from_code_page, _BYTES.sub(_from_utf_8, text))


def _from_utf_8(broken: re.Match[str]) -> str:
    characters = broken[0].encode("latin-1")
    for raw in (characters, b"\xe2" + characters):  # of which some lose the first
        with suppress(UnicodeDecodeError):
            return raw.decode()
    return broken[0]


def _from_code_page(broken: re.Match[str]) -> str:
    return broken[0].encode("latin-1").decode("cp1252", "ignore") if broken[0] > "\x7f" else ""


class _Lines:
    """The lines of a file, within their bounds, without broken characters. `first` is the number of the line that the
    present record begins on. Raises BadTable."""

    def __init__(self, file: BufferedReader | GzipFile, table: Table) -> None:
        self._repaired, self._encoding = table.repaired, table.encoding
        self._file, self._name, self._number, self._size = file, table.name, 0, 0
        self._characters = 0
        self.first = 1

    def begin_record(self) -> None:
        """Count the lines that come as of another record."""
        self.first, self._characters = self._number + 1, 0

    def __iter__(self) -> Iterator[str]:
        for block in self._blocks():
            for line in self._plain(block) or block:
                self._number += 1
                text = line if isinstance(line, str) else self._checked(line)
                self._characters += len(text)
                if self._characters > MAX_RECORD:
                    raise BadTable(self._name, self._excess(b""), self._number)
                yield text

    def _blocks(self) -> Iterator[list[bytes]]:
        """Yield the lines, many at a time. The last is of `MAX_LINE` bytes and one more where it is too long."""
        rest = b""
        while more := self._read():
            *lines, rest = (rest + more).split(b"\n")
            yield [line + b"\n" for line in lines]
            if len(rest) > MAX_LINE:
                break
        if rest:
            yield [rest[: MAX_LINE + 1]]

    def _read(self) -> bytes:
        try:
            return self._file.read1(BLOCK)
        except (OSError, EOFError, zlib.error):
            message = "the file is damaged: it cannot be unpacked to its end"
            raise BadTable(self._name, message, self._number + 1) from None

    def _plain(self, block: list[bytes]) -> list[str] | None:
        """Return lines as text; None where any of them needs a closer look."""
        whole = b"".join(block)
        if self._size + len(whole) > MAX_BYTES or len(max(block, key=len, default=b"")) > MAX_LINE:
            return None
        try:
            text = (whole.removeprefix(_MARK) if self._number == 0 else whole).decode(self._encoding)
        except UnicodeDecodeError:
            return None
        if _BROKEN.search(text):
            return None
        *lines, last = [f"{line}\n" for line in text.split("\n")]
        lines += [last[:-1]] if last != "\n" else []
        if len(lines) != len(block):  # the encoding has other ends of lines
            return None
        self._size += len(whole)
        return lines

    def _checked(self, line: bytes) -> str:
        """Return a line as text, mended where it is broken."""
        self._size += len(line)
        text = self._text(line)
        if _BROKEN.search(text):
            text = self._repaired[self._number] = repair(text)
        if len(line) > MAX_LINE or self._size > MAX_BYTES:
            raise BadTable(self._name, self._excess(line), self._number)
        return text

    def _text(self, line: bytes) -> str:
        try:
            return (line.removeprefix(_MARK) if self._number == 1 else line).decode(self._encoding)
        except UnicodeDecodeError:
            message = f"the line is not {self._encoding.upper()} text; save the table as UTF-8"
            raise BadTable(self._name, self._excess(line) or message, self._number) from None

    def _excess(self, line: bytes) -> str:
        if len(line) > MAX_LINE:
            return f"the line is longer than {MAX_LINE:,} bytes"
        if self._size > MAX_BYTES:
            return f"the table is larger than {MAX_BYTES // 1024 // 1024} MiB, unpacked"
        if self._characters > MAX_RECORD:
            return f"a row of more than {MAX_RECORD:,} characters: is a quotation mark never closed?"
        return ""


@contextmanager
def _open(path: Path, name: str) -> Iterator[BufferedReader | GzipFile]:
    """Open a file, unpacked if it is gzipped, regardless of its name. A pipe or device is never opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadTable(name, "not a regular file")
        file = path.open("rb")
    except OSError as error:
        raise BadTable(name, f"cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    with file:
        opening = file.read(4)
        file.seek(0)
        if other := next((what for mark, what in _OTHERS.items() if opening.startswith(mark)), None):
            raise BadTable(name, other)
        if not opening.startswith(_GZIP):
            yield file
            return
        with GzipFile(fileobj=file) as unpacked:
            yield unpacked
