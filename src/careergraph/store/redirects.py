"""Redirects: what was called otherwise before. One step always leads to the name of today.

add(session, key, new)                    resolve(session, key) -> ident | None
redirects(session) -> {key: new ident}    drop(session, key)
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from careergraph.store.desk import RedirectRow
from careergraph.store.rows import Key


def add(session: Session, key: Key, new: str) -> None:
    """A document is called `new` from now on. Older names of it lead there too, and `new` itself leads nowhere else."""
    document_type, old = key
    if old == new:
        return
    earlier = update(RedirectRow).where(RedirectRow.document_type == document_type, RedirectRow.new == old)
    session.execute(earlier.values(new=new))
    drop(session, (document_type, new))
    drop(session, key)
    session.add(RedirectRow(document_type=document_type, old=old, new=new))
    session.flush()


def resolve(session: Session, key: Key) -> str | None:
    """What a document is called now that was called this before."""
    query = select(RedirectRow.new).where(RedirectRow.document_type == key[0], RedirectRow.old == key[1])
    return session.scalar(query)


def redirects(session: Session) -> dict[Key, str]:
    """All of them: the ident of today by type and ident of before."""
    columns = (RedirectRow.document_type, RedirectRow.old, RedirectRow.new)
    return {(row[0], row[1]): row[2] for row in session.execute(select(*columns).order_by(*columns))}


def drop(session: Session, key: Key) -> None:
    """Forgets an old name, as when another document takes it."""
    place = (RedirectRow.document_type == key[0], RedirectRow.old == key[1])
    session.execute(delete(RedirectRow).where(*place))
