"""The table of the files of images."""

from datetime import datetime
from typing import Annotated

from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.tables.table import Table

Digest = Annotated[str, mapped_column(primary_key=True)]


class MediaFileRow(Table):
    """A file that was uploaded, by its SHA-256. The store of media has its content."""

    sha256: Mapped[Digest]
    media_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    bytes: Mapped[int]
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
