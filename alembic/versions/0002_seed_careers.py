"""Seed the first careers, with all that they need: locales, sources, attributes, categories, skills, collections

Revision ID: 0002
Revises: 0001
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0001.py"
CONTENT = Path(__file__).parents[2] / "seed" / "0001"
AUTHOR = "seed:0001"


def upgrade() -> None:
    run_path(str(SEEDING))["seed"](op.get_bind(), CONTENT, AUTHOR, op.get_context().config)


def downgrade() -> None:
    run_path(str(SEEDING))["unseed"](op.get_bind(), AUTHOR)
