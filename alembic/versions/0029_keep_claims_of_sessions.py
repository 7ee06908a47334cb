"""Keep what a provider said of the people who are signed in to the admin

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "careergraph_session"
KIND, CLAIMS = f"ck_{TABLE}_kind", f"ck_{TABLE}_claims"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.add_column(sa.Column("claims", sa.JSON(none_as_null=True), nullable=True))
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), sa.text("kind IN ('TOKEN', 'HOST', 'FIRST', 'PROVIDER')"))
        batch.create_check_constraint(op.f(CLAIMS), sa.text("(kind = 'PROVIDER') = (claims IS NOT NULL)"))


def downgrade() -> None:
    """The sessions of the new kind end: the version before cannot tell whose they are."""
    session = sa.table(TABLE, sa.column("kind"))
    op.execute(sa.delete(session).where(session.c.kind == "PROVIDER"))
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(op.f(CLAIMS), type_="check")
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), sa.text("kind IN ('TOKEN', 'HOST', 'FIRST')"))
        batch.drop_column("claims")
