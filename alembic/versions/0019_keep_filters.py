"""Keep the filters that people save for themselves

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "careergraph_saved_filter"


def upgrade() -> None:
    op.create_table(
        TABLE,
        *[sa.Column(name, sa.String(), nullable=False) for name in ("owner", "screen", "name")],
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "screen", "name", name=op.f(f"pk_{TABLE}")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
