"""The tables of reviews: people, approvals and comments."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.tables.table import Id, Position, Table, Word, owner, reference


class ApprovalRow(Table):
    """That somebody approved a revision of a document."""

    document_id: Mapped[int] = owner("document")
    revision: Mapped[Position]
    author: Mapped[Word]
    created_at: Mapped[datetime]


class CommentRow(Table):
    """A comment on a field of a document, as of a revision."""

    id: Mapped[Id]
    document_id: Mapped[int] = reference("document")
    revision: Mapped[int]
    path: Mapped[str]
    text: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]


class PersonRow(Table):
    """Somebody who signed in as an editor, as of the last time. Others keep the `name` only, so that a display name may
    change or be erased. `label` is both names in the form that they are searched and sorted in."""

    name: Mapped[Word]
    display_name: Mapped[str]
    label: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    types: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    last_seen_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
