"""The audit log: who did what. Rows are only ever added, and each is chained to the one before by a digest.

    record(session, actor, verb, key, detail) -> Entry    entries(session, key=None, before=None, first=50)
    record_all(session, actor, verb, {key: detail})
    export(session) -> Iterator[dict] (one row each, oldest first, ready for JSON)
    verify(session, anchor=None) -> Verified              head(session) -> Anchor

A digest is the SHA-256 of the digest before and the canonical JSON of the row, so whoever changes, removes or moves a
row breaks the chain there. A row of its own keeps the length and the end of the chain, so that rows cut off the end are
missed too. Somebody who may write to the database can compute all digests anew, that row's included: against this, keep
the `head` elsewhere now and then (it is in every export), and give it to `verify` as `anchor`.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Select, insert, select
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.orm import Session

from careergraph.store.database.problem import DatabaseProblem
from careergraph.store.database.readable import require_readable
from careergraph.store.documents.rows import Key
from careergraph.store.tables.editing import AuditHeadRow, AuditRow

GENESIS = "0" * 64
"""What the first row is chained to."""
_CHAIN = "audit"
_BATCH = 1000
_UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError, msgspec.MsgspecError)
"""What becomes of a cell that somebody changed by hand, when it is read or digested."""
_FIELDS = ("sequence", "at", "actor", "verb", "document_type", "slug", "detail", "previous", "digest")
_COLUMNS = [getattr(AuditRow, name) for name in _FIELDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row. `sequence` counts from 1; `key` is None for what concerns no document."""

    sequence: int
    at: datetime
    actor: str
    verb: str
    key: Key | None
    detail: dict[str, Any]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The state of the chain: the sequence and the digest of its last row."""

    sequence: int
    digest: str


class Fault(StrEnum):
    """How a row betrays that the log was touched."""

    CHANGED = "CHANGED"
    """Its digest is not that of its content."""
    REMOVED = "REMOVED"
    """It is not there."""
    MOVED = "MOVED"
    """It is not chained to the row before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The result of verifying: the number of good rows, and the first bad one, if any."""

    good: int
    fault: Fault | None = None
    sequence: int | None = None


def record(session: Session, actor: str, verb: str, key: Key | None, detail: dict[str, Any] | None = None) -> Entry:
    """Adds a row. The session is one of `database.transaction`, in which writers queue, so the chain has no forks.

    `detail` is what JSON can hold. Raises ValueError or TypeError where it is not, and UnreadableText for a control
    character in it.
    """
    (entry,) = _record(session, actor, verb, [(key, detail or {})])
    return entry


def record_all(session: Session, actor: str, verb: str, details: Mapping[Key, dict[str, Any]]) -> None:
    """Adds a row for each of some documents, as `record` does one after the other."""
    if details:
        _record(session, actor, verb, list(details.items()))


def _record(
    session: Session, actor: str, verb: str, about: Sequence[tuple[Key | None, dict[str, Any]]]
) -> Sequence[Entry]:
    row = session.get(AuditHeadRow, _CHAIN)
    if row is None:
        row = AuditHeadRow(chain=_CHAIN, sequence=0, digest=GENESIS)
        session.add(row)
    chained: list[Entry] = []
    for key, detail in about:
        require_readable("actor", actor)
        require_readable("detail", detail)
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(detail))
        content: dict[str, Any] = {"sequence": row.sequence + 1, "at": datetime.now(UTC), "actor": actor, "verb": verb}
        content |= {"key": key, "detail": plain}
        chained.append(Entry(**content, previous=row.digest, digest=digest_of(row.digest, content)))
        row.sequence, row.digest = chained[-1].sequence, chained[-1].digest
    session.execute(insert(AuditRow), [_cells(entry) for entry in chained])
    session.flush()
    return chained


def digest_of(previous: str, content: Mapping[str, Any]) -> str:
    """The digest of a row: SHA-256, in hex, of the digest before it, a line end, and `content` as canonical JSON.

    `content` has the fields `sequence`, `at`, `actor`, `verb`, `key` and `detail` of an Entry. Canonical is: keys
    sorted, no spaces, UTF-8, the instant in UTC with microseconds.
    """
    instant = content["at"].astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(
        {**content, "at": instant}, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def entries(
    session: Session,
    key: Key | None = None,
    *,
    before: int | None = None,
    first: int = 50,
    types: Collection[str] | None = None,
) -> tuple[Entry, ...]:
    """Rows, newest first: at most `first`, below the sequence `before`; of one document, or of all. With `types`, only
    those of documents of these types, and those that concern no document."""
    query = select(AuditRow)
    if types is not None:
        query = query.where(AuditRow.document_type.is_(None) | AuditRow.document_type.in_(sorted(types)))
    if key is not None:
        query = query.where(AuditRow.document_type == key[0], AuditRow.slug == key[1])
    if before is not None:
        query = query.where(AuditRow.sequence < before)
    return tuple([_entry(row) for row in session.scalars(query.order_by(AuditRow.sequence.desc()).limit(first))])


def head(session: Session) -> Anchor:
    """The state of the chain."""
    row = session.get(AuditHeadRow, _CHAIN)
    return Anchor(sequence=0, digest=GENESIS) if row is None else Anchor(sequence=row.sequence, digest=row.digest)


def export(session: Session) -> Iterator[dict[str, Any]]:
    """All rows, oldest first, as JSON can hold them. The last one's `sequence` and `digest` are the head."""
    for entry in _all(session):
        yield msgspec.to_builtins(entry)


