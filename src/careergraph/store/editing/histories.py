"""Histories: the revisions of a document as editors read them, each with the state that it changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import DOCUMENT, id_of
from careergraph.store.documents.rows.query import chunks
from careergraph.store.editing.drafts import Revised, to_revised
from careergraph.store.editing.revisions import Body, Cause, key_of_row
from careergraph.store.tables.editing import Revision

AUTOSAVES = timedelta(minutes=10)
"""The longest time from one save of a person to the next by which both are one entry."""
STRETCH = 200
"""How many revisions are looked at in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry(Revised):
    """A revision, for all the `saves` of one person that it ended, the first of which has the number `first`. `former`
    is the body that they changed: of the revision before, or, where this one was published, of the last one that was
    published before; None where there was none, or where that removed the document."""

    saves: int
    first: int
    former: Body | None


def history_entries(
    session: Session, key: Key, *, before: int | None = None, count: int = 50, autosaves: timedelta = AUTOSAVES
) -> tuple[HistoryEntry, ...]:
    """Return the entries of a document's history, newest first: at most `count`, below the entry that holds the
    revision `before`."""
    entries: list[list[Row[Any]]] = []
    for row in _rows(session, key, before):
        if entries and _is_same_work(row, entries[-1][-1], autosaves):
            entries[-1].append(row)
        elif len(entries) > count:
            break
        else:
            entries.append([row])
    if before is not None and entries and entries[0][0].number == before:
        del entries[0]
    return _with_bodies(session, key, entries[:count])


def history_entry(session: Session, key: Key, number: int) -> HistoryEntry | None:
    """Return a revision as an entry of its own; None for an unknown number."""
    row = session.execute(_light(key).where(Revision.number == number)).first()
    return None if row is None else _with_bodies(session, key, [[row]])[0]


def _light(key: Key) -> Any:
    columns = Revision.number, Revision.author, Revision.cause, Revision.version, Revision.created_at
    return select(*columns).where(Revision.document_id == id_of(key)).order_by(Revision.number.desc())


def _rows(session: Session, key: Key, until: int | None) -> Iterator[Row[Any]]:
    query = _light(key).limit(STRETCH)
    rows = session.execute(query if until is None else query.where(Revision.number <= until)).all()
    while rows:
        yield from rows
        rows = session.execute(query.where(Revision.number < rows[-1].number)).all()


def _is_same_work(earlier: Row[Any], later: Row[Any], autosaves: timedelta) -> bool:
    """Return whether a save and the next one are of one person, and near enough to be one entry."""
    saved = earlier.cause == later.cause == Cause.SAVED and earlier.author == later.author
    return bool(saved and later.created_at - earlier.created_at <= autosaves)


def _with_bodies(session: Session, key: Key, entries: Sequence[Sequence[Row[Any]]]) -> tuple[HistoryEntry, ...]:
    formers = {rows[0].number: _former(session, key, rows) for rows in entries}
    numbers = {*formers, *[number for number in formers.values() if number is not None]}
    query = select(Revision).where(Revision.document_id == id_of(key), Revision.number.in_(numbers))
    revisions = {row.number: to_revised(row) for row in session.scalars(query)}
    results = []
    for rows in entries:
        revised, former = revisions[rows[0].number], revisions.get(formers[rows[0].number] or 0)
        cells = {name: getattr(revised, name) for name in Revised.__slots__}
        own = {"saves": len(rows), "first": rows[-1].number, "former": None if former is None else former.body}
        results.append(HistoryEntry(**cells, **own))
    return tuple(results)


def _former(session: Session, key: Key, rows: Sequence[Row[Any]]) -> int | None:
    """Return the number of the revision that an entry is compared with."""
    query = _light(key).with_only_columns(Revision.number).where(Revision.number < rows[-1].number).limit(1)
    if rows[0].version is not None:
        query = query.where(Revision.version.is_not(None))
    number: int | None = session.scalar(query)
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The revision of a document that a version published, and the last one that was published `before`."""

    document: int
    number: int
    before: Revised | None


def published_in(session: Session, version: int) -> dict[Key, Published]:
    """Return the documents that a version published, by their present keys."""
    columns = Revision.document_id, Revision.number, DOCUMENT.c.document_type, DOCUMENT.c.slug
    query = select(*columns).join(DOCUMENT, DOCUMENT.c.id == Revision.document_id).where(Revision.version == version)
    rows = session.execute(query.order_by(Revision.id)).all()
    last = select(Revision.document_id, func.max(Revision.number).label("number")).where(Revision.version < version)
    former: dict[int, Revised] = {}
    for some in chunks(rows):
        ids = Revision.document_id.in_([row.document_id for row in some])
        then = last.where(ids).group_by(Revision.document_id).subquery()
        same = (Revision.document_id == then.c.document_id) & (Revision.number == then.c.number)
        former |= {it.document_id: to_revised(it) for it in session.scalars(select(Revision).join(then, same))}
    return {
        key_of_row(row): Published(document=row.document_id, number=row.number, before=former.get(row.document_id))
        for row in rows
    }
