"""Keep which percentiles the ends of a range are, and the share of answers that a level rests on

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "careergraph_value"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("low_percentile", sa.Integer(), nullable=True))
    op.add_column(TABLE, sa.Column("high_percentile", sa.Integer(), nullable=True))
    op.add_column(TABLE, sa.Column("share", sa.Double(), nullable=True))


def downgrade() -> None:
    op.drop_column(TABLE, "share")
    op.drop_column(TABLE, "high_percentile")
    op.drop_column(TABLE, "low_percentile")
