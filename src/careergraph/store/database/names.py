"""The names that tell our tables from a host's, and the filter that keeps a host's autogenerate away from them."""

from collections.abc import Mapping
from typing import Any

TABLE_PREFIX = "careergraph_"
"""The prefix of the names of our tables."""

VERSION_TABLE = "careergraph_alembic_version"
"""Where Alembic keeps the revision of our tables, apart from a host's own."""

_TABLES = """
    approval attribute audit audit_head career career_vector career_external_id career_image career_profile
    career_relation career_skill career_skill_concept catalog_version category collection
    collection_career comment delivery document document_index document_wording draft_figure draft_link
    draft_reference endpoint image import_item import_job imported locale media_file neighbourhood
    outbox outbox_document pair person redirect redirect_change regional_value release revision
    roadmap_stage saved_filter schedule session skill skill_external_id skill_relation source
    stage_skill token upload value
"""
TABLES = frozenset([TABLE_PREFIX + name for name in _TABLES.split()])
"""The names of all our tables of this version, for what has to know them without loading their definitions."""


def include_name(name: str | None, type_: str, parent_names: Mapping[Any, str | None]) -> bool:
    """Return whether a host's autogenerate may look at something: everything but our tables.

    For `context.configure(include_name=include_name)` in the host's `env.py`. Without it `alembic revision
    --autogenerate` sees tables that the host's models lack, and writes a migration that drops them.
    """
    return not (type_ == "table" and name is not None and name.startswith(TABLE_PREFIX))


def include_own_name(name: str | None, type_: str, parent_names: Mapping[str, str | None]) -> bool:
    """The reverse, for our own `env.py`: of a database that we share with a host, nothing but our tables."""
    return type_ != "table" or (name is not None and name.startswith(TABLE_PREFIX) and name != VERSION_TABLE)
