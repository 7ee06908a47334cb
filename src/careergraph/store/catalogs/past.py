"""The past: which version of the catalog was current when, and what it held."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import BY_TYPE, CareerDocument, Document
from careergraph.store.documents.history import CatalogVersion, Revision


class CatalogVersionInfo(NamedTuple):
    """A version of the catalog, and when it was published. Both, because a restored database may count anew."""

    version: int
    published_at: datetime


def newest(session: Session) -> CatalogVersionInfo | None:
    """The version that is live; None before anything was published."""
    return _first(session, None)


def version_at(session: Session, instant: datetime) -> CatalogVersionInfo | None:
    """The version that was current at an instant; None before the first."""
    return _first(session, instant)


def version_info(session: Session, version: int) -> CatalogVersionInfo | None:
    """A version; None where there is none of that number."""
    row = session.get(CatalogVersion, version) if abs(version) < _MOST_VERSIONS else None
    return None if row is None else CatalogVersionInfo(row.version, row.published_at)


_MOST_VERSIONS = 2**31
"""Numbers beyond this are no version, and more than a database may be asked for."""


def documents_at(session: Session, version: int) -> tuple[Document, ...]:
    """The documents that were live at a version, from their revisions. Raises msgspec.ValidationError."""
    last = (
        select(Revision.document_type, Revision.slug, func.max(Revision.number).label("number"))
        .where(Revision.version <= version)
        .group_by(Revision.document_type, Revision.slug)
        .subquery()
    )
    query = select(Revision.document_type, Revision.body).join(
        last,
        (Revision.document_type == last.c.document_type)
        & (Revision.slug == last.c.slug)
        & (Revision.number == last.c.number),
    )
    rows = session.execute(query.where(Revision.body.is_not(None)))
    return tuple([msgspec.convert(body, BY_TYPE[type_name]) for type_name, body in rows])


def careers_published_at(session: Session, version: int) -> Mapping[str, datetime]:
    """When each career was last published, by slug, up to a version."""
    query = (
        select(Revision.slug, func.max(CatalogVersion.published_at))
        .join(CatalogVersion, Revision.version == CatalogVersion.version)
        .where(Revision.document_type == CareerDocument.TYPE, Revision.version <= version)
        .group_by(Revision.slug)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _first(session: Session, until: datetime | None) -> CatalogVersionInfo | None:
    query = select(CatalogVersion.version, CatalogVersion.published_at).order_by(CatalogVersion.version.desc()).limit(1)
    if until is not None:
        query = query.where(CatalogVersion.published_at <= until)
    row = session.execute(query).first()
    return None if row is None else CatalogVersionInfo(*row)
