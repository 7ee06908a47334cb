"""The names that tell our tables from a host's, and the filter that keeps a host's autogenerate away from them."""

from collections.abc import Mapping
from typing import Any

TABLE_PREFIX = "careergraph_"
"""The prefix of the names of our tables."""

VERSION_TABLE = "careergraph_alembic_version"
"""Where Alembic keeps the revision of our tables, apart from a host's own."""


def include_name(name: str | None, type_: str, parent_names: Mapping[Any, str | None]) -> bool:
    """Whether a host's autogenerate may look at something: everything but our tables.

    For `context.configure(include_name=include_name)` in the host's `env.py`. Without it `alembic revision
    --autogenerate` sees tables that the host's models lack, and writes a migration that drops them.
    """
    return not (type_ == "table" and name is not None and name.startswith(TABLE_PREFIX))


def include_own_name(name: str | None, type_: str, parent_names: Mapping[str, str | None]) -> bool:
    """The reverse, for our own `env.py`: of a database that we share with a host, nothing but our tables."""
    return type_ != "table" or (name is not None and name.startswith(TABLE_PREFIX) and name != VERSION_TABLE)
