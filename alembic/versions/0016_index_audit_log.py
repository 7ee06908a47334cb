"""Index the audit log by slug, by actor and by time, as it is looked through by each alone

Revision ID: 0016
Revises: 0015
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLE = "careergraph_audit"
COLUMNS = ("slug", "actor", "at")


def upgrade() -> None:
    for column in COLUMNS:
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(op.f(f"ix_{TABLE}_{column}"), TABLE)
