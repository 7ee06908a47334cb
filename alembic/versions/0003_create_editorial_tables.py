"""Create the tables of the editors' desk: drafts, releases, schedules, redirects, tokens, audit log, outbox; and pairs

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "careergraph_audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_careergraph_audit")),
    )
    op.create_index(op.f("ix_careergraph_audit_document_type_slug"), "careergraph_audit", ["document_type", "slug"])
    op.create_table(
        "careergraph_audit_head",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_careergraph_audit_head")),
    )
    op.create_table(
        "careergraph_endpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("paused_reason", sa.String(), nullable=True),
        sa.Column("secret_number", sa.Integer(), nullable=False),
        sa.Column("old_secret_number", sa.Integer(), nullable=True),
        sa.Column("old_secret_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_endpoint")),
    )
    op.create_table(
        "careergraph_outbox",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_careergraph_outbox")),
    )
    op.create_table(
        "careergraph_redirect",
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document_type", "old", name=op.f("pk_careergraph_redirect")),
    )
    op.create_table(
        "careergraph_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("scopes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("selection", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'PREVIEW' OR expires_at IS NOT NULL", name=op.f("ck_careergraph_token_preview_expires")
        ),
        sa.CheckConstraint("kind IN ('ACCESS', 'PREVIEW')", name=op.f("ck_careergraph_token_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_token")),
        sa.UniqueConstraint("prefix", name=op.f("uq_careergraph_token_prefix")),
    )
    op.create_table(
        "careergraph_delivery",
        sa.Column("endpoint_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('PENDING', 'DELIVERED', 'FAILED')", name=op.f("ck_careergraph_delivery_state")),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["careergraph_endpoint.id"],
            name=op.f("fk_careergraph_delivery_endpoint_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sequence"],
            ["careergraph_outbox.sequence"],
            name=op.f("fk_careergraph_delivery_sequence"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("endpoint_id", "sequence", name=op.f("pk_careergraph_delivery")),
    )
    op.create_index(op.f("ix_careergraph_delivery_sequence"), "careergraph_delivery", ["sequence"])
    op.create_index(op.f("ix_careergraph_delivery_state_next_at"), "careergraph_delivery", ["state", "next_at"])
    op.create_table(
        "careergraph_release",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("discarded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_version"],
            ["careergraph_catalog_version.version"],
            name=op.f("fk_careergraph_release_published_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_careergraph_release")),
    )
    op.create_index(op.f("ix_careergraph_release_published_version"), "careergraph_release", ["published_version"])
    op.create_table(
        "careergraph_document_state",
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"],
            ["careergraph_release.slug"],
            name=op.f("fk_careergraph_document_state_release"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("document_type", "slug", name=op.f("pk_careergraph_document_state")),
    )
    op.create_index(op.f("ix_careergraph_document_state_release"), "careergraph_document_state", ["release"])
    op.create_table(
        "careergraph_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("featured", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["a_id"], ["careergraph_career.id"], name=op.f("fk_careergraph_pair_a_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["b_id"], ["careergraph_career.id"], name=op.f("fk_careergraph_pair_b_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_pair")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_pair_slug")),
    )
    op.create_index(op.f("ix_careergraph_pair_a_id"), "careergraph_pair", ["a_id"])
    op.create_index(op.f("ix_careergraph_pair_b_id"), "careergraph_pair", ["b_id"])
    op.create_table(
        "careergraph_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("action IN ('PUBLISH', 'UNPUBLISH')", name=op.f("ck_careergraph_schedule_action")),
        sa.CheckConstraint("(document_type IS NULL) = (slug IS NULL)", name=op.f("ck_careergraph_schedule_document")),
        sa.CheckConstraint("(slug IS NULL) <> (release IS NULL)", name=op.f("ck_careergraph_schedule_one_thing")),
        sa.ForeignKeyConstraint(
            ["release"], ["careergraph_release.slug"], name=op.f("fk_careergraph_schedule_release"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_schedule")),
    )
    op.create_index(op.f("ix_careergraph_schedule_done_at_due_at"), "careergraph_schedule", ["done_at", "due_at"])
    op.create_index(op.f("ix_careergraph_schedule_release"), "careergraph_schedule", ["release"])


def downgrade() -> None:
    """What the desk held goes with it, also pairs: the tables before know no such document. Drafts stay, as history."""
    op.drop_table("careergraph_schedule")
    op.drop_table("careergraph_pair")
    op.drop_table("careergraph_document_state")
    op.drop_table("careergraph_release")
    op.drop_table("careergraph_delivery")
    op.drop_table("careergraph_token")
    op.drop_table("careergraph_redirect")
    op.drop_table("careergraph_outbox")
    op.drop_table("careergraph_endpoint")
    op.drop_table("careergraph_audit_head")
    op.drop_table("careergraph_audit")
    revision_table = sa.table("careergraph_revision", sa.column("document_type"))
    op.execute(sa.delete(revision_table).where(revision_table.c.document_type == "pair"))
