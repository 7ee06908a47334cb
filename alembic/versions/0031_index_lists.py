"""Index what lists are sorted by, and what queues count

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

PREFIX = "careergraph_"
INDEXES = {
    "document_state": ("document", ["document_type", "live", "draft", "archived", "review", "slug"]),
    "document_document_type_changed_at_id": ("document", ["document_type", "changed_at", "id"]),
    "document_document_type_changed_by_id": ("document", ["document_type", "changed_by", "id"]),
    "value_career_id_observed_on": ("value", ["career_id", "observed_on"]),
    "regional_value_career_id_observed_on": ("regional_value", ["career_id", "observed_on"]),
    "draft_figure_document_id_attribute": ("draft_figure", ["document_id", "attribute"]),
    "draft_figure_observed_on": ("draft_figure", ["observed_on"]),
    "draft_figure_source": ("draft_figure", ["source"]),
}
OPEN_LINKS = f"ix_{PREFIX}career_skill_concept_open"


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(op.f(f"ix_{PREFIX}{name}"), PREFIX + table, columns)
    is_open = sa.text("accepted_by IS NULL")
    where = {"sqlite_where": is_open, "postgresql_where": is_open}
    op.create_index(op.f(OPEN_LINKS), f"{PREFIX}career_skill_concept", ["career_id"], **where)


def downgrade() -> None:
    op.drop_index(op.f(OPEN_LINKS), f"{PREFIX}career_skill_concept")
    for name, (table, _) in INDEXES.items():
        op.drop_index(op.f(f"ix_{PREFIX}{name}"), PREFIX + table)
