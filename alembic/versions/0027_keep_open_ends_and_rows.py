"""Keep the open ends of ranges, and what a source calls the row of a figure; name the rows of seeded wages

Revision ID: 0027
Revises: 0026
"""

from pathlib import Path
from runpy import run_path

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = ("careergraph_value", "careergraph_regional_value")
SEEDING = Path(__file__).parents[1] / "seeding_0004.py"
SEEDS = Path(__file__).parents[2] / "seed"
BEFORE = SEEDS / "0001", SEEDS / "0003"
CONTENT = SEEDS / "0005"
AUTHOR = "seed:0005"


def upgrade() -> None:
    for table in TABLES:
        for name in ("published_for_title", "open_end"):
            op.add_column(table, sa.Column(name, sa.String(), nullable=True))
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["name_rows"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
    for table in TABLES:
        for name in ("published_for_title", "open_end"):
            op.drop_column(table, name)
