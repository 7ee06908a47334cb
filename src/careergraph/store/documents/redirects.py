"""Redirects: former names of documents. One step always leads to the name of today, or of a version's day.

Each change is kept with the version that brought it about, so that a catalog of the past has the redirects of its day,
whatever is renamed later.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows.query import among, chunks
from careergraph.store.tables.editing import CatalogVersion, RedirectChangeRow, RedirectRow

Redirects = dict[Key, str]
"""The ident that is meant by a type and an ident of before."""


def add(session: Session, key: Key, new: str) -> None:
    """A document is called `new` from now on. Older names of it lead there too, and `new` itself leads nowhere else."""
    document_type, old = key
    if old == new:
        return
    earlier = update(RedirectRow).where(RedirectRow.document_type == document_type, RedirectRow.new == old)
    session.execute(earlier.values(new=new))
    for gone in ((document_type, new), key):
        _drop(session, gone)
    session.add(RedirectRow(document_type=document_type, old=old, new=new))
    session.flush()
    _keep(session, key, new)


def resolve(session: Session, key: Key) -> str | None:
    """The present ident of a document by a former one."""
    query = select(RedirectRow.new).where(RedirectRow.document_type == key[0], RedirectRow.old == key[1])
    return session.scalar(query)


def redirects(session: Session) -> Redirects:
    """All of them, as they are now."""
    table = RedirectRow.__table__.c  # by columns of the model, a server's start would take longer
    columns = (table.document_type, table.old, table.new)
    return {(row[0], row[1]): row[2] for row in session.execute(select(*columns).order_by(*columns))}


def redirects_at(session: Session, version: int) -> Redirects:
    """All of them, as they were at a version of the catalog."""
    columns = (RedirectChangeRow.document_type, RedirectChangeRow.old, RedirectChangeRow.new)
    query = select(*columns).where(RedirectChangeRow.version <= version).order_by(RedirectChangeRow.id)
    current: Redirects = {}
    for document_type, old, new in session.execute(query):
        current.pop((document_type, old), None)
        if new is not None:
            current = {key: new if (key[0], to) == (document_type, old) else to for key, to in current.items()}
            current.pop((document_type, new), None)
            current[document_type, old] = new
    return dict(sorted(current.items()))


def drop(session: Session, keys: Iterable[Key]) -> None:
    """Forget old names, as when other documents take them."""
    for some in chunks(keys):
        for old in [(row[0], row[1]) for row in session.execute(select_old_names(some))]:
            _drop(session, old)
            _keep(session, old, None)


def select_old_names(keys: Sequence[Key]) -> Select[str, str]:
    """Return the query for the old names among some keys."""
    names = RedirectRow.document_type, RedirectRow.old
    return select(*names).where(among(*names, keys))


def _drop(session: Session, key: Key) -> None:
    place = (RedirectRow.document_type == key[0], RedirectRow.old == key[1])
    session.execute(delete(RedirectRow).where(*place))


def _keep(session: Session, key: Key, new: str | None) -> None:
    """Notes a change, in the transaction whose version it belongs to."""
    version = session.scalar(select(func.max(CatalogVersion.version))) or 0
    cells = {"version": version, "document_type": key[0], "old": key[1], "new": new}
    session.execute(insert(RedirectChangeRow), [cells])
