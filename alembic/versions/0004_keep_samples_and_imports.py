"""Keep what a figure rests on and whether its source would publish it, and what each import said of a document

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("careergraph_value", sa.Column("sample_size", sa.Integer(), nullable=True))
    op.add_column("careergraph_value", sa.Column("suppressed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "careergraph_imported",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("importer", sa.String(), nullable=False),
        sa.Column("ident", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_imported")),
    )
    op.create_index(op.f("ix_careergraph_imported_importer_ident"), "careergraph_imported", ["importer", "ident"])
    op.create_index(
        op.f("ix_careergraph_imported_document_type_slug"), "careergraph_imported", ["document_type", "slug"]
    )


def downgrade() -> None:
    op.drop_table("careergraph_imported")
    op.drop_column("careergraph_value", "suppressed")
    op.drop_column("careergraph_value", "sample_size")
