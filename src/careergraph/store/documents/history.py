"""History: the versions of the catalog, and the revisions of each document."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.tables.content import Id, Position, Table


class CatalogVersion(Table):
    """One publish. The row with the highest version is the catalog that is live."""

    __tablename__ = f"{TABLE_PREFIX}catalog_version"

    version: Mapped[Position]
    published_at: Mapped[datetime] = mapped_column(index=True)
    note: Mapped[str]


class Revision(Table):
    """One state of one document, whole; never changed, never removed.

    `number` counts the revisions of the document from 1. `body` is the document, NULL where the revision removes it.
    `version` is the catalog version that published it, NULL for a draft.
    """

    __tablename__ = f"{TABLE_PREFIX}revision"
    __table_args__ = (UniqueConstraint("document_type", "slug", "number"),)

    id: Mapped[Id]
    document_type: Mapped[str]
    slug: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any] | None]
    author: Mapped[str]
    note: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int | None] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}catalog_version.version", ondelete="RESTRICT"), index=True
    )
