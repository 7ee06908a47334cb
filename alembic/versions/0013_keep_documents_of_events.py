"""Keep which documents an event is about, so that it waits for earlier events about these alone

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLE = "careergraph_outbox_document"
OUTBOX = sa.table("careergraph_outbox", sa.column("sequence", sa.Integer()), sa.column("payload", sa.JSON()))
SUBJECTS = sa.table(TABLE, *[sa.column(name) for name in ("sequence", "document_type", "slug")])


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sequence"], ["careergraph_outbox.sequence"], name=op.f(f"fk_{TABLE}_sequence"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sequence", "document_type", "slug", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_document_type_slug"), TABLE, ["document_type", "slug"])
    connection = op.get_bind()
    for sequence, payload in connection.execute(sa.select(OUTBOX)).all():
        if subjects := sorted(_subjects(payload or {})):
            rows = [{"sequence": sequence, "document_type": type_name, "slug": slug} for type_name, slug in subjects]
            connection.execute(sa.insert(SUBJECTS), rows)
    op.drop_column("careergraph_outbox", "key")
    op.drop_column("careergraph_delivery", "key")
    op.add_column("careergraph_delivery", sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("careergraph_delivery", "urgent")
    for table in ("careergraph_delivery", "careergraph_outbox"):
        op.add_column(table, sa.Column("key", sa.String(), server_default="", nullable=False))
    op.drop_table(TABLE)


def _subjects(payload: dict[str, object]) -> set[tuple[str, str]]:
    documents = payload.get("documents")
    named = documents if isinstance(documents, list) else []
    return {(it["type"], it[name]) for it in named for name in ("slug", "renamed") if name in it}
