"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
"""

# A migration does tomorrow what it did on the day it was written:
# - It imports nothing of careergraph and no model. Tables that it writes to are stated here, frozen as they are today;
#   content that it inserts is read from files that never change (`seed/NNNN/`, see alembic/README.md).
# - It is reversible, and it is tested up, down, up, also on a database with content and with edited rows.
# - It never overwrites what an editor changed.
# - It is safe beside a running server: on PostgreSQL, env.py's connection waits at most ten seconds for a lock, so add
#   columns as nullable or with a default first, and make indexes on large tables CONCURRENTLY in a migration of its own.
# - On SQLite, columns and constraints are changed with `op.batch_alter_table`.
# The file is called by its number and by what it does: 0003_add_drafts.py.

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision).replace("'", '"')}
down_revision = ${repr(down_revision).replace("'", '"')}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
