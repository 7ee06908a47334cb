"""The tables of the editors' desk: what is under way, who may, what was done, and who is told of it.

None of it is published. The modules that read and write a table answer with values of their own, never with its rows:
`drafts`, `releases`, `schedules`, `redirects`, `tokens`, `audit`, `outbox`, `endpoints`, `deliveries`, `imported`.
"""

from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.tables.content import Id, Name, Position, Table, reference

Word = Annotated[str, mapped_column(primary_key=True)]


class PairRow(Table):
    """What an editor says of two careers; live, as the tables of `models` are. `slug` is that of their comparison."""

    __tablename__ = f"{TABLE_PREFIX}pair"

    id: Mapped[Id]
    slug: Mapped[Name]
    a_id: Mapped[int] = reference("career")
    b_id: Mapped[int] = reference("career")
    introduction: Mapped[dict[str, str]]
    questions: Mapped[list[Any]]
    featured: Mapped[bool]
    hidden: Mapped[bool]


class ReleaseRow(Table):
    """A named bundle of drafts that become live as one version."""

    __tablename__ = f"{TABLE_PREFIX}release"

    slug: Mapped[Word]
    title: Mapped[str]
    note: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    published_version: Mapped[int | None] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}catalog_version.version", ondelete="RESTRICT"), index=True
    )
    discarded: Mapped[bool]


class StateRow(Table):
    """How a document stands on the desk. `draft` and `base` are numbers of its revisions; no row means: untouched."""

    __tablename__ = f"{TABLE_PREFIX}document_state"

    document_type: Mapped[Word]
    slug: Mapped[Word]
    draft: Mapped[int | None]
    base: Mapped[int | None]
    review: Mapped[bool]
    release: Mapped[str | None] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}release.slug", ondelete="RESTRICT"), index=True
    )
    archived: Mapped[bool]


class ScheduleRow(Table):
    """Something to publish, or to publish no longer, at an instant: a document or a release."""

    __tablename__ = f"{TABLE_PREFIX}schedule"
    __table_args__ = (
        CheckConstraint("action IN ('PUBLISH', 'UNPUBLISH')", name="action"),
        CheckConstraint("(document_type IS NULL) = (slug IS NULL)", name="document"),
        CheckConstraint("(slug IS NULL) <> (release IS NULL)", name="one_thing"),
        Index(None, "done_at", "due_at"),
    )

    id: Mapped[Id]
    action: Mapped[str]
    document_type: Mapped[str | None]
    slug: Mapped[str | None]
    release: Mapped[str | None] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}release.slug", ondelete="RESTRICT"), index=True
    )
    due_at: Mapped[datetime]
    zone: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    cancelled: Mapped[bool]


class RedirectRow(Table):
    """What a document was called before. `new` is what it is called now, never another old name."""

    __tablename__ = f"{TABLE_PREFIX}redirect"

    document_type: Mapped[Word]
    old: Mapped[Word]
    new: Mapped[str]


class RedirectChangeRow(Table):
    """That a name of before led elsewhere, or (`new` NULL) nowhere, from a version of the catalog on."""

    __tablename__ = f"{TABLE_PREFIX}redirect_change"

    id: Mapped[Id]
    version: Mapped[int] = mapped_column(index=True)
    document_type: Mapped[str]
    old: Mapped[str]
    new: Mapped[str | None]


class TokenRow(Table):
    """A right that a secret proves, kept as the secret's SHA-256: access for a program, or a preview."""

    __tablename__ = f"{TABLE_PREFIX}token"
    __table_args__ = (
        CheckConstraint("kind IN ('ACCESS', 'PREVIEW')", name="kind"),
        CheckConstraint("kind <> 'PREVIEW' OR expires_at IS NOT NULL", name="preview_expires"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    prefix: Mapped[Name]
    hash: Mapped[str]
    name: Mapped[str]
    role: Mapped[str | None]
    scopes: Mapped[dict[str, Any] | None]
    selection: Mapped[dict[str, Any] | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AuditRow(Table):
    """One thing that somebody did; never changed, never removed. `digest` covers the row and the digest before it."""

    __tablename__ = f"{TABLE_PREFIX}audit"
    __table_args__ = (Index(None, "document_type", "slug"),)

    sequence: Mapped[Position]
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    document_type: Mapped[str | None]
    slug: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
    previous: Mapped[str]
    digest: Mapped[str]


class AuditHeadRow(Table):
    """How long the audit log is and how it ends: without this one row, nobody would miss rows cut off its end."""

    __tablename__ = f"{TABLE_PREFIX}audit_head"

    chain: Mapped[Word]
    sequence: Mapped[int]
    digest: Mapped[str]


class OutboxRow(Table):
    """An event to tell others of, written in the transaction that it happened in."""

    __tablename__ = f"{TABLE_PREFIX}outbox"

    sequence: Mapped[Position]
    event: Mapped[str]
    key: Mapped[str]
    payload: Mapped[dict[str, Any] | None]
    version: Mapped[int | None]
    created_at: Mapped[datetime]


class EndpointRow(Table):
    """Where events are sent. Its secrets are derived (see `endpoints`): here is only which of them is in use."""

    __tablename__ = f"{TABLE_PREFIX}endpoint"

    id: Mapped[Id]
    url: Mapped[str]
    events: Mapped[list[Any]]
    active: Mapped[bool]
    paused_reason: Mapped[str | None]
    secret_number: Mapped[int]
    old_secret_number: Mapped[int | None]
    old_secret_until: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class DeliveryRow(Table):
    """An event on its way to an endpoint. Whoever sends it holds a lease meanwhile."""

    __tablename__ = f"{TABLE_PREFIX}delivery"
    __table_args__ = (
        CheckConstraint("state IN ('PENDING', 'DELIVERED', 'FAILED')", name="state"),
        Index(None, "state", "next_at"),
    )

    endpoint_id: Mapped[int] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}endpoint.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sequence: Mapped[int] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}outbox.sequence", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    key: Mapped[str]
    state: Mapped[str]
    attempt: Mapped[int]
    next_at: Mapped[datetime]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str | None]


class ImportedRow(Table):
    """What an import said of a document, in its own words, when it saved the revision `number` as a draft. `ident` is
    what the import knows the document by, `body` is None where it said that the document is to go."""

    __tablename__ = f"{TABLE_PREFIX}imported"
    __table_args__ = (Index(None, "importer", "ident"), Index(None, "document_type", "slug"))

    id: Mapped[Id]
    importer: Mapped[str]
    ident: Mapped[str]
    document_type: Mapped[str]
    slug: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any] | None]
