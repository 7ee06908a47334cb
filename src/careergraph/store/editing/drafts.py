"""Drafts: revisions without a version, to which the rows of documents point.

Revisions are only ever added. Sessions that write are those of `database.transaction`, in which writers queue, so a
`state` stays the same until the transaction ends.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, not_, or_, select, text, update
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import DOCUMENT, document_ids, document_rows, id_of
from careergraph.store.documents.rows.query import among, chunks
from careergraph.store.editing.revisions import Body, Cause, Stamp, add_revisions, at_places, close_drafts, key_of_row
from careergraph.store.tables.editing import PRESENT, AuditRow, DocumentRow, Revision
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """The state of a document. Revisions are meant by their numbers; None where there is none."""

    key: Key
    id: int | None = None
    """The identity of the document, which a rename keeps."""
    draft: int | None = None
    """The open draft."""
    base: int | None = None
    """The revision that the draft started from."""
    review: bool = False
    """Whether the draft is in review."""
    release: str | None = None
    """The slug of the release that the draft is in."""
    release_revision: int | None = None
    """The revision that the release publishes, which may be older than the draft."""
    archived: bool = False
    contributors: tuple[str, ...] = ()
    """Who wrote on the draft."""
    submitted_at: datetime | None = None
    submitted_by: str | None = None
    """Who submitted a draft for review last."""
    assignee: str | None = None
    """Who is to review it, from the last submission."""
    sent_back_at: datetime | None = None
    sent_back_by: str | None = None
    """Who sent the draft back, until it is submitted again."""
    sent_back_reason: str | None = None
    published: int | None = None
    """The last revision that was published, or that took the document offline."""
    live: bool = False
    last: int | None = None
    """The newest revision of all."""
    title: str = ""
    """The title in the default locale, of the draft or else of `published`, whichever is newer."""
    changed_at: datetime | None = None
    changed_by: str | None = None
    """Who made the newest of both."""
    texts: Mapping[str, int] | None = None
    """How many texts are written, by locale; only lists read it."""

    @property
    def has_history(self) -> bool:
        """Whether the document has any revision."""
        return self.last is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One revision, under the name that the document had then. The `body` None removes the document; the `version` None
    was never published. Of any two revisions, the later one has the higher `id`."""

    id: int
    document_id: int
    key: Key
    number: int
    body: Body | None
    author: str
    note: str
    created_at: datetime
    version: int | None
    cause: Cause


def state(session: Session, key: Key) -> DocumentState:
    """Return the state of a document; without a revision, only its key is set."""
    return states(session, [key])[key]


def states(session: Session, keys: Iterable[Key]) -> dict[Key, DocumentState]:
    """Return the states of documents by key, in a few queries."""
    every = list(dict.fromkeys(keys))
    rows = document_rows(session, every)
    return {key: state_of_row(rows[key]) if key in rows else DocumentState(key=key) for key in every}


def state_of_row(row: Row[Any]) -> DocumentState:
    """Return the state of a document by its row."""
    contributors = tuple(row.contributors or ())
    return value_of(DocumentState, row, key=key_of_row(row), texts=None, contributors=contributors)


def drafts(session: Session, release: str | None = None) -> tuple[DocumentState, ...]:
    """Return the documents with an open draft, by key: all of them, or those in a release."""
    query = select(DOCUMENT).where(DOCUMENT.c.draft.is_not(None))
    if release is not None:
        query = query.where(DOCUMENT.c.release == release)
    return tuple(sorted([state_of_row(row) for row in session.execute(query)], key=attrgetter("key")))


def revisions_in(session: Session, release: str) -> dict[Key, int]:
    """Return the numbers of the revisions that a release publishes, by the keys of their documents, in order."""
    columns = select(DOCUMENT.c.document_type, DOCUMENT.c.slug, DOCUMENT.c.release_revision)
    rows = session.execute(columns.where(DOCUMENT.c.draft.is_not(None), DOCUMENT.c.release == release))
    return dict(sorted([((row[0], row[1]), row[2] or 0) for row in rows]))


