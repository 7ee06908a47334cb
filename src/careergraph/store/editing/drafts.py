"""Drafts: what is under way for a document. A draft is a revision without a version, and `document_state` points to it.

    state(session, key) -> DocumentState            states(session, keys) -> {key: DocumentState}
    append(session, key, body, author, note) -> int drafts(session, release=None) -> (DocumentState, ...)
    append_all(session, {key: body}, author, note) -> {key: int}
    revision(session, key, number) -> Revised|None  history(session, key, before=None, first=50) -> (Revised, ...)
    close(session, keys)                            bodies(session, keys) -> {key: body of the open draft}
    submit(session, key, review=True)               bundle(session, keys, release)
    archive(session, key, archived=True)

Revisions are only ever added. Sessions that write are those of `database.transaction`, in which writers queue: what
`state` answered holds until the transaction ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, func, insert, select, tuple_, update
from sqlalchemy.orm import Session

from careergraph.store.documents.history import Revision
from careergraph.store.documents.rows import Key
from careergraph.store.documents.rows.query import MOST
from careergraph.store.tables.editing import StateRow

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """How a document stands. `draft`, `base`, `published` and `last` are numbers of its revisions.

    `draft` is the open draft, which started from `base` (None: from nothing). `published` is the last revision that was
    published, `live` whether that left the document live, `last` the last revision of all.
    """

    key: Key
    draft: int | None = None
    base: int | None = None
    review: bool = False
    release: str | None = None
    archived: bool = False
    published: int | None = None
    live: bool = False
    last: int | None = None

    @property
    def exists(self) -> bool:
        """Whether anybody ever wrote of the document."""
        return self.last is not None

    @property
    def head(self) -> int | None:
        """The revision that the next save starts from: the open draft, else what was published last."""
        return self.published if self.draft is None else self.draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One revision. `body` is None where it removes the document, `version` where it was never published."""

    key: Key
    number: int
    body: Body | None
    author: str
    note: str
    created_at: datetime
    version: int | None


def state(session: Session, key: Key) -> DocumentState:
    """The state of a document; only its key is set where there are no revisions of it."""
    return states(session, [key])[key]


def states(session: Session, keys: Iterable[Key]) -> dict[Key, DocumentState]:
    """The states of documents by key, in a few queries."""
    by_key: dict[Key, DocumentState] = {}
    unique = list(dict.fromkeys(keys))
    for some in _chunks(unique):
        rows = {
            (row.document_type, row.slug): row
            for row in session.scalars(_where_among(select(StateRow), StateRow, some))
        }
        marks = _marks(session, some)
        for key in some:
            by_key[key] = _state(key, rows.get(key), marks.get(key, {}))
    return by_key


def drafts(session: Session, release: str | None = None) -> tuple[DocumentState, ...]:
    """The documents with an open draft, by key: all of them, or those in a release."""
    query = select(StateRow.document_type, StateRow.slug).where(StateRow.draft.is_not(None))
    if release is not None:
        query = query.where(StateRow.release == release)
    keys = sorted((row[0], row[1]) for row in session.execute(query))
    states_by_key = states(session, keys)
    return tuple([states_by_key[key] for key in keys])


def append(session: Session, key: Key, body: Body | None, author: str, note: str) -> int:
    """Adds a draft revision and opens it; None as `body` drafts a removal. Answers its number.

    It takes the place of a draft that was open, keeps its base and its release, and is no longer in review. The caller
    has compared `state(...).head` with the revision that the editor started from.
    """
    return append_all(session, {key: body}, author, note)[key]


def append_all(session: Session, fresh: Mapping[Key, Body | None], author: str, note: str) -> dict[Key, int]:
    """Adds a draft revision of each document and opens it, as `append` does, in a few statements. Answers numbers."""
    before = states(session, fresh)
    numbers = {key: (before[key].last or 0) + 1 for key in fresh}
    common = {"author": author, "note": note, "created_at": datetime.now(UTC), "version": None}
    rows = [
        {
            "document_type": key[0],
            "slug": key[1],
            "number": numbers[key],
            "body": None if body is None else dict(body),
            **common,
        }
        for key, body in fresh.items()
    ]
    if rows:
        session.execute(insert(Revision), rows)
    _open(session, before, numbers)
    return numbers


def _open(session: Session, before: Mapping[Key, DocumentState], numbers: Mapping[Key, int]) -> None:
    rows = {
        (row.document_type, row.slug): row
        for some in _chunks(list(numbers))
        for row in session.scalars(_where_among(select(StateRow), StateRow, some))
    }
    for key, number in numbers.items():
        if (row := rows.get(key)) is None:
            row = StateRow(document_type=key[0], slug=key[1], archived=False)
            session.add(row)
        state = before[key]
        row.draft, row.base = number, state.published if state.draft is None else state.base
        row.review = False
    session.flush()


