"""Publish: documents become live, as one version of the catalog."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, insert, select, tuple_
from sqlalchemy.orm import Session

from careergraph.store.catalogs.neighbourhoods import renew
from careergraph.store.catalogs.past import CatalogVersionInfo
from careergraph.store.database.notifications import announce
from careergraph.store.documents.documents import Document
from careergraph.store.documents.history import CatalogVersion, Revision
from careergraph.store.documents.rows import Key, read, remove, write
from careergraph.store.documents.rows.query import MOST


def publish(
    session: Session, documents: Iterable[Document], author: str, note: str, removed: Iterable[Key] = ()
) -> int | None:
    """Makes documents live, and others (`removed`, by type and ident) live no longer, as one version of the catalog.

    Answers the version, or None where all of it is as it is live already. What is as it is live gets no revision. The
    documents must have passed `editorial.check` together with what stays live; the session is one of
    `database.transaction`, in which writers queue. Raises sqlalchemy.exc.IntegrityError (as DatabaseProblem outside of
    the transaction) and KeyError for documents that do not fit what is live; then nothing of the transaction is kept.
    """
    by_key = {(document.TYPE, document.ident): document for document in documents}
    gone = set(removed) - by_key.keys()
    live = {(document.TYPE, document.ident): document for document in read(session, [*by_key, *gone])}
    changed = {key: document for key, document in by_key.items() if live.get(key) != document}
    gone &= live.keys()
    if not changed and not gone:
        return None
    version, instant = _new_version(session, note)
    write(session, changed.values())
    remove(session, sorted(gone))
    bodies: dict[Key, Document | None] = {**changed, **dict.fromkeys(sorted(gone))}
    _append_revisions(session, bodies, {"author": author, "note": note, "created_at": instant, "version": version})
    renew(session, CatalogVersionInfo(version, instant), {key: live.get(key) for key in bodies})
    announce(session, version)
    return version


def _new_version(session: Session, note: str) -> tuple[int, datetime]:
    """The next version. Should the clock have been put back, its instant is still none before that of the last."""
    last = session.execute(
        select(CatalogVersion.version, CatalogVersion.published_at).order_by(CatalogVersion.version.desc()).limit(1)
    ).first()
    instant = datetime.now(UTC)
    version = 1
    if last is not None:
        version, instant = last.version + 1, max(instant, last.published_at)
    session.execute(insert(CatalogVersion), [{"version": version, "published_at": instant, "note": note}])
    return version, instant


def _append_revisions(session: Session, bodies: dict[Key, Document | None], common: dict[str, object]) -> None:
    numbers = _last_numbers(session, list(bodies))
    session.execute(
        insert(Revision),
        [
            {
                "document_type": key[0],
                "slug": key[1],
                "number": numbers.get(key, 0) + 1,
                "body": None if document is None else msgspec.to_builtins(document),
                **common,
            }
            for key, document in bodies.items()
        ],
    )


def _last_numbers(session: Session, keys: Sequence[Key]) -> dict[Key, int]:
    """The number of the last revision of each document that has one."""
    query = select(Revision.document_type, Revision.slug, func.max(Revision.number))
    query = query.group_by(Revision.document_type, Revision.slug)
    if len(keys) <= MOST:
        query = query.where(tuple_(Revision.document_type, Revision.slug).in_(keys))
    return {(type_name, slug): number for type_name, slug, number in session.execute(query)}
