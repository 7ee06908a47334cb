"""The reports of import jobs: a summary, and an item for each document or field."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.orm import Session

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.documents import BY_TYPE, Key
from careergraph.store.documents.rows.query import chunks
from careergraph.store.editing.import_jobs import Lease, leased_row
from careergraph.store.tables.editing import AuditRow
from careergraph.store.tables.imports import ImportItemRow, ImportJobRow

BATCH = 1_000
"""Rows of a report that are written with one statement."""


class ItemKind(DescribedEnum):
    """The kind of an entry in the report of an import."""

    NEW = "NEW", "A document that the import adds."
    CHANGED = "CHANGED", "A document that the import changes."
    GONE = "GONE", "A document that the source has no longer, so that it is unpublished."
    MATCHED = "MATCHED", "A document that was there, and is the source's too; `source` is what it was known by."
    CONFLICT = "CONFLICT", "A field that the source and editors changed; what editors have stays."
    KEPT = "KEPT", "A field in which editors had another value before the first import, which stays."
    OTHER = "OTHER", "A field in which another import or the demonstration has another value, which stays."
    BUSY = "BUSY", "A document that is left alone, as editors have a draft of it."
    ARCHIVED = "ARCHIVED", "A document that is left alone, as editors archived it."
    NEEDED = "NEEDED", "A document that the source has no longer, and that stays, as others refer to it."


class Item(NamedTuple):
    """An entry of a report: a document, or one field of it. `detail` holds the two sides of a field, or the changed
    fields of a document."""

    kind: ItemKind
    key: Key
    path: str = ""
    detail: dict[str, Any] | None = None


class ItemCount(NamedTuple):
    """How many items of a kind a report has, of documents of a type."""

    kind: ItemKind
    type: str
    total: int


def store_report(session: Session, lease: Lease, report: Mapping[str, Any], items: Iterable[Item]) -> None:
    """Store the report of a job in place of an earlier one. Raises LeaseLost."""
    leased_row(session, lease).report = dict(report)
    session.execute(delete(ImportItemRow).where(ImportItemRow.job_id == lease.number))
    for some in chunks(enumerate(items, 1), BATCH):
        rows = [
            {
                "job_id": lease.number,
                "position": position,
                "kind": str(item.kind),
                "document_type": item.key[0],
                "slug": item.key[1],
                "path": item.path,
                "detail": item.detail,
            }
            for position, item in some
        ]
        session.execute(insert(ImportItemRow), rows)


def forget_report(session: Session, number: int) -> None:
    """Remove the report of a job."""
    session.execute(delete(ImportItemRow).where(ImportItemRow.job_id == number))
    row = session.get(ImportJobRow, number)
    if row is not None:
        row.report = None
    session.flush()


def changed_since(session: Session, number: int, audited: int) -> Key | None:
    """Return a document of a job's report that a verb was called on after an entry of the audit log; None if there is
    none."""
    planned = select(ImportItemRow.document_type, ImportItemRow.slug).where(ImportItemRow.job_id == number)
    query = select(AuditRow.document_type, AuditRow.slug).where(
        AuditRow.sequence > audited, tuple_(AuditRow.document_type, AuditRow.slug).in_(planned)
    )
    row = session.execute(query.order_by(AuditRow.sequence).limit(1)).first()
    return None if row is None else (str(row[0]), str(row[1]))


def list_items(  # noqa: PLR0913 - the conditions of a list
    *,
    number: int,
    within: Collection[str] | None = None,
    kind: Collection[str] | None = None,
    type: str | None = None,
    slug: str | None = None,
    descending: bool = False,
) -> SortedQuery[Item]:
    """Return the items of a report, of some kinds, of a document; with `within`, only those of these types."""
    equal = {ImportItemRow.document_type: type, ImportItemRow.slug: slug}
    query = matching(select(ImportItemRow).where(ImportItemRow.job_id == number), equal)
    if within is not None:
        query = query.where(ImportItemRow.document_type.in_(sorted(within)))
    if kind is not None:
        query = query.where(ImportItemRow.kind.in_([str(it) for it in kind]))
    return SortedQuery(
        query=query, key=(ImportItemRow.position,), make=lambda row: _item(row[0]), descending=descending
    )


def count_items(session: Session, number: int, within: Collection[str] | None = None) -> tuple[ItemCount, ...]:
    """Count the items of a report, by kind and type of document; with `within`, only those of these types."""
    by = (ImportItemRow.kind, ImportItemRow.document_type)
    query = select(*by, func.count()).where(ImportItemRow.job_id == number).group_by(*by)
    rows = {(ItemKind(row[0]), row[1]): row[2] for row in session.execute(query)}
    order = [(kind, type_name) for kind in ItemKind for type_name in BY_TYPE if within is None or type_name in within]
    return tuple([ItemCount(*it, rows[it]) for it in order if it in rows])


def _item(row: ImportItemRow) -> Item:
    return Item(ItemKind(row.kind), (row.document_type, row.slug), row.path, row.detail)
