"""Seed the label of a row in which two figures do not decide

Revision ID: 0035
Revises: 0034
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0002.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0007"
CONTENT = Path(__file__).parents[2] / "seed" / "0008"
AUTHOR = "seed:0008"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["amend"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
