"""Index what lists ask of documents; `index_all` fills the tables

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PREFIX = "careergraph_"


def upgrade() -> None:
    create(
        "document_index",
        ("draft",),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
    )
    create(
        "document_wording",
        ("draft", "locale"),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
    )
    create(
        "draft_reference",
        ("target_type", "target_slug"),
        sa.Column("target_type", sa.String(), nullable=False),
        sa.Column("target_slug", sa.String(), nullable=False),
    )
    name = op.f(f"ix_{PREFIX}draft_reference_target_type_target_slug")
    op.create_index(name, f"{PREFIX}draft_reference", ["target_type", "target_slug"])
    create(
        "draft_figure",
        ("position",),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
    )
    create(
        "draft_link",
        ("skill_position", "position"),
        sa.Column("skill_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("wording", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
    )


def create(name: str, key: tuple[str, ...], *columns: sa.Column[object]) -> None:
    table = PREFIX + name
    op.create_table(
        table,
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["document_id"], [f"{PREFIX}document.id"], name=op.f(f"fk_{table}_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", *key, name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for name in ("draft_link", "draft_figure", "draft_reference", "document_wording", "document_index"):
        op.drop_table(PREFIX + name)
