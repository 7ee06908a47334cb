"""Archive: everything that our tables hold in one file, to be restored into SQLite or PostgreSQL alike.

A gzip file of JSON lines: a header (`format`, `revision` of the tables, `tables` with their columns), then a line for
each row (`[table, cells]`), then a trailer with the number of rows of each table and the SHA-256 of what is before it.
"""

import gzip
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Date, Engine, MetaData, Table, select
from sqlalchemy.orm import Session

from careergraph.store.database.database import reading
from careergraph.store.database.problem import DatabaseProblem
from careergraph.store.migration.schema import METADATA, require, revisions
from careergraph.store.tables.table import Instant

FORMAT = "careergraph-archive-1"
BATCH = 1000
Row = tuple[Table, dict[str, Any]]
"""A row of a table, by column."""


class ArchiveProblem(DatabaseProblem):
    """An archive cannot be restored. The message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The content of an archive: the number of rows of each table. `recalled` counts the tokens that were good when it
    was made, and are revoked by its restore; `held_schedules` are the numbers of those that wait for somebody to
    confirm them, and `version` is the version of the catalog that the restore began an epoch with."""

    rows: Mapping[str, int]
    recalled: int = 0
    held_schedules: tuple[int, ...] = ()
    version: int | None = None


def backup(engine: Engine, file: Path) -> Archived:
    """Write everything, as of one moment, into a file that only its owner may read, and that replaces an existing one
    once it is complete. Raises DatabaseProblem, and OSError for the file."""
    require(engine)
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    counts: Counter[str] = Counter()
    digest = sha256()
    try:
        with _private(fresh) as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out:
            with reading(engine) as session:
                for line in _lines(session, counts):
                    digest.update(line)
                    out.write(line)
            out.write(_line({"rows": dict(counts), "sha256": digest.hexdigest()}))
            out.close()
            raw.flush()
            os.fsync(raw.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return Archived(rows=dict(counts))


def read_revision(file: Path) -> str:
    """The version of the tables that an archive was made of. Raises ArchiveProblem for one that is not known."""
    with file.open("rb") as raw:
        return str(_header(next(_sound_lines(raw, file), b""), file)["revision"])


def _private(file: Path) -> IO[bytes]:
    """A new file that nobody else on the machine may read: it will hold drafts, and who did what."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _lines(session: Session, counts: Counter[str]) -> Iterator[bytes]:
    """The header and the rows."""
    tables = {table.name: list(table.columns.keys()) for table in METADATA.sorted_tables}
    yield _line({"format": FORMAT, "revision": revisions()[-1], "tables": tables})
    for table in METADATA.sorted_tables:
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
        for row in session.execute(query):
            counts[table.name] += 1
            yield _line([table.name, [_to_json(cell) for cell in row]])


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _to_json(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell


def read_rows(file: Path, tables: MetaData = METADATA) -> Iterator[Row]:
    """The rows of an archive; that they are all of them, and as they were written, is known once the last came."""
    digest, counts = sha256(), Counter[str]()
    with file.open("rb") as raw:
        lines = _sound_lines(raw, file)
        header = next(lines, b"")
        columns: Mapping[str, list[str]] = _header(header, file)["tables"]
        digest.update(header)
        for line in lines:
            content = _from_json(line, file)
            if isinstance(content, dict):
                if content != {"rows": dict(counts), "sha256": digest.hexdigest()} or next(lines, None) is not None:
                    raise ArchiveProblem(f"the archive {file} is damaged: its content is not what its sum says")
                return
            digest.update(line)
            table, cells = _row(content, columns, tables, file)
            counts[table.name] += 1
            yield table, cells
    raise ArchiveProblem(f"the archive {file} is cut off")


def _sound_lines(raw: BufferedReader, file: Path) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=raw) as unpacked:
            yield from unpacked
    except EOFError:
        raise ArchiveProblem(f"the archive {file} is cut off") from None
    except (gzip.BadGzipFile, zlib.error):
        raise ArchiveProblem(f"the archive {file} is damaged, or no archive of careergraph") from None


def _header(header: bytes, file: Path) -> Mapping[str, Any]:
    """The header. Raises ArchiveProblem for an archive that this version cannot read."""
    content = _from_json(header, file)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ArchiveProblem(f"the archive {file} is of no format that this careergraph knows")
    if content["revision"] not in revisions():
        raise ArchiveProblem(f"the archive {file} is newer than this careergraph: install the version that made it")
    return content


def _from_json(line: bytes, file: Path) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ArchiveProblem(f"the archive {file} is damaged, or no archive of careergraph") from None


def _row(content: Any, columns: Mapping[str, list[str]], tables: MetaData, file: Path) -> Row:
    try:
        name, cells = content
        table = tables.tables[name]
        return table, {it: _read(table, it, cell) for it, cell in zip(columns[name], cells, strict=True)}
    except (KeyError, TypeError, ValueError):
        raise ArchiveProblem(f"the archive {file} is damaged: it holds a row that fits no table") from None


def _read(table: Table, column: str, cell: Any) -> Any:
    kind = table.columns[column].type
    if cell is not None and isinstance(kind, Instant):
        return datetime.fromisoformat(cell)
    if cell is not None and isinstance(kind, Date):
        return date.fromisoformat(cell)
    return cell
