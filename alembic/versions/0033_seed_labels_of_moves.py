"""Seed labels that say no more than sources do: of moves, and of what cannot be compared

Revision ID: 0033
Revises: 0032
"""

from pathlib import Path
from runpy import run_path

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SEEDING = Path(__file__).parents[1] / "seeding_0002.py"
BEFORE = Path(__file__).parents[2] / "seed" / "0006"
CONTENT = Path(__file__).parents[2] / "seed" / "0007"
AUTHOR = "seed:0007"


def upgrade() -> None:
    config = op.get_context().config
    started = None if config is None else config.attributes.get("started")
    run_path(str(SEEDING))["amend"](op.get_bind(), CONTENT, BEFORE, AUTHOR, started)


def downgrade() -> None:
    run_path(str(SEEDING))["restore"](op.get_bind(), CONTENT, BEFORE, AUTHOR)
