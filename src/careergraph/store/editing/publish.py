"""Publish: documents become live, as one version of the catalog."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.store.catalogs.past import add_version
from careergraph.store.database.notifications import announce
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.documents.identity import document_rows
from careergraph.store.documents.rows import read, remove, write
from careergraph.store.documents.rows.query import chunks
from careergraph.store.editing.revisions import Cause, Stamp, add_revisions, at_places
from careergraph.store.tables.editing import Revision

SEED = "seed:"
"""The beginning of the names of authors of content that ships."""


def publish(  # noqa: PLR0913, PLR0917 - the documents, and the fields of their revisions
    session: Session,
    documents: Iterable[Document],
    author: str,
    note: str,
    removed: Iterable[Key] = (),
    before: Mapping[Key, Document] | None = None,
    renamed: Collection[Key] = (),
    cause: Cause = Cause.LOADED,
) -> int | None:
    """Make documents live, and others (`removed`) live no longer, as one version of the catalog, unless nothing differs
    from the live state. Return the version, if there is one; unchanged documents get no revision.

    `before` are the live documents among these, if they were read already. Those of `removed` that are `renamed` come
    back under another name: their documents have it already (see `drafts.rename_documents`). The documents must have
    passed `editorial.check` together with the other live ones; the session is one of `database.transaction`, in which
    writers queue. Raises sqlalchemy.exc.IntegrityError (as DatabaseProblem outside of the transaction) and KeyError for
    documents that do not fit the live ones; then nothing of the transaction is kept.
    """
    by_key = {key_of(document): document for document in documents}
    gone = set(removed) - by_key.keys()
    live = before
    if live is None:
        live = {key_of(document): document for document in read(session, [*by_key, *gone])}
    changed = {key: document for key, document in by_key.items() if live.get(key) != document}
    gone &= live.keys()
    if not changed and not gone:
        return None
    version, instant = add_version(session, note)
    write(session, changed.values(), live)
    remove(session, sorted(gone))
    bodies: dict[Key, Document | None] = {**changed, **dict.fromkeys(sorted(gone.difference(renamed)))}
    stamp = Stamp(author=author, note=note, created_at=instant, version=version, cause=cause)
    add_revisions(session, bodies, stamp)
    announce(session, version)
    return version


class Publisher(NamedTuple):
    """Who published a document last, live or live no longer, as which version, when, and why."""

    author: str
    version: int
    instant: datetime
    cause: Cause


def publishers(session: Session, keys: Iterable[Key]) -> dict[Key, Publisher]:
    """Return the last publishers of documents, by key; of what was never published, none."""
    by_key: dict[Key, Publisher] = {}
    rows = document_rows(session, keys)
    for some in chunks([(key, row) for key, row in rows.items() if row.published is not None]):
        keys_by_id = {row.id: key for key, row in some}
        places = at_places([(row.id, row.published) for _, row in some])
        columns = select(Revision.document_id, Revision.author, Revision.version, Revision.created_at, Revision.cause)
        published = session.execute(columns.where(*places))
        by_key |= {keys_by_id[row[0]]: Publisher(row[1], row[2] or 0, row[3], Cause(row[4])) for row in published}
    return by_key
