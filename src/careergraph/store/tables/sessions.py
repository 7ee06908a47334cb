"""The table of sessions: who is signed in to the admin."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.tables.table import Id, Name, Table


class SessionRow(Table):
    """A person who is signed in to the admin: by an access token, as a user of the host, as the first administrator, or
    at a provider, with what that said of the person. The id that the browser keeps is stored as its SHA-256."""

    __table_args__ = (
        CheckConstraint("kind IN ('TOKEN', 'HOST', 'FIRST', 'PROVIDER')", name="kind"),
        CheckConstraint("(kind = 'TOKEN') = (token_prefix IS NOT NULL)", name="token"),
        CheckConstraint("(kind = 'PROVIDER') = (claims IS NOT NULL)", name="claims"),
        Index(None, "actor"),
    )

    id: Mapped[Id]
    hash: Mapped[Name]
    kind: Mapped[str]
    actor: Mapped[str]
    token_prefix: Mapped[str | None]
    claims: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
