"""Imported: what each import said of a document. The next one is compared with it, so that what an editor changed is
told from what the source changed.

    remembered_documents(session, importer) -> {ident: Imported}
    remember(session, importer, (Imported, ...))
    forget(session, key, after)     every(session) -> Iterator[Imported]

It is remembered with the draft that the import saved, and forgotten with it where the draft is discarded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from careergraph.store.documents.rows import Key
from careergraph.store.tables.editing import ImportedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import said of a document. `ident` is what it knows the document by, `number` the revision that it saved
    as a draft; `body` is None where it drafted a removal."""

    ident: str
    key: Key
    number: int
    body: dict[str, Any] | None


def remembered_documents(session: Session, importer: str) -> dict[str, Imported]:
    """The last record that an importer left of each document, by ident."""
    query = select(ImportedRow.__table__).where(ImportedRow.importer == importer).order_by(ImportedRow.id)
    return {row.ident: _record(row) for row in session.execute(query)}


def every(session: Session) -> Iterator[Imported]:
    """All that any import said, oldest first."""
    query = select(ImportedRow.__table__).order_by(ImportedRow.id)
    return (_record(row) for row in session.execute(query))


def remember(session: Session, importer: str, imports: Iterable[Imported]) -> None:
    """Keeps what an import says."""
    rows = [
        {
            "importer": importer,
            "ident": imported.ident,
            "document_type": imported.key[0],
            "slug": imported.key[1],
            "number": imported.number,
            "body": imported.body,
        }
        for imported in imports
    ]
    if rows:
        session.execute(insert(ImportedRow), rows)


def forget(session: Session, key: Key, after: int) -> None:
    """Deletes the records of a document with revisions after `after`, as the drafts that they belong to were
    discarded."""
    of_document = ImportedRow.document_type == key[0], ImportedRow.slug == key[1]
    session.execute(delete(ImportedRow).where(*of_document, ImportedRow.number > after))


def _record(row: Any) -> Imported:
    return Imported(ident=row.ident, key=(row.document_type, row.slug), number=row.number, body=row.body)
