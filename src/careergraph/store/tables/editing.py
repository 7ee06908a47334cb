"""The tables of editing: revisions, drafts, releases, schedules, tokens, the audit log, and events for others.

The modules that read and write a table return values of their own, never its rows.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.tables.table import Id, Name, Position, Table, Word, owner, partial_index, reference

PRESENT = "live OR draft IS NOT NULL OR archived"
"""The condition, on `document`, of a document that there is now: live, as a draft, or put away."""


class PairRow(Table):
    """What an editor says of two careers; live, as the tables of `models` are. `slug` is that of their comparison."""

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

    slug: Mapped[Word]
    title: Mapped[str]
    note: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    published_version: Mapped[int | None] = reference("catalog_version", "version")
    discarded: Mapped[bool]


class DocumentRow(Table):
    """A document, under whatever names it has had, and how it stands on the desk. Its row stays once it is gone, with
    the name that it had last; of the documents of one type that are present, no two have one name.

    `last`, `published`, `draft`, `base` and `release_revision`, which its release publishes, are numbers of its
    revisions. What lists show is that of its newest state, the open draft or what was published last: the `title` in
    the default locale, and by whom and when it was `changed`. `contributors` wrote on the open draft; who handed it in,
    who reviews it and who sent it back is that of the last time.
    """

    __table_args__ = (
        Index(None, "document_type", "slug"),
        partial_index(f"uq_{TABLE_PREFIX}document_present", "document_type", "slug", where=PRESENT, unique=True),
        Index(f"ix_{TABLE_PREFIX}document_state", "document_type", "live", "draft", "archived", "review", "slug"),
        Index(None, "document_type", "changed_at", "id"),
        Index(None, "document_type", "changed_by", "id"),
    )

    id: Mapped[Id]
    document_type: Mapped[str]
    slug: Mapped[str]
    title: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    last: Mapped[int]
    published: Mapped[int | None]
    live: Mapped[bool]
    draft: Mapped[int | None]
    base: Mapped[int | None]
    review: Mapped[bool]
    release: Mapped[str | None] = reference("release", "slug")
    release_revision: Mapped[int | None]
    archived: Mapped[bool]
    contributors: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None]
    assignee: Mapped[str | None]
    sent_back_at: Mapped[datetime | None]
    sent_back_by: Mapped[str | None]
    sent_back_reason: Mapped[str | None]


class ScheduleRow(Table):
    """Something to publish, or to publish no longer, at an instant: a document or a release."""

    __table_args__ = (
        CheckConstraint("action IN ('PUBLISH', 'UNPUBLISH')", name="action"),
        CheckConstraint("(document_id IS NULL) <> (release IS NULL)", name="one_thing"),
        Index(None, "done_at", "due_at"),
    )

    id: Mapped[Id]
    action: Mapped[str]
    document_id: Mapped[int | None] = reference("document")
    release: Mapped[str | None] = reference("release", "slug")
    revision: Mapped[int | None]
    locales: Mapped[dict[str, Any] | None]
    due_at: Mapped[datetime]
    zone: Mapped[str]
    author: Mapped[str]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    cancelled: Mapped[bool]
    held_reason: Mapped[str | None]


class RedirectRow(Table):
    """A former name of a document. `new` is its present name, never another old one."""

    document_type: Mapped[Word]
    old: Mapped[Word]
    new: Mapped[str]


class RedirectChangeRow(Table):
    """That a name of before led elsewhere, or (`new` NULL) nowhere, from a version of the catalog on."""

    id: Mapped[Id]
    version: Mapped[int] = mapped_column(index=True)
    document_type: Mapped[str]
    old: Mapped[str]
    new: Mapped[str | None]


class SavedFilterRow(Table):
    """A filter that a person keeps for a screen."""

    owner: Mapped[Word]
    screen: Mapped[Word]
    name: Mapped[Word]
    filter: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class TokenRow(Table):
    """A right that a secret proves, kept as the secret's SHA-256: access for a program, or a preview."""

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
    """One thing that somebody did; never changed, never removed. `digest` covers the row and the digest before it, but
    for `document_id`, by which the entries of a document are found under whatever name it had."""

    __table_args__ = (
        Index(None, "document_type", "slug"),
        *[Index(None, it) for it in ("slug", "actor", "at", "document_id")],
    )

    sequence: Mapped[Position]
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    document_type: Mapped[str | None]
    slug: Mapped[str | None]
    document_id: Mapped[int | None]
    detail: Mapped[dict[str, Any] | None]
    previous: Mapped[str]
    digest: Mapped[str]


class AuditHeadRow(Table):
    """How long the audit log is and how it ends: without this one row, nobody would miss rows cut off its end."""

    chain: Mapped[Word]
    sequence: Mapped[int]
    digest: Mapped[str]


class OutboxRow(Table):
    """An event to tell others of, written in the transaction that it happened in."""

    sequence: Mapped[Position]
    event: Mapped[str]
    payload: Mapped[dict[str, Any] | None]
    version: Mapped[int | None]
    created_at: Mapped[datetime]


class OutboxDocumentRow(Table):
    """A document that an event is about. Events about one document reach an endpoint in their order."""

    __table_args__ = (Index(None, "document_type", "slug"),)

    sequence: Mapped[int] = owner("outbox", "sequence")
    document_type: Mapped[Word]
    slug: Mapped[Word]


class EndpointRow(Table):
    """Where events are sent. Its secrets are derived (see `endpoints`): here is only which of them is in use."""

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
    """An event on its way to an endpoint. Whoever sends it holds a lease; an urgent one waits for no other."""

    __table_args__ = (
        CheckConstraint("state IN ('PENDING', 'DELIVERED', 'FAILED')", name="state"),
        Index(None, "state", "next_at"),
    )

    endpoint_id: Mapped[int] = owner("endpoint")
    sequence: Mapped[int] = reference("outbox", "sequence", primary_key=True)
    state: Mapped[str]
    urgent: Mapped[bool] = mapped_column(server_default=false())
    attempt: Mapped[int]
    next_at: Mapped[datetime]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str | None]


class ImportedRow(Table):
    """The sections of a document in an import, which saved the revision `number` as a draft. `ident` is its identity in
    the source; the `body` None is a removal."""

    __table_args__ = (Index(None, "importer", "ident"),)

    id: Mapped[Id]
    importer: Mapped[str]
    ident: Mapped[str]
    document_id: Mapped[int] = reference("document")
    number: Mapped[int]
    body: Mapped[dict[str, Any] | None]


class CatalogVersion(Table):
    """One publish. The row with the highest version is the catalog that is live."""

    version: Mapped[Position]
    published_at: Mapped[datetime] = mapped_column(index=True)
    note: Mapped[str]


class Revision(Table):
    """One state of one document, whole; never changed, never removed.

    `number` counts the revisions of the document from 1. `slug` is its name then. `body` is the document, NULL where
    the revision removes it. `version` is the catalog version that published it, NULL for a draft. `cause` is what made
    it.
    """

    __table_args__ = (UniqueConstraint("document_id", "number"), Index(None, "document_type", "slug"))

    id: Mapped[Id]
    document_id: Mapped[int] = reference("document")
    document_type: Mapped[str]
    slug: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any] | None]
    author: Mapped[str]
    note: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int | None] = reference("catalog_version", "version")
    cause: Mapped[str]