def states_by_id(session: Session, ids: Iterable[int]) -> dict[int, DocumentState]:
    """Return the states of documents by id, under the keys that they have now, or had last."""
    by_id: dict[int, DocumentState] = {}
    for some in chunks(ids):
        rows = session.execute(select(DOCUMENT).where(DOCUMENT.c.id.in_(some)))
        by_id |= {row.id: state_of_row(row) for row in rows}
    return by_id


def append(  # noqa: PLR0913, PLR0917 - the document, and the fields of its revision
    session: Session,
    key: Key,
    body: Body | None,
    author: str,
    note: str,
    cause: Cause = Cause.SAVED,
    *,
    anew: bool = False,
) -> int:
    """Add a draft revision and open it (the `body` None drafts a removal). Return its number.

    It replaces an open draft, keeps its base and its release, and is no longer in review. The caller has compared the
    state with the revision that the editor started from. `anew` begins a document in the place of one that is gone.
    """
    return append_all(session, {key: body}, author, note, cause, [key] if anew else ())[key]


def append_all(  # noqa: PLR0913, PLR0917 - the documents, and the fields of their revisions
    session: Session,
    fresh: Mapping[Key, Body | None],
    author: str,
    note: str,
    cause: Cause = Cause.SAVED,
    anew: Collection[Key] = (),
) -> dict[Key, int]:
    """Add a draft revision of each document, as `append` does, in a few statements. Return numbers by key."""
    stamp = Stamp(author=author, note=note, created_at=datetime.now(UTC), cause=cause)
    return add_revisions(session, fresh, stamp, anew)


def rename_documents(session: Session, names: Mapping[Key, str]) -> None:
    """Give documents other names, which are free. Their histories, drafts, releases and schedules stay theirs."""
    for key, ident in document_ids(session, names).items():
        session.execute(update(DocumentRow).where(DocumentRow.id == ident).values(slug=names[key]))


def close(session: Session, keys: Iterable[Key]) -> None:
    """Close the drafts of documents, which were published or discarded. They stay in the history."""
    close_drafts(session, keys)


def bundle(session: Session, revisions: Mapping[Key, int], release: str | None) -> None:
    """Put these revisions of open drafts into a release, or out of it (None)."""
    ids = document_ids(session, revisions)
    cells = [
        {"id": ids[key], "release": release, "release_revision": None if release is None else number}
        for key, number in revisions.items()
    ]
    if cells:
        session.execute(update(DocumentRow), cells)


def archive(session: Session, key: Key, *, archived: bool = True) -> None:
    """Mark a document as archived, or as archived no longer. It stays live or not."""
    _set(session, key, archived=archived)


def revision(session: Session, key: Key, number: int) -> Revised | None:
    """Return a revision of a document; None for an unknown number."""
    row = session.scalars(select(Revision).where(Revision.document_id == id_of(key), Revision.number == number)).first()
    return None if row is None else to_revised(row)


def history(session: Session, key: Key, *, before: int | None = None, first: int = 50) -> tuple[Revised, ...]:
    """Return the revisions of a document, newest first: at most `first`, of numbers below `before`."""
    query = select(Revision).where(Revision.document_id == id_of(key))
    if before is not None:
        query = query.where(Revision.number < before)
    return tuple([to_revised(row) for row in session.scalars(query.order_by(Revision.number.desc()).limit(first))])


def bodies(session: Session, keys: Iterable[Key]) -> dict[Key, Body | None]:
    """Return the bodies of open drafts, by key."""
    numbers = {key: it.draft for key, it in states(session, keys).items() if it.draft is not None}
    return bodies_at(session, numbers)


def bodies_at(session: Session, revisions: Mapping[Key, int]) -> dict[Key, Body | None]:
    """The bodies of revisions, by key; an unknown revision is left out."""
    keys = {ident: key for key, ident in document_ids(session, revisions).items()}
    bodies = bodies_by_id(session, {ident: revisions[key] for ident, key in keys.items()})
    return {keys[ident]: body for ident, body in bodies.items()}


def bodies_by_id(session: Session, revisions: Mapping[int, int]) -> dict[int, Body | None]:
    """The bodies of revisions by the ids of their documents, of each the one of a number; an unknown one is left
    out."""
    by_id: dict[int, Body | None] = {}
    for some in chunks(revisions.items()):
        query = select(Revision.document_id, Revision.body).where(*at_places(some))
        by_id |= {row[0]: row[1] for row in session.execute(query)}
    return by_id


