"""Create the tables of careers' profiles, which their neighbours are found by, and of published relations

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("careergraph_career_relation", "careergraph_career_profile")


def upgrade() -> None:
    op.create_table(
        "careergraph_career_profile",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.JSON(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("knowledge", sa.JSON(none_as_null=True), nullable=False),
        _owner("careergraph_career_profile"),
        _source("careergraph_career_profile"),
        sa.PrimaryKeyConstraint("career_id", name=op.f("pk_careergraph_career_profile")),
    )
    op.create_table(
        "careergraph_career_relation",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        _owner("careergraph_career_relation"),
        _source("careergraph_career_relation"),
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f("pk_careergraph_career_relation")),
    )
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_source_id"), table, ["source_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _owner(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_career_id")
    return sa.ForeignKeyConstraint(["career_id"], ["careergraph_career.id"], name=name, ondelete="CASCADE")


def _source(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_source_id")
    return sa.ForeignKeyConstraint(["source_id"], ["careergraph_source.id"], name=name, ondelete="RESTRICT")