def close(session: Session, keys: Iterable[Key]) -> None:
    """Opens no draft of these documents any longer, because it was published or discarded. It stays in the history."""
    for some in _chunks(list(keys)):
        closed = {"draft": None, "base": None, "review": False, "release": None}
        session.execute(_where_among(update(StateRow), StateRow, some).values(closed))


def submit(session: Session, key: Key, *, review: bool = True) -> None:
    """Puts the open draft into review, or takes it back."""
    _set(session, key, review=review)


def bundle(session: Session, keys: Iterable[Key], release: str | None) -> None:
    """Puts open drafts into a release, or out of it (None)."""
    for some in _chunks(list(keys)):
        session.execute(_where_among(update(StateRow), StateRow, some).values(release=release))


def archive(session: Session, key: Key, *, archived: bool = True) -> None:
    """Marks a document as archived, or as archived no longer. Whether it is live is not touched."""
    _set(session, key, archived=archived)


def revision(session: Session, key: Key, number: int) -> Revised | None:
    """One revision of a document; None where there is none of this number."""
    query = select(Revision).where(Revision.document_type == key[0], Revision.slug == key[1])
    row = session.scalars(query.where(Revision.number == number)).first()
    return None if row is None else _to_revised(row)


def history(session: Session, key: Key, *, before: int | None = None, first: int = 50) -> tuple[Revised, ...]:
    """The revisions of a document, newest first: at most `first`, of numbers below `before`."""
    query = select(Revision).where(Revision.document_type == key[0], Revision.slug == key[1])
    if before is not None:
        query = query.where(Revision.number < before)
    return tuple([_to_revised(row) for row in session.scalars(query.order_by(Revision.number.desc()).limit(first))])


def bodies(session: Session, keys: Iterable[Key]) -> dict[Key, Body | None]:
    """The bodies of open drafts, by key; a document without one is left out."""
    by_key: dict[Key, Body | None] = {}
    for some in _chunks(list(keys)):
        query = select(Revision.document_type, Revision.slug, Revision.body).join(
            StateRow,
            and_(
                StateRow.document_type == Revision.document_type,
                StateRow.slug == Revision.slug,
                StateRow.draft == Revision.number,
            ),
        )
        by_key |= {(row[0], row[1]): row[2] for row in session.execute(_where_among(query, Revision, some))}
    return by_key


def _set(session: Session, key: Key, **cells: object) -> None:
    row = session.get(StateRow, key)
    if row is None:
        row = StateRow(document_type=key[0], slug=key[1], review=False, archived=False)
        session.add(row)
    for name, value in cells.items():
        setattr(row, name, value)
    session.flush()


def _state(key: Key, row: StateRow | None, marks: Mapping[str, Any]) -> DocumentState:
    if row is None:
        return DocumentState(key=key, **marks)
    cells = {name: getattr(row, name) for name in ("draft", "base", "review", "release", "archived")}
    return DocumentState(key=key, **cells, **marks)


def _marks(session: Session, keys: Sequence[Key]) -> dict[Key, dict[str, Any]]:
    """The numbers of the last revision and of the last published one, and whether that left the document live."""
    published = func.max(Revision.number).filter(Revision.version.is_not(None))
    query = select(Revision.document_type, Revision.slug, func.max(Revision.number), published)
    query = query.group_by(Revision.document_type, Revision.slug)
    numbers_of = {(row[0], row[1]): (row[2], row[3]) for row in session.execute(_where_among(query, Revision, keys))}
    numbers = [(*key, marks[1]) for key, marks in numbers_of.items() if marks[1] is not None]
    place = tuple_(Revision.document_type, Revision.slug, Revision.number)
    lasting = select(Revision.document_type, Revision.slug).where(place.in_(numbers), Revision.body.is_not(None))
    live = {(row[0], row[1]) for row in session.execute(lasting)}
    return {key: {"last": last, "published": mark, "live": key in live} for key, (last, mark) in numbers_of.items()}


def _where_among(query: Any, model: type[StateRow] | type[Revision], keys: Sequence[Key]) -> Any:
    return query.where(tuple_(model.document_type, model.slug).in_(keys))


def _to_revised(row: Revision) -> Revised:
    fields = {name: getattr(row, name) for name in ("number", "body", "author", "note", "created_at", "version")}
    return Revised(key=(row.document_type, row.slug), **fields)


def _chunks(keys: Sequence[Key]) -> Iterable[Sequence[Key]]:
    return [keys[start : start + MOST] for start in range(0, len(keys), MOST)]
