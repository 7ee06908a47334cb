"""Keep why a schedule is held until somebody confirms it

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("careergraph_schedule", sa.Column("held_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("careergraph_schedule", "held_reason")
