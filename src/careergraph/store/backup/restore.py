"""Restore an archive in the place of the content of a database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, MetaData, Table, insert, not_, select, text
from sqlalchemy.orm import Session

from careergraph.store.access.audit import record
from careergraph.store.access.sessions import close_all_sessions
from careergraph.store.access.tokens import active_hashes, restore_tokens
from careergraph.store.backup.archive import BATCH, Archived, ArchiveProblem, Row, backup, read_revision, read_rows
from careergraph.store.catalogs.past import begin_epoch, newest
from careergraph.store.database.database import connect, transaction
from careergraph.store.database.names import TABLE_PREFIX, VERSION_TABLE
from careergraph.store.database.notifications import announce
from careergraph.store.database.problem import name_of
from careergraph.store.editing.import_jobs import cancel_all
from careergraph.store.editing.publish import SEED
from careergraph.store.editing.schedules import hold
from careergraph.store.events.outbox import enqueue
from careergraph.store.migration.migrate import upgrade
from careergraph.store.migration.schema import METADATA, Status, require, revisions, status
from careergraph.store.tables.editing import AuditRow, Revision

RESTORER = "careergraph restore"
"""Who restored, in the audit log."""
RESTORED = "catalog.restored"
"""The event that a backup was restored. Its payload is described in `docs/how-to/webhooks.md`."""


def restore(engine: Engine, file: Path, *, replace: bool = False, moved: bool = False) -> Archived:
    """Put the content of an archive in the place of the content of the database, all of it or nothing. An archive of an
    earlier version of the tables is migrated on the way.

    A new database is made where there is none yet. One that anybody published or drafted anything in is refused, unless
    `replace` says that it may go. The archive may be older than what clients have seen: an epoch of versions begins,
    tokens that are not good in the database now are revoked, and overdue schedules are held. `moved` says that nothing
    happened since the archive was made, as when everything moves to another database: then nothing of that is done.

    Raises ArchiveProblem, DatabaseProblem, and OSError for the file.
    """
    with _current_archive(file) as archive:
        counts = Counter(table.name for table, _ in read_rows(archive))  # all is sound before anything is touched
        if status(engine) in (Status.MISSING, Status.EMPTY):
            upgrade(engine)
        require(engine)
        with transaction(engine) as session:
            if not replace and _has_content(session):
                message = "holds content of its own, which would be replaced: --replace says that it may"
                raise ArchiveProblem(f"the database {name_of(engine)} {message}")
            live, spared = newest(session), active_hashes(session)
            _replace_rows(session, METADATA.sorted_tables, read_rows(archive))
            close_all_sessions(session)
            if engine.dialect.name == "postgresql":
                _count_on(session)
            if moved:
                return Archived(rows=dict(counts))
            return _begin_anew(session, counts, 0 if live is None else live.version, spared)


def _begin_anew(session: Session, counts: Counter[str], last: int, spared: frozenset[str]) -> Archived:
    """Let nothing of before the restore be taken for what comes after it."""
    now = datetime.now(UTC)
    recalled = restore_tokens(session, spared, now)
    numbers = hold(session, "a backup was restored after it fell due", due_by=now)
    cancel_all(session, now)
    info = begin_epoch(session, "restore", last)
    version = None if info is None else info.version
    record(session, RESTORER, "restore", None, {"tokens": recalled, "held": list(numbers), "version": version})
    enqueue(session, RESTORED, [], {"version": version, "held": list(numbers)}, version)
    if version is not None:
        announce(session, version)
    return Archived(rows=dict(counts), recalled=recalled, held_schedules=numbers, version=version)


def _replace_rows(session: Session, tables: Iterable[Table], rows: Iterator[Row]) -> None:
    for table in reversed(list(tables)):
        session.execute(table.delete())
    for batch in _batches(rows):
        session.execute(insert(batch[0][0]), [cells for _, cells in batch])


@contextmanager
def _current_archive(file: Path) -> Iterator[Path]:
    """An archive of the present version of the tables: the file itself, or one that is made of it by the migrations."""
    revision = read_revision(file)
    if revision == revisions()[-1]:
        yield file
        return
    with TemporaryDirectory(prefix="careergraph-") as folder:  # which only its owner may read
        engine = connect(f"sqlite:///{folder}/careergraph.db")
        try:
            upgrade(engine, revision)
            tables = _tables_of(engine)
            with transaction(engine) as session:
                _replace_rows(session, tables.sorted_tables, read_rows(file, tables))
            upgrade(engine)
            backup(engine, Path(folder) / "archive")
        finally:
            engine.dispose()
        yield Path(folder) / "archive"


def _tables_of(engine: Engine) -> MetaData:
    """The tables of a database as they are, with the types of the present ones where a column has not gone since."""
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _: name.startswith(TABLE_PREFIX) and name != VERSION_TABLE)
    for table in tables.sorted_tables:
        present = METADATA.tables.get(table.name)
        for column in table.columns:
            if present is not None and column.name in present.columns:
                column.type = present.columns[column.name].type
    return tables


def _has_content(session: Session) -> bool:
    """Return whether anybody but a migration wrote a revision, or did anything that the audit log knows of."""
    written = select(Revision.id).where(not_(Revision.author.startswith(SEED))).limit(1)
    done = select(AuditRow.sequence).limit(1)
    return any(session.execute(query).first() is not None for query in (written, done))


def _count_on(session: Session) -> None:
    """PostgreSQL hands out ids from sequences, which know nothing of rows that came with theirs."""
    for table in METADATA.sorted_tables:
        if "id" in table.columns:
            last = f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name})"  # noqa: S608 - our own name
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {last}, false)"))


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Rows of one table each, so many as a statement is good for."""
    batch: list[Row] = []
    for table, cells in rows:
        if batch and (batch[0][0] is not table or len(batch) == BATCH):
            yield batch
            batch = []
        batch.append((table, cells))
    if batch:
        yield batch
