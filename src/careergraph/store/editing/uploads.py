"""Uploads: the rows of files that were uploaded for imports. Their bytes are in a folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from careergraph.store.tables.imports import UploadRow
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was uploaded; its `digest` is the SHA-256 in hex."""

    ident: str
    name: str
    size: int
    digest: str
    created_by: str
    created_at: datetime


def add_upload(session: Session, upload: Upload) -> None:
    """Store the row of an upload."""
    session.add(UploadRow(**{name: getattr(upload, name) for name in Upload.__annotations__}))
    session.flush()


def uploads(session: Session, idents: Iterable[str]) -> dict[str, Upload]:
    """Return uploads by ident; unknown ones are left out."""
    rows = session.scalars(select(UploadRow).where(UploadRow.ident.in_(list(idents))))
    return {row.ident: value_of(Upload, row) for row in rows}


def every_upload(session: Session) -> tuple[Upload, ...]:
    """Return all uploads, oldest first."""
    return tuple([value_of(Upload, row) for row in session.scalars(select(UploadRow).order_by(UploadRow.created_at))])


def remove_upload(session: Session, ident: str) -> None:
    """Remove the row of an upload."""
    session.execute(delete(UploadRow).where(UploadRow.ident == ident))
