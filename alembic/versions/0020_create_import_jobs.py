"""Keep uploads, import jobs and their reports

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

UPLOAD, JOB, ITEM = "careergraph_upload", "careergraph_import_job", "careergraph_import_item"


def upgrade() -> None:
    op.create_table(
        UPLOAD,
        sa.Column("ident", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ident", name=op.f(f"pk_{UPLOAD}")),
    )
    op.create_table(
        JOB,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("plan_of", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("leased_by", sa.String(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("release", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("audited", sa.Integer(), nullable=True),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{JOB}")),
        sa.ForeignKeyConstraint(["plan_of"], [f"{JOB}.id"], name=op.f(f"fk_{JOB}_plan_of"), ondelete="RESTRICT"),
        sa.CheckConstraint("kind IN ('ONET', 'ESCO', 'FIGURES')", name=op.f(f"ck_{JOB}_kind")),
        sa.CheckConstraint(
            "state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')", name=op.f(f"ck_{JOB}_state")
        ),
        sa.CheckConstraint("NOT (dry_run AND publish)", name=op.f(f"ck_{JOB}_dry_run_publishes_nothing")),
    )
    op.create_index(op.f(f"ix_{JOB}_plan_of"), JOB, ["plan_of"])
    op.create_index(op.f(f"ix_{JOB}_state"), JOB, ["state"])
    op.create_table(
        ITEM,
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("job_id", "position", name=op.f(f"pk_{ITEM}")),
        sa.ForeignKeyConstraint(["job_id"], [f"{JOB}.id"], name=op.f(f"fk_{ITEM}_job_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f(f"ix_{ITEM}_job_id_kind"), ITEM, ["job_id", "kind"])


def downgrade() -> None:
    op.drop_table(ITEM)
    op.drop_table(JOB)
    op.drop_table(UPLOAD)
