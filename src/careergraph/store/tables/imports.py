"""The tables of import jobs: uploads, jobs and reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from careergraph.store.tables.table import Id, Position, Table, Word, owner, reference


class UploadRow(Table):
    """A file that was uploaded for an import. Its bytes are in the folder of uploads, under its ident."""

    ident: Mapped[Word]
    name: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ImportJobRow(Table):
    """An import that runs outside of the request. Whoever runs it has a lease; `plan_of` is the dry run whose plan it
    carries out. `audited` is the end of the audit log that a plan was made with."""

    __table_args__ = (
        CheckConstraint("kind IN ('ONET', 'ESCO', 'FIGURES', 'TABLE')", name="kind"),
        CheckConstraint("state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')", name="state"),
        CheckConstraint("NOT (dry_run AND publish)", name="dry_run_publishes_nothing"),
        Index(None, "state"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    options: Mapped[dict[str, Any]]
    dry_run: Mapped[bool]
    publish: Mapped[bool]
    plan_of: Mapped[int | None] = reference("import_job")
    role: Mapped[str]
    scopes: Mapped[dict[str, Any]]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    state: Mapped[str]
    attempt: Mapped[int]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    cancelling: Mapped[bool]
    step: Mapped[str | None]
    percent: Mapped[int]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    release: Mapped[str | None]
    version: Mapped[int | None]
    audited: Mapped[int | None]
    problems: Mapped[list[Any]]
    report: Mapped[dict[str, Any] | None]


class ImportItemRow(Table):
    """One document, or one field of it, in the report of an import."""

    __table_args__ = (Index(None, "job_id", "kind"),)

    job_id: Mapped[int] = owner("import_job")
    position: Mapped[Position]
    kind: Mapped[str]
    document_type: Mapped[str]
    slug: Mapped[str]
    path: Mapped[str]
    detail: Mapped[dict[str, Any] | None]
