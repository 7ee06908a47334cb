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

from sqlalchemy import Date, Engine, Table, insert, not_, select, text
from sqlalchemy.orm import Session

from careergraph.store.access.audit import record
from careergraph.store.access.restore_tokens import active_hashes, restore_tokens
from careergraph.store.database.database import reading, transaction
from careergraph.store.database.problem import DatabaseProblem, name_of
from careergraph.store.database.utc_datetime import Instant
from careergraph.store.documents.history import Revision
from careergraph.store.migration.migrate import Status, status, upgrade
from careergraph.store.migration.schema import METADATA, require, revisions
from careergraph.store.tables.editing import AuditRow

FORMAT = "careergraph-archive-1"
SEED = "seed:"
"""What the name of the author begins with where a migration wrote a revision."""
RESTORER = "careergraph restore"
"""Who revoked the tokens that a restore revoked, in the audit log."""
_BATCH = 1000


class ArchiveProblem(DatabaseProblem):
    """An archive cannot be restored. The message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """The content of an archive: the number of rows of each table. `recalled` counts the tokens that were good when it
    was made, and are revoked by its restore."""

    rows: Mapping[str, int]
    recalled: int = 0


def backup(engine: Engine, file: Path) -> Archived:
    """Writes everything into a file that only its owner may read, as it is at one moment; a file that is there is
    replaced once that is done.

    Raises DatabaseProblem, and OSError for the file.
    """
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


def restore(engine: Engine, file: Path, *, replace: bool = False, keep_tokens: bool = False) -> Archived:
    """Puts the content of an archive in the place of what the database holds, all of it or nothing.

    A new database is made where there is none yet. One that anybody published or drafted anything in is refused, unless
    `replace` says that it may go. Tokens that are not good in the database now are revoked, as they may have been since
    the archive was made; `keep_tokens` says that none was, as when everything moves to another database.

    Raises ArchiveProblem, DatabaseProblem, and OSError for the file.
    """
    counts = Counter(table.name for table, _ in _rows(file))  # all of it is sound before anything is touched
    if status(engine) in (Status.MISSING, Status.EMPTY):
        upgrade(engine)
    require(engine)
    with transaction(engine) as session:
        if not replace and _has_content(session):
            raise ArchiveProblem(f"the database {name_of(engine)} holds content of its own, which would be replaced")
        spared = active_hashes(session)
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
        for batch in _batches(_rows(file)):
            session.execute(insert(batch[0][0]), [cells for _, cells in batch])
        if engine.dialect.name == "postgresql":
            _count_on(session)
        recalled = 0 if keep_tokens else restore_tokens(session, spared, datetime.now(UTC))
        if recalled:
            record(session, RESTORER, "restore", None, {"tokens": recalled})
    return Archived(rows=dict(counts), recalled=recalled)


def _private(file: Path) -> IO[bytes]:
    """A new file that nobody else on the machine may read: it will hold drafts, and who did what."""
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _lines(session: Session, counts: Counter[str]) -> Iterator[bytes]:
    """The header and the rows."""
    tables = {table.name: list(table.columns.keys()) for table in METADATA.sorted_tables}
    yield _line({"format": FORMAT, "revision": revisions()[-1], "tables": tables})
    for table in METADATA.sorted_tables:
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
        for row in session.execute(query):
            counts[table.name] += 1
            yield _line([table.name, [_to_json(cell) for cell in row]])


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _to_json(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell


def _rows(file: Path) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The rows of an archive; that they are all of them, and as they were written, is known once the last came."""
    digest, counts = sha256(), Counter[str]()
    with file.open("rb") as raw:
        lines = _sound_lines(raw, file)
        header = next(lines, b"")
        columns = _columns(header, file)
        digest.update(header)
        for line in lines:
            content = _from_json(line, file)
            if isinstance(content, dict):
                if content != {"rows": dict(counts), "sha256": digest.hexdigest()} or next(lines, None) is not None:
                    raise ArchiveProblem(f"the archive {file} is damaged: its content is not what its sum says")
                return
            digest.update(line)
            table, cells = _row(content, columns, file)
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


def _columns(header: bytes, file: Path) -> Mapping[str, list[str]]:
    """The columns of each table. Raises ArchiveProblem for an archive that this database cannot hold."""
    content = _from_json(header, file)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ArchiveProblem(f"the archive {file} is of no format that this careergraph knows")
    if content["revision"] not in revisions():
        raise ArchiveProblem(f"the archive {file} is newer than this careergraph: install the version that made it")
    if content["revision"] != revisions()[-1]:
        message = "is of an earlier version: restore it with the version that made it, then upgrade"
        raise ArchiveProblem(f"the archive {file} {message}")
    columns: Mapping[str, list[str]] = content["tables"]
    return columns


def _from_json(line: bytes, file: Path) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise ArchiveProblem(f"the archive {file} is damaged, or no archive of careergraph") from None


def _row(content: Any, columns: Mapping[str, list[str]], file: Path) -> tuple[Table, dict[str, Any]]:
    try:
        name, cells = content
        table = METADATA.tables[name]
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


def _batches(rows: Iterator[tuple[Table, dict[str, Any]]]) -> Iterator[list[tuple[Table, dict[str, Any]]]]:
    """Rows of one table each, so many as a statement is good for."""
    batch: list[tuple[Table, dict[str, Any]]] = []
    for table, cells in rows:
        if batch and (batch[0][0] is not table or len(batch) == _BATCH):
            yield batch
            batch = []
        batch.append((table, cells))
    if batch:
        yield batch


def _has_content(session: Session) -> bool:
    """Whether anybody but a migration wrote a revision, or did anything that the audit log knows of."""
    written = select(Revision.id).where(not_(Revision.author.startswith(SEED))).limit(1)
    done = select(AuditRow.sequence).limit(1)
    return any(session.execute(query).first() is not None for query in (written, done))


def _count_on(session: Session) -> None:
    """PostgreSQL hands out ids from sequences, which know nothing of rows that came with theirs."""
    for table in METADATA.sorted_tables:
        if "id" in table.columns:
            last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"  # noqa: S608 - our own name
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last}, false)"))
