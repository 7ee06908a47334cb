"""Keep who reviews a draft, who approved it, and comments on its fields

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DOCUMENT = "careergraph_document"
COLUMNS = {
    "contributors": sa.JSON(),
    "submitted_at": sa.DateTime(timezone=True),
    "submitted_by": sa.String(),
    "assignee": sa.String(),
    "sent_back_at": sa.DateTime(timezone=True),
    "sent_back_by": sa.String(),
    "sent_back_reason": sa.String(),
}
DOCUMENTS = sa.table(
    DOCUMENT,
    *[sa.column(name, sa.Integer()) for name in ("id", "published", "draft")],
    sa.column("review", sa.Boolean()),
    *[sa.column(name, kind) for name, kind in COLUMNS.items()],
)
REVISIONS = sa.table(
    "careergraph_revision",
    *[sa.column(name, sa.Integer()) for name in ("document_id", "number", "version")],
    sa.column("author", sa.String()),
)
AUDIT = sa.table(
    "careergraph_audit",
    *[sa.column(name, sa.Integer()) for name in ("sequence", "document_id")],
    *[sa.column(name, sa.String()) for name in ("actor", "verb")],
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.add_column(DOCUMENT, sa.Column(name, kind, nullable=True))
    op.create_table(
        "careergraph_approval",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of_document("approval", "CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "revision", "author", name=op.f("pk_careergraph_approval")),
    )
    op.create_table(
        "careergraph_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("path", "text", "author")],
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        _of_document("comment", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_comment")),
    )
    op.create_index(op.f("ix_careergraph_comment_document_id"), "careergraph_comment", ["document_id"])
    tell_of_open_drafts(op.get_bind())


def downgrade() -> None:
    op.drop_table("careergraph_comment")
    op.drop_table("careergraph_approval")
    for name in COLUMNS:
        op.drop_column(DOCUMENT, name)


def _of_document(table: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_careergraph_{table}_document_id")
    return sa.ForeignKeyConstraint(["document_id"], [f"{DOCUMENT}.id"], name=name, ondelete=ondelete)


def tell_of_open_drafts(connection: sa.Connection) -> None:
    """Names who wrote on the open drafts, and who handed those in that are in review."""
    for row in connection.execute(sa.select(DOCUMENTS).where(DOCUMENTS.c.draft.is_not(None))).all():
        drafted = REVISIONS.c.document_id == row.id, REVISIONS.c.version.is_(None)
        authors = sa.select(REVISIONS.c.author).where(*drafted, REVISIONS.c.number > (row.published or 0)).distinct()
        cells = {"contributors": sorted(connection.scalars(authors))}
        if row.review:
            submits = sa.select(AUDIT.c.actor, AUDIT.c.at).order_by(AUDIT.c.sequence.desc()).limit(1)
            submits = submits.where(AUDIT.c.document_id == row.id, AUDIT.c.verb == "submit-for-review")
            if (last := connection.execute(submits).first()) is not None:
                cells |= {"submitted_by": last.actor, "submitted_at": last.at}
        connection.execute(sa.update(DOCUMENTS).where(DOCUMENTS.c.id == row.id).values(cells))