def revision_ids(session: Session, revisions: Mapping[Key, int]) -> dict[Key, int]:
    """Return the ids of revisions, by key; an unknown revision is left out."""
    by_key: dict[Key, int] = {}
    keys = {ident: key for key, ident in document_ids(session, revisions).items()}
    for some in chunks(keys):
        query = select(Revision.document_id, Revision.id)
        rows = session.execute(query.where(*at_places([(ident, revisions[keys[ident]]) for ident in some])))
        by_key |= {keys[row[0]]: row[1] for row in rows}
    return by_key


def keys_by_revision(session: Session, ids: Iterable[int]) -> dict[int, Key]:
    """Return the keys that the documents of revisions have now, or had last, by the ids of the revisions."""
    keys: dict[int, Key] = {}
    for some in chunks(ids):
        query = select(Revision.id, DOCUMENT.c.document_type, DOCUMENT.c.slug)
        query = query.join(DOCUMENT, DOCUMENT.c.id == Revision.document_id)
        keys |= {row[0]: (row[1], row[2]) for row in session.execute(query.where(Revision.id.in_(some)))}
    return keys


def revisions_by_id(session: Session, ids: Iterable[int]) -> dict[Key, Revised]:
    """Return revisions, each under the key that its document has now, or had last. Of two of one key, it is that of the
    document that is present."""
    by_key: dict[Key, Revised] = {}
    for some in chunks(ids):
        query = select(Revision, DOCUMENT.c.slug).join(DOCUMENT, DOCUMENT.c.id == Revision.document_id)
        present = case((text(PRESENT), 1), else_=0)
        rows = session.execute(query.where(Revision.id.in_(some)).order_by(present, Revision.document_id))
        by_key |= {(row[0].document_type, row[1]): to_revised(row[0]) for row in rows}
    return by_key


def names_since(session: Session, keys: Collection[Key], revision: Revised) -> dict[Key, str | None]:
    """Return the present idents of the documents that had some names when a revision was made, None of one that is
    gone. A name that none had then is left out."""
    by_key: dict[Key, str | None] = {}
    before = or_(Revision.id <= revision.id, Revision.created_at == revision.created_at)  # as some are added at once
    for some in chunks(keys):
        query = select(Revision.document_type, Revision.slug, case((text(PRESENT), DOCUMENT.c.slug)))
        query = query.join(DOCUMENT, DOCUMENT.c.id == Revision.document_id)
        query = query.where(Revision.id.in_(select_last_of_names(some, before)))
        by_key |= {(row[0], row[1]): row[2] for row in session.execute(query)}
    return by_key


def ids_at(session: Session, keys: Collection[Key], instant: datetime) -> dict[Key, int]:
    """Return the ids of the documents that had some names at an instant. A name that none had then is left out, and one
    that was renamed since where the document still has it: before histories followed renames of drafts, the next one of
    the name was joined to it."""
    by_key: dict[Key, int] = {}
    same = AuditRow.document_type == DOCUMENT.c.document_type, AuditRow.slug == DOCUMENT.c.slug
    renamed = exists().where(*same, AuditRow.verb == "rename", AuditRow.at >= instant)
    for some in chunks(keys):
        query = select(Revision.document_type, Revision.slug, Revision.document_id)
        query = query.join(DOCUMENT, DOCUMENT.c.id == Revision.document_id)
        query = query.where(or_(DOCUMENT.c.slug != Revision.slug, not_(renamed)))
        rows = session.execute(query.where(Revision.id.in_(select_last_of_names(some, Revision.created_at <= instant))))
        by_key |= {(row[0], row[1]): row[2] for row in rows}
    return by_key


def select_last_of_names(keys: Sequence[Key], before: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the ids of the last revisions under names, of those that are `before`."""
    names = Revision.document_type, Revision.slug
    return select(func.max(Revision.id)).where(among(*names, keys), before).group_by(*names).correlate(None)


def _set(session: Session, key: Key, **cells: object) -> None:
    session.execute(update(DocumentRow).where(DocumentRow.id == id_of(key)).values(cells))


def to_revised(row: Revision) -> Revised:
    """Return a revision by its row."""
    return value_of(Revised, row, key=(row.document_type, row.slug), cause=Cause(row.cause))
