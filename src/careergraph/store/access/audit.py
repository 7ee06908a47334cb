"""The audit log: who did what. Rows are only ever added, and each is chained to the one before by a digest.

A digest is the SHA-256 of the digest before and the canonical JSON of the row, so whoever changes, removes or moves a
row breaks the chain there. A row of its own keeps the length and the end of the chain, so that rows cut off the end are
missed too. Somebody who may write to the database can compute all digests anew, that row's included: against this, keep
the `head` elsewhere now and then (it is in every export), and give it to `verify` as `anchor`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, exists, not_, select
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.orm import Session

from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.database.problem import DatabaseProblem
from careergraph.store.database.readable import require_readable
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import document_ids
from careergraph.store.documents.rows.query import chunks, table_of
from careergraph.store.tables.editing import AuditHeadRow, AuditRow, DocumentRow
from careergraph.store.tables.table import value_of

RECORDED = "careergraph_recorded"
"""The key, in the `info` of a session, of a function that is called with the rows of each record."""
GENESIS = "0" * 64
"""The digest that the first row is chained to."""
_CHAIN = "audit"
_BATCH = 1000
_AUDIT = table_of(AuditRow)
_UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, RecursionError, msgspec.MsgspecError)
"""The errors of reading or digesting a cell that somebody changed by hand."""
_FIELDS = ("sequence", "at", "actor", "verb", "document_type", "slug", "detail", "previous", "digest")
_COLUMNS = [getattr(AuditRow, name) for name in _FIELDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row. `sequence` counts from 1; `key` is None if it concerns no document."""

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


def record(  # noqa: PLR0913 - the fields of a row
    session: Session, actor: str, verb: str, key: Key | None, detail: dict[str, Any] | None = None, *, now: str = ""
) -> Entry:
    """Add a row about a document, which may have another ident `now`. The session is one of `database.transaction`, in
    which writers queue, so the chain has no forks. Raises ValueError or TypeError for a `detail` that is no JSON, and
    UnreadableText for a control character in it."""
    names = {key: (key[0], now)} if key is not None and now else {}
    (entry,) = _record(session, actor, verb, [(key, detail or {})], names)
    return entry


def record_all(session: Session, actor: str, verb: str, details: Mapping[Key, dict[str, Any]]) -> None:
    """Add a row for each document, as `record` does one after the other."""
    if details:
        _record(session, actor, verb, list(details.items()))


def _record(
    session: Session,
    actor: str,
    verb: str,
    about: Sequence[tuple[Key | None, dict[str, Any]]],
    names: Mapping[Key, Key] = MappingProxyType({}),
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
    ids = document_ids(session, [names.get(key, key) for key, _ in about if key is not None])
    documents = [None if it.key is None else ids.get(names.get(it.key, it.key)) for it in chained]
    cells = [_cells(entry) | {"document_id": ident} for entry, ident in zip(chained, documents, strict=True)]
    insert_rows(session, _AUDIT, cells)
    session.flush()
    if (note := session.info.get(RECORDED)) is not None:
        note(chained)
    return chained


def digest_of(previous: str, content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row, in hex: of the digest before it, a line end, and `content` (the fields of an Entry
    without digests) as canonical JSON, with sorted keys, no spaces, UTF-8, `at` in UTC with microseconds."""
    instant = content["at"].astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(
        {**content, "at": instant}, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def list_entries(  # noqa: PLR0913 - the conditions of a list
    *,
    within: Collection[str] | None = None,
    type: str | None = None,
    slug: str | None = None,
    actor: str | None = None,
    verb: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    descending: bool = True,
) -> SortedQuery[Entry]:
    """Return the rows of a document type, slug, actor, verb and time, as far as each is set, by sequence; with
    `within`, only those of documents of these types or of no document. The slug is that of documents as they are called
    now, whose rows of before are among them."""
    equal = {AuditRow.document_type: type, AuditRow.actor: actor, AuditRow.verb: verb}
    query = matching(select(AuditRow), equal, (AuditRow.at, since, until))
    if slug is not None:
        query = query.where(_of_documents(slug))
    if within is not None:
        query = query.where(AuditRow.document_type.is_(None) | AuditRow.document_type.in_(sorted(within)))
    return SortedQuery(query=query, key=(AuditRow.sequence,), make=lambda row: _entry(row[0]), descending=descending)


def has_verb(session: Session, verb: str) -> bool:
    """Return whether the log has an entry of a verb."""
    return session.scalar(select(exists().where(AuditRow.verb == verb))) or False


def entries_of(session: Session, verb: str, keys: Iterable[Key]) -> Iterator[tuple[Key, Entry]]:
    """Yield the rows of a verb about some documents, in no order, each with the present key of its document."""
    for some in chunks(document_ids(session, keys).items()):
        keys_by_id = {ident: key for key, ident in some}
        query = select(AuditRow).where(AuditRow.document_id.in_(keys_by_id), AuditRow.verb == verb)
        yield from ((keys_by_id[row.document_id or 0], _entry(row)) for row in session.scalars(query))


def _of_documents(slug: str) -> ColumnElement[bool]:
    """Rows of the documents of a slug, under whatever name they were written; where no document of the type has it, of
    those that had it then."""
    named = select(DocumentRow.id).where(DocumentRow.slug == slug)
    same_type = exists().where(DocumentRow.slug == slug, DocumentRow.document_type == AuditRow.document_type)
    return AuditRow.document_id.in_(named) | and_(AuditRow.slug == slug, not_(same_type))


def head(session: Session) -> Anchor:
    """The state of the chain."""
    row = session.get(AuditHeadRow, _CHAIN)
    return Anchor(sequence=0, digest=GENESIS) if row is None else Anchor(sequence=row.sequence, digest=row.digest)


def export(session: Session) -> Iterator[dict[str, Any]]:
    """All rows, oldest first, as JSON can hold them. The last one's `sequence` and `digest` are the head."""
    for entry in _all(session):
        yield msgspec.to_builtins(entry)


def verify(session: Session, anchor: Anchor | None = None) -> Verified:
    """Walk the whole chain to the first row that was changed, removed or moved. `anchor` is a head that was kept
    elsewhere, whose row must be there with its digest. A session of `database.reading` sees one moment."""
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
    """A row has content that this program never writes, such as an invalid time."""

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
    """Yield all rows in order, by batches, as a cursor would stay open if the reader stops early. An unreadable row is
    the last, as a problem."""
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
    """Return whether an error is about the content of a row, not about the database."""
    return not isinstance(error, DBAPIError) or isinstance(error, DataError) or "could not decode" in str(error).lower()


def _cells(entry: Entry) -> dict[str, Any]:
    cells = {name: getattr(entry, name) for name in _FIELDS if name not in ("document_type", "slug")}
    document_type, slug = entry.key or (None, None)
    return {**cells, "document_type": document_type, "slug": slug}


def _entry(row: Any) -> Entry:
    key = None if row.document_type is None else (row.document_type, row.slug)
    return value_of(Entry, row, key=key, detail=row.detail or {})
