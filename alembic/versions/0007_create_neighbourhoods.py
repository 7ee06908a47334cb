"""Create the table of careers' neighbourhoods, which are derived from each version of the catalog

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLE = "careergraph_neighbourhood"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["version"],
            ["careergraph_catalog_version.version"],
            name=op.f(f"fk_{TABLE}_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version", "slug", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_slug_version"), TABLE, ["slug", "version"])


def downgrade() -> None:
    op.drop_table(TABLE)
