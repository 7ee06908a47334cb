"""Uploaded images: the data of each file. The store of media has their content."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import ImageDocument
from careergraph.store.documents.pictures import FilePart
from careergraph.store.tables.editing import Revision
from careergraph.store.tables.media import MediaFileRow
from careergraph.store.tables.table import value_of


def add_file(session: Session, file: FilePart, author: str) -> None:
    """Store the data of a file that is uploaded now, perhaps once more."""
    now = datetime.now(UTC)
    same = update(MediaFileRow).where(MediaFileRow.sha256 == file.sha256).values(uploaded_at=now)
    if not session.execute(same.returning(MediaFileRow.sha256)).all():
        cells = {name: getattr(file, name) for name in file.__struct_fields__}
        session.add(MediaFileRow(**cells, uploaded_by=author, uploaded_at=now))
        session.flush()


def find_files(session: Session, names: Collection[str] | None = None) -> dict[str, FilePart]:
    """Return the files of some SHA-256, or all."""
    query = select(MediaFileRow).order_by(MediaFileRow.sha256)
    query = query if names is None else query.where(MediaFileRow.sha256.in_(names))
    return {row.sha256: value_of(FilePart, row) for row in session.scalars(query)}


def unused_files(session: Session, before: datetime, first: int) -> tuple[FilePart, ...]:
    """Return some files that were last uploaded before an instant and that no revision of an image names."""
    bodies = session.scalars(select(Revision.body).where(Revision.document_type == ImageDocument.TYPE))
    used = {(body or {}).get("file", {}).get("sha256") for body in bodies}
    rows = session.scalars(select(MediaFileRow).where(MediaFileRow.uploaded_at < before))
    return tuple([value_of(FilePart, row) for row in rows if row.sha256 not in used][:first])


def remove_files(session: Session, files: Iterable[FilePart]) -> None:
    """Forget files."""
    session.execute(delete(MediaFileRow).where(MediaFileRow.sha256.in_([file.sha256 for file in files])))
