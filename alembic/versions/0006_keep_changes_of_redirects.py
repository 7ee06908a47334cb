"""Keep since which version a name of before leads where, so that catalogs of the past have the redirects of their day

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "careergraph_redirect_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_redirect_change")),
    )
    op.create_index(op.f("ix_careergraph_redirect_change_version"), "careergraph_redirect_change", ["version"])
    # since when those lead where they lead is not known: as before, they do so at any time
    op.execute(
        "INSERT INTO careergraph_redirect_change (version, document_type, old, new) "
        "SELECT 1, document_type, old, new FROM careergraph_redirect ORDER BY document_type, old"
    )


def downgrade() -> None:
    op.drop_table("careergraph_redirect_change")
