"""Create the tables of images, of the careers that show them, and of files

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

IMAGE, SHOWN, FILE = "careergraph_image", "careergraph_career_image", "careergraph_media_file"


def upgrade() -> None:
    op.create_table(
        IMAGE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("alt", sa.JSON(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("focal_point", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{IMAGE}")),
        sa.UniqueConstraint("slug", name=op.f(f"uq_{IMAGE}_slug")),
    )
    op.create_table(
        FILE,
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in ("width", "height", "bytes")],
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f(f"pk_{FILE}")),
    )
    op.create_table(
        SHOWN,
        sa.Column("career_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("image_id", sa.Integer(), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                [f"{target}_id"], [f"careergraph_{target}.id"], name=op.f(f"fk_{SHOWN}_{target}_id"), ondelete=rule
            )
            for target, rule in (("career", "CASCADE"), ("image", "RESTRICT"))
        ],
        sa.PrimaryKeyConstraint("career_id", name=op.f(f"pk_{SHOWN}")),
    )
    op.create_index(op.f(f"ix_{SHOWN}_image_id"), SHOWN, ["image_id"])


def downgrade() -> None:
    for table in (SHOWN, FILE, IMAGE):
        op.drop_table(table)
