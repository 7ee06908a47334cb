"""The sections of each document in each import, with which the next import is compared, so that changes of the source
are distinguished from those of editors. They go with the draft of the import if that is discarded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import document_ids, id_of
from careergraph.store.documents.rows.query import chunks, table_of
from careergraph.store.tables.editing import DocumentRow, ImportedRow
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The sections of a document in an import. `ident` is its identity in the source, `number` the saved revision; the
    `body` None is a removal."""

    ident: str
    key: Key
    number: int
    body: dict[str, Any] | None


_IMPORTED = table_of(ImportedRow)
TOGETHER = 100
"""Records that are written together: one of many figures takes a megabyte meanwhile."""


def remembered_documents(session: Session, importer: str) -> dict[str, Imported]:
    """Return the last record of each document by an importer, by ident."""
    query = _ROWS.where(ImportedRow.importer == importer)
    return {row.ident: _record(row) for row in session.execute(query)}


def every(session: Session) -> Iterator[Imported]:
    """Yield all records, oldest first."""
    return (_record(row) for row in session.execute(_ROWS))


def remember(session: Session, importer: str, imports: Iterable[Imported]) -> None:
    """Keep the records of an import."""
    records = list(imports)
    ids = document_ids(session, [imported.key for imported in records])
    for some in chunks(records, TOGETHER):
        rows = [
            {
                "importer": importer,
                "ident": imported.ident,
                "document_id": ids[imported.key],
                "number": imported.number,
                "body": imported.body,
            }
            for imported in some
        ]
        insert_rows(session, _IMPORTED, rows)


def forget(session: Session, key: Key, after: int) -> None:
    """Delete the records of a document with revisions after `after`, as those drafts were discarded."""
    session.execute(delete(ImportedRow).where(ImportedRow.document_id == id_of(key), ImportedRow.number > after))


def remember_before(session: Session, key: Key, before: int, until: int) -> None:
    """Let the next import compare a document with its records up to the revision `before`, as what imports made of it
    beyond that, up to `until`, was undone: each is followed by a copy of the one before, or by a removal."""
    of_document = ImportedRow.document_id == id_of(key)
    rows = list(session.scalars(select(ImportedRow).where(of_document, ImportedRow.number <= until)))
    places = {(row.importer, row.ident): row.document_id for row in rows if row.number > before}
    former = {(row.importer, row.ident): row.body for row in sorted(rows, key=attrgetter("id")) if row.number <= before}
    for (importer, ident), document in places.items():
        body = former.get((importer, ident))
        session.add(ImportedRow(importer=importer, ident=ident, document_id=document, number=until, body=body))
    session.flush()


def renumber(session: Session, key: Key, numbers: Mapping[int, int]) -> None:
    """Let the records of a document's revisions be those of others, by their new numbers."""
    for old, new in sorted(numbers.items(), reverse=True):  # new numbers are beyond all old ones
        of_revision = ImportedRow.document_id == id_of(key), ImportedRow.number == old
        session.execute(update(ImportedRow).where(*of_revision).values(number=new))


_COLUMNS = (ImportedRow.ident, ImportedRow.number, ImportedRow.body, DocumentRow.document_type, DocumentRow.slug)
_ROWS = select(*_COLUMNS).join(DocumentRow, DocumentRow.id == ImportedRow.document_id).order_by(ImportedRow.id)


def _record(row: Any) -> Imported:
    return value_of(Imported, row, key=(row.document_type, row.slug))
