"""Create the tables of careergraph

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "careergraph_attribute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("better", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("scale", sa.Double(), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.Column("in_summary", sa.Boolean(), nullable=False),
        sa.Column("transition_role", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_attribute")),
        sa.UniqueConstraint("key", name=op.f("uq_careergraph_attribute_key")),
    )
    op.create_table(
        "careergraph_catalog_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_careergraph_catalog_version")),
    )
    op.create_index(
        op.f("ix_careergraph_catalog_version_published_at"), "careergraph_catalog_version", ["published_at"]
    )
    op.create_table(
        "careergraph_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_category")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_category_slug")),
    )
    op.create_table(
        "careergraph_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_collection")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_collection_slug")),
    )
    op.create_table(
        "careergraph_locale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fallback", sa.String(), nullable=True),
        sa.Column("plural", sa.String(), nullable=False),
        sa.Column("decimal", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("money", sa.JSON(), nullable=False),
        sa.Column("periods", sa.JSON(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fallback"],
            ["careergraph_locale.code"],
            name=op.f("fk_careergraph_locale_fallback"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_locale")),
        sa.UniqueConstraint("code", name=op.f("uq_careergraph_locale_code")),
    )
    op.create_table(
        "careergraph_skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("family", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_skill")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_skill_slug")),
    )
    op.create_table(
        "careergraph_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("credit", sa.String(), nullable=True),
        sa.Column("vintage", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_source")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_source_slug")),
    )
    op.create_table(
        "careergraph_career",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("image", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["careergraph_category.id"],
            name=op.f("fk_careergraph_career_category_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_career")),
        sa.UniqueConstraint("slug", name=op.f("uq_careergraph_career_slug")),
    )
    op.create_index(op.f("ix_careergraph_career_category_id"), "careergraph_career", ["category_id"])
    op.create_table(
        "careergraph_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version"],
            ["careergraph_catalog_version.version"],
            name=op.f("fk_careergraph_revision_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_careergraph_revision")),
        sa.UniqueConstraint(
            "document_type", "slug", "number", name=op.f("uq_careergraph_revision_document_type_slug_number")
        ),
    )
    op.create_index(op.f("ix_careergraph_revision_version"), "careergraph_revision", ["version"])
    op.create_table(
        "careergraph_skill_external_id",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"],
            ["careergraph_skill.id"],
            name=op.f("fk_careergraph_skill_external_id_skill_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("skill_id", "position", name=op.f("pk_careergraph_skill_external_id")),
    )
    op.create_index(
        op.f("ix_careergraph_skill_external_id_scheme_external_id"),
        "careergraph_skill_external_id",
        ["scheme", "external_id"],
    )
    op.create_table(
        "careergraph_skill_relation",
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('BROADER', 'RELATED')", name=op.f("ck_careergraph_skill_relation_kind")),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["careergraph_skill.id"],
            name=op.f("fk_careergraph_skill_relation_other_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"],
            ["careergraph_skill.id"],
            name=op.f("fk_careergraph_skill_relation_skill_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("skill_id", "kind", "position", name=op.f("pk_careergraph_skill_relation")),
    )
    op.create_index(op.f("ix_careergraph_skill_relation_other_id"), "careergraph_skill_relation", ["other_id"])
    op.create_table(
        "careergraph_career_external_id",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["career_id"],
            ["careergraph_career.id"],
            name=op.f("fk_careergraph_career_external_id_career_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f("pk_careergraph_career_external_id")),
    )
    op.create_index(
        op.f("ix_careergraph_career_external_id_scheme_external_id"),
        "careergraph_career_external_id",
        ["scheme", "external_id"],
    )
    op.create_table(
        "careergraph_career_skill",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["career_id"],
            ["careergraph_career.id"],
            name=op.f("fk_careergraph_career_skill_career_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f("pk_careergraph_career_skill")),
    )
    op.create_table(
        "careergraph_collection_career",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["career_id"],
            ["careergraph_career.id"],
            name=op.f("fk_careergraph_collection_career_career_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["careergraph_collection.id"],
            name=op.f("fk_careergraph_collection_career_collection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("collection_id", "position", name=op.f("pk_careergraph_collection_career")),
    )
    op.create_index(op.f("ix_careergraph_collection_career_career_id"), "careergraph_collection_career", ["career_id"])
    op.create_table(
        "careergraph_roadmap_stage",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["career_id"],
            ["careergraph_career.id"],
            name=op.f("fk_careergraph_roadmap_stage_career_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f("pk_careergraph_roadmap_stage")),
    )
    op.create_table(
        "careergraph_value",
        sa.Column("career_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attribute_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("method", sa.JSON(), nullable=False),
        sa.Column("published_for", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("number", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("interval_low", sa.Double(), nullable=True),
        sa.Column("interval_high", sa.Double(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("yes", sa.Boolean(), nullable=True),
        sa.Column("choice", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["careergraph_attribute.id"],
            name=op.f("fk_careergraph_value_attribute_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["career_id"], ["careergraph_career.id"], name=op.f("fk_careergraph_value_career_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["careergraph_source.id"], name=op.f("fk_careergraph_value_source_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("career_id", "position", name=op.f("pk_careergraph_value")),
        sa.UniqueConstraint("career_id", "attribute_id", name=op.f("uq_careergraph_value_career_id_attribute_id")),
    )
    op.create_index(op.f("ix_careergraph_value_attribute_id"), "careergraph_value", ["attribute_id"])
    op.create_index(op.f("ix_careergraph_value_source_id"), "careergraph_value", ["source_id"])
    op.create_table(
        "careergraph_career_skill_concept",
        sa.Column("career_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skill_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["career_id", "skill_position"],
            ["careergraph_career_skill.career_id", "careergraph_career_skill.position"],
            name=op.f("fk_careergraph_career_skill_concept_career_id_skill_position"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"],
            ["careergraph_skill.id"],
            name=op.f("fk_careergraph_career_skill_concept_skill_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "career_id", "skill_position", "position", name=op.f("pk_careergraph_career_skill_concept")
        ),
    )
    op.create_index(
        op.f("ix_careergraph_career_skill_concept_skill_id"), "careergraph_career_skill_concept", ["skill_id"]
    )
    op.create_table(
        "careergraph_stage_skill",
        sa.Column("career_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["career_id", "stage_position"],
            ["careergraph_roadmap_stage.career_id", "careergraph_roadmap_stage.position"],
            name=op.f("fk_careergraph_stage_skill_career_id_stage_position"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"],
            ["careergraph_skill.id"],
            name=op.f("fk_careergraph_stage_skill_skill_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("career_id", "stage_position", "position", name=op.f("pk_careergraph_stage_skill")),
    )
    op.create_index(op.f("ix_careergraph_stage_skill_skill_id"), "careergraph_stage_skill", ["skill_id"])


def downgrade() -> None:
    op.drop_table("careergraph_stage_skill")
    op.drop_table("careergraph_career_skill_concept")
    op.drop_table("careergraph_value")
    op.drop_table("careergraph_roadmap_stage")
    op.drop_table("careergraph_collection_career")
    op.drop_table("careergraph_career_skill")
    op.drop_table("careergraph_career_external_id")
    op.drop_table("careergraph_skill_relation")
    op.drop_table("careergraph_skill_external_id")
    op.drop_table("careergraph_revision")
    op.drop_table("careergraph_career")
    op.drop_table("careergraph_source")
    op.drop_table("careergraph_skill")
    op.drop_table("careergraph_locale")
    op.drop_table("careergraph_collection")
    op.drop_table("careergraph_category")
    op.drop_table("careergraph_catalog_version")
    op.drop_table("careergraph_attribute")
