"""Keep how a program came to propose a link from a career's wording to a skill concept

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLE = "careergraph_career_skill_concept"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("method", sa.String(), nullable=True))
    op.add_column(TABLE, sa.Column("score", sa.Double(), nullable=True))
    op.add_column(TABLE, sa.Column("model", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column(TABLE, "model")
    op.drop_column(TABLE, "score")
    op.drop_column(TABLE, "method")
