"""The past: the versions of the catalog with their dates, and their documents."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Select, Text, cast, func, insert, select
from sqlalchemy.orm import Session

from careergraph.store.catalogs.version_info import EPOCH as EPOCH
from careergraph.store.catalogs.version_info import NOTHING as NOTHING
from careergraph.store.catalogs.version_info import CatalogVersionInfo as CatalogVersionInfo
from careergraph.store.documents.documents import BY_TYPE, CareerDocument, Document, Key
from careergraph.store.documents.identity import document_ids
from careergraph.store.documents.rows.query import MOST, among, chunks
from careergraph.store.documents.rows.read import READERS
from careergraph.store.documents.tolerance import decode_known
from careergraph.store.tables.editing import CatalogVersion, DocumentRow, Revision

_DOCUMENT, _REVISION, _VERSION = (it.__table__.c for it in (DocumentRow, Revision, CatalogVersion))
"""The columns of tables: by those of models, the start of a server would take a tenth of a second longer."""


def newest(session: Session, until: datetime | None = None) -> CatalogVersionInfo | None:
    """The version that is live, or was at an instant; None before the first."""
    query = select(_VERSION.version, _VERSION.published_at).order_by(_VERSION.version.desc()).limit(1)
    if until is not None:
        query = query.where(_VERSION.published_at <= until)
    row = session.execute(query).first()
    return None if row is None else CatalogVersionInfo(*row)


def begin_epoch(session: Session, note: str, last: int = 0) -> CatalogVersionInfo | None:
    """Add the first version of the next epoch, beyond the version `last` too, with the content of the live one. None
    where nothing was ever published. The session is one of `database.transaction`."""
    live = newest(session)
    if live is None:
        return None
    info = CatalogVersionInfo((max(live.version, last) // EPOCH + 1) * EPOCH, max(datetime.now(UTC), live.published_at))
    session.execute(insert(CatalogVersion), [{**info._asdict(), "note": note}])
    return info


def add_version(session: Session, note: str) -> CatalogVersionInfo:
    """Add the next version and return it. Its instant is never before that of the last, even with the clock put back.
    The session is one of `database.transaction`, in which writers queue."""
    last = newest(session)
    instant = datetime.now(UTC)
    info = CatalogVersionInfo(1, instant) if last is None else CatalogVersionInfo(last[0] + 1, max(instant, last[1]))
    session.execute(insert(CatalogVersion), [{**info._asdict(), "note": note}])
    return info


def version_info(session: Session, version: int) -> CatalogVersionInfo | None:
    """A version; None where there is none of that number."""
    row = session.get(CatalogVersion, version) if abs(version) < _MOST_VERSIONS else None
    return None if row is None else CatalogVersionInfo(row.version, row.published_at)


_MOST_VERSIONS = 2**31
"""Numbers beyond this are no version, and more than a database may be asked for."""


def documents_at(session: Session, version: int, keys: Collection[Key] | None = None) -> tuple[Document, ...]:
    """Return the documents that were live at a version, from their revisions: those of some keys, or all. Raises
    msgspec.ValidationError."""
    return tuple(each_document_at(session, version, keys))


def each_document_at(session: Session, version: int, keys: Collection[Key] | None = None) -> Iterator[Document]:
    """Yield the same documents one by one, so that they are never all in memory."""
    query = select_documents_at(version, keys).execution_options(yield_per=TOGETHER)
    for type_name, body, slug in session.execute(query):
        if type_name in BY_TYPE and (keys is None or (type_name, slug) in keys):
            yield decode_known(body, BY_TYPE[type_name])


def select_documents_at(version: int, keys: Collection[Key] | None) -> Select[str, str, str]:
    """Return the query for the documents that were live at a version: those of some keys, where they are few."""
    latest = _last_revisions(version)
    few = None if keys is None or len(keys) > MOST else among(Revision.document_type, Revision.slug, keys)
    if few is not None:
        latest = latest.where(Revision.document_id.in_(select(Revision.document_id).where(few)))
    last = latest.subquery()
    same = (Revision.document_id == last.c.document_id) & (Revision.number == last.c.number)
    query = select(Revision.document_type, cast(Revision.body, Text), Revision.slug).join(last, same)
    query = query.where(Revision.body.is_not(None))
    return query if few is None else query.where(few)


def live_documents(session: Session) -> Iterator[Document]:
    """Yield what `read_all` returns, from the revisions that documents were last published with: one row of each, where
    that reads all rows inside of them. Raises msgspec.ValidationError."""
    same = (_REVISION.document_id == _DOCUMENT.id) & (_REVISION.number == _DOCUMENT.published)
    query = select(_DOCUMENT.id, cast(_REVISION.body, Text)).join_from(DocumentRow.__table__, Revision.__table__, same)
    names = select(_DOCUMENT.id, _DOCUMENT.document_type, _DOCUMENT.slug).where(_DOCUMENT.live)
    by_type: dict[str, list[tuple[str, int]]] = {}
    for ident, type_name, slug in session.execute(names):
        by_type.setdefault(type_name, []).append((slug, ident))
    for type_name in READERS:
        for some in chunks(sorted(by_type.get(type_name, ())), TOGETHER):
            rows = session.execute(query.where(_DOCUMENT.id.in_([ident for _, ident in some])))
            bodies = {row[0]: row[1] for row in rows}
            yield from [decode_known(bodies[ident], BY_TYPE[type_name]) for _, ident in some]


TOGETHER = 100
"""Documents that are in memory at the same time where they are read one by one."""


def revisions_at(session: Session, version: int, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the numbers of the revisions of documents that were live at a version; one that was not is left out."""
    numbers: dict[Key, int] = {}
    last = _last_revisions(version).subquery()
    same = (Revision.document_id == last.c.document_id) & (Revision.number == last.c.number)
    query = select(Revision.document_id, Revision.number).join(last, same).where(Revision.body.is_not(None))
    for some in chunks(document_ids(session, keys).items()):
        keys_by_id = {ident: key for key, ident in some}
        rows = session.execute(query.where(Revision.document_id.in_(keys_by_id)))
        numbers |= {keys_by_id[row[0]]: row[1] for row in rows}
    return numbers


