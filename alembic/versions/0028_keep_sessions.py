"""Keep the sessions of people who are signed in to the admin

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = "careergraph_session"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("hash", "kind", "actor")],
        sa.Column("token_prefix", sa.String(), nullable=True),
        *[sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("created_at", "seen_at")],
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("hash", name=op.f(f"uq_{TABLE}_hash")),
        sa.CheckConstraint("kind IN ('TOKEN', 'HOST', 'FIRST')", name=op.f(f"ck_{TABLE}_kind")),
        sa.CheckConstraint("(kind = 'TOKEN') = (token_prefix IS NOT NULL)", name=op.f(f"ck_{TABLE}_token")),
    )
    op.create_index(op.f(f"ix_{TABLE}_actor"), TABLE, ["actor"])


def downgrade() -> None:
    op.drop_table(TABLE)
