"""Revisions: the one place where they are added, and where the rows of documents follow them.

What a document's row says of its newest state, as lists show it, is true because nothing else writes it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, insert, select, tuple_, update
from sqlalchemy.orm import Session

from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.documents.documents import Document, Key
from careergraph.store.documents.identity import document_rows
from careergraph.store.documents.index import NAMES, Indexed, index_revisions, unindex
from careergraph.store.documents.rows.query import chunks, table_of
from careergraph.store.tables.editing import DocumentRow, Revision

Body = Mapping[str, Any]
SENT_BACK = ("sent_back_at", "sent_back_by", "sent_back_reason")
OF_DRAFT = ("contributors", "submitted_at", "submitted_by", "assignee", *SENT_BACK)
"""The columns of a document that tell who wrote on its open draft, and of its review."""
Bodies = Mapping[Key, Body | Document | None]
"""Documents by key, as plain JSON or not; None removes one."""


class Cause(DescribedEnum):
    """The cause of a revision."""

    SAVED = "SAVED", "Somebody saved a draft."
    REVERTED = "REVERTED", "An earlier revision was made the draft."
    IMPORTED = "IMPORTED", "An import drafted it."
    KEPT = (
        "KEPT",
        "A draft stayed one, as an earlier revision of it was published, its document was unpublished, or a release "
        "took its texts in some locales.",
    )
    PUBLISHED = "PUBLISHED", "A draft was published."
    LOADED = "LOADED", "It was loaded from files, or came with the software."
    RENAMED = "RENAMED", "The document, or one that it refers to, was given another slug."
    REPLACED = "REPLACED", "A reference in it was replaced by another one."
    UNPUBLISHED = "UNPUBLISHED", "It was unpublished."
    ARCHIVED = "ARCHIVED", "It was archived."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What revisions that are added at once have in common. The `version` None makes them drafts."""

    author: str
    note: str
    created_at: datetime
    cause: Cause
    version: int | None = None


_REVISION = table_of(Revision)
TOGETHER = 100
"""Documents whose revisions are added together: a body of many figures takes a megabyte while it is written."""


def add_revisions(session: Session, bodies: Bodies, stamp: Stamp, anew: Collection[Key] = ()) -> dict[Key, int]:
    """Add a revision of each document, in a few statements. Return their numbers by key.

    A document that there is not, or, among those of `anew`, one that is gone, begins its own history at 1.
    """
    numbers: dict[Key, int] = {}
    for some in chunks(bodies.items(), TOGETHER):
        plain = {key: msgspec.to_builtins(body) if isinstance(body, Document) else body for key, body in some}
        rows = document_rows(session, plain)
        begun = {key for key in plain if key not in rows or (key in anew and not is_present(rows[key]))}
        cells = {key: _cells(key, None if key in begun else rows[key], body, stamp) for key, body in plain.items()}
        ids = {key: rows[key].id for key in cells if key not in begun}
        ids |= _insert(session, {key: cells[key] for key in cells if key in begun})
        if changed := [{"id": ids[key], **cells[key]} for key in cells if key not in begun]:
            session.execute(update(DocumentRow), changed)
        insert_rows(session, _REVISION, [_revision(ids[it], it, cells[it], plain[it], stamp) for it in plain])
        revisions = [Indexed(ids[key], key, cells[key]["last"], plain[key]) for key in plain]
        index_revisions(session, revisions, draft=stamp.version is None)
        numbers |= {key: cells[key]["last"] for key in cells}
    return numbers


def is_present(row: Row[Any]) -> bool:
    """Return whether there is the document now: live, as a draft, or put away."""
    return bool(row.live or row.draft is not None or row.archived)


def close_drafts(session: Session, keys: Iterable[Key]) -> None:
    """Close the drafts of documents. Lists show what is published again."""
    nothing = {"draft": None, "base": None, "review": False, "release": None, "release_revision": None}
    nothing |= dict.fromkeys(OF_DRAFT)
    for some in chunks(keys):
        rows = document_rows(session, some).values()
        unindex(session, [row.id for row in rows], draft=True)
        session.execute(update(DocumentRow).where(DocumentRow.id.in_([row.id for row in rows])).values(nothing))
        discarded = {row.id: row for row in rows if row.published and (row.draft or 0) > row.published}
        places = [(row.id, row.published) for row in discarded.values()]
        columns = select(Revision.document_id, Revision.body, Revision.author, Revision.created_at)
        published = session.execute(columns.where(*at_places(places)))
        cells = [
            {"id": ident, **_newest(key_of_row(discarded[ident]), body, discarded[ident].title, author, at)}
            for ident, body, author, at in published
        ]
        if cells:
            session.execute(update(DocumentRow), cells)


def at_places(places: Sequence[tuple[int, int]]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for the revisions of documents (by id) with some numbers: the first alone is what SQLite
    finds by an index."""
    both = tuple_(Revision.document_id, Revision.number).in_(places)
    return Revision.document_id.in_([document for document, _ in places]), both


def key_of_row(row: Row[Any]) -> Key:
    """Return the key of a document by its row."""
    return row.document_type, row.slug


def _cells(key: Key, row: Row[Any] | None, body: Body | None, stamp: Stamp) -> dict[str, Any]:
    """Return the cells of a document's row that follow from a revision; all of a new row."""
    number = 1 if row is None else row.last + 1
    cells = _newest(key, body, "" if row is None else row.title, stamp.author, stamp.created_at) | {"last": number}
    if row is None:
        nothing = dict.fromkeys(("published", "draft", "base", "release", "release_revision", *OF_DRAFT))
        flags = dict.fromkeys(("live", "review", "archived"), False)
        cells = {"document_type": key[0], "slug": key[1], **nothing, **flags, **cells}
    if stamp.version is not None:
        return cells | {"published": number, "live": body is not None}
    base = None if row is None else row.published if row.draft is None else row.base
    before = row.contributors or () if row is not None and row.draft is not None else ()
    return cells | {"draft": number, "base": base, "review": False, "contributors": sorted({*before, stamp.author})}


def _newest(key: Key, body: Body | None, before: str, author: str, at: datetime) -> dict[str, Any]:
    title = before if body is None else title_of(body)
    return {"title": title or key[1], "changed_by": author, "changed_at": at}


def title_of(body: Body) -> str:
    """Return what a document is called in the default locale; empty where nothing says it."""
    written = next((body[name] for name in NAMES if body.get(name)), "")
    return str(written.get(DEFAULT_LOCALE, "")) if isinstance(written, Mapping) else str(written)


def _insert(session: Session, cells: Mapping[Key, dict[str, Any]]) -> dict[Key, int]:
    if not cells:
        return {}
    statement = insert(DocumentRow).returning(DocumentRow.document_type, DocumentRow.slug, DocumentRow.id)
    return {(row[0], row[1]): row[2] for row in session.execute(statement, list(cells.values()))}


def _revision(ident: int, key: Key, cells: Mapping[str, Any], body: Body | None, stamp: Stamp) -> dict[str, Any]:
    common = {"author": stamp.author, "note": stamp.note, "created_at": stamp.created_at, "version": stamp.version}
    place = {"document_id": ident, "document_type": key[0], "slug": key[1], "number": cells["last"]}
    return {**place, **common, "cause": stamp.cause, "body": body}
