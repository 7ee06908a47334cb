"""Seed the words that say little in a search: a phrase of both locales

Revision ID: 0032
Revises: 0031
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0002.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0004"
CONTENT = Path(__file__).parents[2] / "seed" / "0006"
AUTHOR = "seed:0006"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["amend"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
