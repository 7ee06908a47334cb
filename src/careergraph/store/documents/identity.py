"""Identity: which document a type and a name mean. A document keeps its row, and its id, whatever it is called."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, case, select, text
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows.query import by_type, table_of
from careergraph.store.tables.editing import PRESENT, DocumentRow, Revision

DOCUMENT = table_of(DocumentRow)
_LAST = select(Revision.id).where(Revision.document_id == DOCUMENT.c.id, Revision.number == DOCUMENT.c.last)
_ORDER = case((text(PRESENT), 1), else_=0), _LAST.correlate(DOCUMENT).scalar_subquery()


def document_rows(session: Session, keys: Iterable[Key]) -> dict[Key, Row[Any]]:
    """Return the rows of documents by key: of the present one of each name, or else of the last that had it. A name
    that no document has, or ended with, is left out."""
    return {(row.document_type, row.slug): row for row in _rows(session, select(DOCUMENT), keys)}


def _rows(session: Session, query: Select[Any], keys: Iterable[Key]) -> Iterator[Row[Any]]:
    """Yield what a query selects of documents. It names the type alone, as SQLite finds no pair by an index."""
    for type_name, slugs in by_type(dict.fromkeys(keys)):
        named = DOCUMENT.c.document_type == type_name, DOCUMENT.c.slug.in_(slugs)
        yield from session.execute(query.where(*named).order_by(*_ORDER))


def document_ids(session: Session, keys: Iterable[Key]) -> dict[Key, int]:
    """Return the ids of documents by key, as `document_rows` finds them."""
    columns = select(DOCUMENT.c.document_type, DOCUMENT.c.slug, DOCUMENT.c.id)
    return {(row.document_type, row.slug): row.id for row in _rows(session, columns, keys)}


def id_of(key: Key) -> ScalarSelect[int]:
    """Return the query for the id of one document, as `document_rows` finds it."""
    query = select(DOCUMENT.c.id).where(DOCUMENT.c.document_type == key[0], DOCUMENT.c.slug == key[1])
    return query.order_by(*[it.desc() for it in _ORDER]).limit(1).scalar_subquery()
