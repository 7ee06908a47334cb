"""Let import jobs read tables by a map

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

JOB = "careergraph_import_job"
NAME = f"ck_{JOB}_kind"
BEFORE = "kind IN ('ONET', 'ESCO', 'FIGURES')"
AFTER = "kind IN ('ONET', 'ESCO', 'FIGURES', 'TABLE')"


def upgrade() -> None:
    replace(AFTER)


def downgrade() -> None:
    """The jobs of the new kind go, with their reports: the version before cannot name them."""
    job = sa.table(JOB, sa.column("id"), sa.column("kind"), sa.column("plan_of"))
    item = sa.table("careergraph_import_item", sa.column("job_id"))
    going = sa.select(job.c.id).where(job.c.kind == "TABLE")
    op.execute(sa.delete(item).where(item.c.job_id.in_(going)))
    op.execute(sa.delete(job).where(job.c.kind == "TABLE", job.c.plan_of.is_not(None)))
    op.execute(sa.delete(job).where(job.c.kind == "TABLE"))
    replace(BEFORE)


def replace(condition: str) -> None:
    with op.batch_alter_table(JOB) as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), sa.text(condition))
