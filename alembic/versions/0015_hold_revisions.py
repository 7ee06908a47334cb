"""Keep the revisions that a release and a schedule were made with

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("careergraph_document_state", sa.Column("release_revision", sa.Integer(), nullable=True))
    op.add_column("careergraph_schedule", sa.Column("revision", sa.Integer(), nullable=True))
    op.execute("UPDATE careergraph_document_state SET release_revision = draft WHERE release IS NOT NULL")
    op.execute(
        "UPDATE careergraph_schedule SET revision = (SELECT draft FROM careergraph_document_state AS state"
        " WHERE state.document_type = careergraph_schedule.document_type AND state.slug = careergraph_schedule.slug)"
        " WHERE action = 'PUBLISH' AND slug IS NOT NULL AND done_at IS NULL AND NOT cancelled"
    )


def downgrade() -> None:
    op.drop_column("careergraph_schedule", "revision")
    op.drop_column("careergraph_document_state", "release_revision")