def _last_revisions(version: int) -> Select[int, int]:
    """Select the number of the last revision of each document that was published up to a version."""
    columns = Revision.document_id, func.max(Revision.number).label("number")
    return select(*columns).where(Revision.version <= version).group_by(Revision.document_id)


class Change(NamedTuple):
    """The last state of a document between two versions, None where it was removed, and when that was published."""

    document: Document | None
    published_at: datetime


def changes_between(session: Session, after: int, until: int) -> dict[Key, Change]:
    """Return the documents that changed in the versions beyond `after`, up to `until`; one that was renamed is removed
    under the name that it had. Raises msgspec.ValidationError."""
    within = Revision.version > after, Revision.version <= until
    columns = Revision.document_id, Revision.document_type, Revision.slug, cast(Revision.body, Text)
    query = select(*columns, CatalogVersion.published_at).join(
        CatalogVersion, Revision.version == CatalogVersion.version
    )
    last = {row[0]: row[1:] for row in session.execute(query.where(*within).order_by(Revision.number))}
    changes: dict[Key, Change] = {}
    for ident, type_name, slug in session.execute(_names_at(after, select(Revision.document_id).where(*within))):
        changes[type_name, slug] = Change(None, last[ident][3])
    for type_name, slug, body, published_at in last.values():
        if body is None:
            changes.setdefault((type_name, slug), Change(None, published_at))
    for type_name, slug, body, published_at in last.values():
        if body is not None and type_name in BY_TYPE:  # also under a name that another document had
            changes[type_name, slug] = Change(decode_known(body, BY_TYPE[type_name]), published_at)
    return {key: change for key, change in changes.items() if key[0] in BY_TYPE}  # a later version may have more types


def documents_before(session: Session, at: int, since: int) -> dict[Key, Document | None]:
    """Return the documents that changed in the versions beyond `at`, up to `since`, as they were live at `at`; None for
    what came or was named so since then. Raises msgspec.ValidationError."""
    touched = select(Revision.document_id).where(Revision.version > at, Revision.version <= since).distinct()
    before: dict[Key, Document | None] = {}
    for _, type_name, slug in session.execute(_names_at(since, touched)):
        if type_name in BY_TYPE:
            before[type_name, slug] = None
    last = _last_revisions(at).where(Revision.document_id.in_(touched)).subquery()
    same = (Revision.document_id == last.c.document_id) & (Revision.number == last.c.number)
    query = select(Revision.document_type, Revision.slug, cast(Revision.body, Text)).join(last, same)
    for type_name, slug, body in session.execute(query.where(Revision.body.is_not(None))):
        if type_name in BY_TYPE:
            before[type_name, slug] = decode_known(body, BY_TYPE[type_name])
    return before


def _names_at(version: int, documents: Select[int]) -> Select[int, str, str]:
    """Select the ids, types and idents of some documents as they were last published up to a version."""
    last = _last_revisions(version).where(Revision.document_id.in_(documents)).subquery()
    same = (Revision.document_id == last.c.document_id) & (Revision.number == last.c.number)
    return select(Revision.document_id, Revision.document_type, Revision.slug).join(last, same)


def careers_published_at(
    session: Session, version: int, slugs: Collection[str] | None = None
) -> Mapping[str, datetime]:
    """Return when each career was last published, by slug, up to a version; some careers, or all."""
    query = (
        select(_REVISION.slug, func.max(_VERSION.published_at))
        .join_from(Revision.__table__, CatalogVersion.__table__, _REVISION.version == _VERSION.version)
        .where(_REVISION.document_type == CareerDocument.TYPE, _REVISION.version <= version)
        .group_by(_REVISION.slug)
    )
    if slugs is not None and len(slugs) <= MOST:
        query = query.where(_REVISION.slug.in_(slugs))
    return {row[0]: row[1] for row in session.execute(query)}
