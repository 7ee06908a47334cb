"""Seed what is said of months that remain

Revision ID: 0036
Revises: 0035
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0002.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0008"
CONTENT = Path(__file__).parents[2] / "seed" / "0009"
AUTHOR = "seed:0009"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["amend"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
