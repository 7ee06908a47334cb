"""Name the percentiles of seeded wages, and the shares of answers that the seeded education rests on

Revision ID: 0011
Revises: 0010
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0003.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0001"
CONTENT = Path(__file__).parents[2] / "seed" / "0003"
AUTHOR = "seed:0003"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["refine"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
