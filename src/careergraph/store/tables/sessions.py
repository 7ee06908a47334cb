"""The table of sessions: who is signed in to the admin."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from careergraph.store.tables.table import Id, Name, Table


class SessionRow(Table):
    """A person who is signed in to the admin: by an access token, as a user of the host, or as the first administrator.
    The id that the browser keeps is stored as its SHA-256."""

    __table_args__ = (
        CheckConstraint("kind IN ('TOKEN', 'HOST', 'FIRST')", name="kind"),
        CheckConstraint("(kind = 'TOKEN') = (token_prefix IS NOT NULL)", name="token"),
        Index(None, "actor"),
    )

    id: Mapped[Id]
    hash: Mapped[Name]
    kind: Mapped[str]
    actor: Mapped[str]
    token_prefix: Mapped[str | None]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