def verify(session: Session, anchor: Anchor | None = None) -> Verified:
    """Walks the whole chain, and names the first row that was changed, removed or moved.

    `anchor` is a head that was kept elsewhere: the row that it names must be there with its digest. A session of
    `database.reading` sees one moment, so nobody needs to stop writing.
    """
    previous, good = GENESIS, 0
    for entry in _readable(session):
        if isinstance(entry, UnreadableRow):
            return Verified(good=good, fault=Fault.CHANGED, sequence=min(entry.sequence, good + 1))
        fault = _fault(entry, previous, good + 1)
        if fault is None and anchor is not None and entry.sequence == anchor.sequence and entry.digest != anchor.digest:
            fault = Fault.CHANGED
        if fault is not None:
            return Verified(good=good, fault=fault, sequence=min(entry.sequence, good + 1))
        previous, good = entry.digest, good + 1
    end = head(session)
    if not isinstance(end.sequence, int):  # SQLite keeps whatever somebody writes
        return Verified(good=good, fault=Fault.CHANGED, sequence=good)
    if end.sequence > good or (anchor is not None and anchor.sequence > good):
        return Verified(good=good, fault=Fault.REMOVED, sequence=good + 1)
    if end != Anchor(sequence=good, digest=previous):
        return Verified(good=good, fault=Fault.CHANGED, sequence=good)
    return Verified(good=good)


class UnreadableRow(DatabaseProblem):
    """A row holds what this program never writes, such as a time that is none."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"row {sequence} of the audit log was changed; `careergraph audit verify` tells more")
        self.sequence = sequence


def _fault(entry: Entry, previous: str, expected: int) -> Fault | None:
    """The fault of a row that should be the one numbered `expected`; None where it is good."""
    if entry.sequence > expected:
        return Fault.REMOVED
    content = {name: getattr(entry, name) for name in ("sequence", "at", "actor", "verb", "key", "detail")}
    try:
        digest = digest_of(entry.previous, content)
    except _UNREADABLE:
        return Fault.CHANGED
    if digest != entry.digest:
        return Fault.CHANGED
    return None if entry.previous == previous and entry.sequence == expected else Fault.MOVED


def _all(session: Session) -> Iterator[Entry]:
    """All rows in order. Raises UnreadableRow."""
    for entry in _readable(session):
        if isinstance(entry, UnreadableRow):
            raise entry
        yield entry


def _readable(session: Session) -> Iterator[Entry | UnreadableRow]:
    """All rows in order, some at a time: a cursor would stay open where the reader stops early. Ends at one that cannot
    be read, with the problem in its place."""
    query = select(*_COLUMNS).order_by(AuditRow.sequence).limit(_BATCH)
    following = query
    while True:
        try:
            rows: Sequence[Any] = session.execute(following).all()
        except (*_UNREADABLE, DBAPIError) as error:
            if not _is_of_a_row(error):
                raise
            yield from _one_by_one(session, following)
            return
        if not rows:
            return
        yield from map(_entry, rows)
        following = query.where(AuditRow.sequence > rows[-1].sequence)


def _one_by_one(session: Session, query: Select[Any]) -> Iterator[Entry | UnreadableRow]:
    """The rows of a batch, up to one that cannot be read."""
    for (sequence,) in session.execute(query.with_only_columns(AuditRow.sequence)).all():
        try:
            yield _entry(session.execute(select(*_COLUMNS).where(AuditRow.sequence == sequence)).one())
        except (*_UNREADABLE, DBAPIError) as error:
            if not _is_of_a_row(error):
                raise
            yield UnreadableRow(sequence)
            return


def _is_of_a_row(error: Exception) -> bool:
    """Whether an error is about what a row holds, rather than about the database."""
    return not isinstance(error, DBAPIError) or isinstance(error, DataError) or "could not decode" in str(error).lower()


def _cells(entry: Entry) -> dict[str, Any]:
    cells = {name: getattr(entry, name) for name in _FIELDS if name not in ("document_type", "slug")}
    document_type, slug = entry.key or (None, None)
    return {**cells, "document_type": document_type, "slug": slug}


def _entry(row: Any) -> Entry:
    fields = {name: getattr(row, name) for name in ("sequence", "at", "actor", "verb", "previous", "digest")}
    key = None if row.document_type is None else (row.document_type, row.slug)
    return Entry(**fields, key=key, detail=row.detail or {})
