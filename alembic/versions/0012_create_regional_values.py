"""Create the table of careers' figures of further regions

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "careergraph_regional_value"
REFERENCES = (("attribute", "RESTRICT"), ("career", "CASCADE"), ("source", "RESTRICT"))


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("method", sa.JSON(), nullable=False),
        sa.Column("published_for", sa.String(), nullable=True),
        *[sa.Column(name, sa.Double(), nullable=True) for name in ("low", "high")],
        *[sa.Column(name, sa.String(), nullable=True) for name in ("currency", "period", "basis")],
        *[sa.Column(name, sa.Integer(), nullable=True) for name in ("low_percentile", "high_percentile")],
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        *[sa.Column(name, sa.Double(), nullable=True) for name in ("interval_low", "interval_high")],
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("yes", sa.Boolean(), nullable=True),
        sa.Column("choice", sa.String(), nullable=True),
        sa.Column("sample_size", sa.Integer(), nullable=True),
        sa.Column("suppressed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                [f"{target}_id"],
                [f"careergraph_{target}.id"],
                name=op.f(f"fk_{TABLE}_{target}_id"),
                ondelete=rule,
            )
            for target, rule in REFERENCES
        ],
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "career_id", "attribute_id", "region", name=op.f(f"uq_{TABLE}_career_id_attribute_id_region")
        ),
    )
    for column in ("attribute_id", "source_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade() -> None:
    op.drop_table(TABLE)
