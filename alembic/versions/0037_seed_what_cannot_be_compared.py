"""Seed what is said of figures that cannot be compared

Revision ID: 0037
Revises: 0036
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0002.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0009"
CONTENT = Path(__file__).parents[2] / "seed" / "0010"
AUTHOR = "seed:0010"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["amend"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
