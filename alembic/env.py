"""Runs the migrations: for `careergraph upgrade`, for tests, and for `alembic upgrade head` by hand in a checkout.

An Engine or a Connection may come in as `config.attributes["connection"]`; otherwise the database is that of
CAREERGRAPH_DATABASE_URL, or var/careergraph.db.
"""

import os
from datetime import UTC, datetime
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine

from careergraph.store.database.database import WRITES, connect, file_of
from careergraph.store.database.names import VERSION_TABLE, include_own_name
from careergraph.store.migration.schema import METADATA
from careergraph.store.tables.table import Instant

ADDRESS = os.environ.get("CAREERGRAPH_DATABASE_URL") or "sqlite:///var/careergraph.db"


def frozen(type_: str, item: object, autogen_context: object) -> str | Literal[False]:
    """How a column's type is written into a migration that autogenerate makes: never as one of ours."""
    return "sa.DateTime(timezone=True)" if type_ == "type" and isinstance(item, Instant) else False


def migrate(connection: Connection) -> None:
    """Runs what was asked for. All of it is one transaction, on SQLite too."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        version_table=VERSION_TABLE,
        include_name=include_own_name,
        render_item=frozen,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    context.config.attributes["started"] = datetime.now(UTC)  # a seed asks whether this very run made what it changes
    with context.begin_transaction():
        context.run_migrations()


def migrate_engine(engine: Engine) -> None:
    """Opens the connection. A batch operation drops a table and makes it anew, which must not cascade to others, so
    SQLite's foreign keys rest meanwhile; that can only be said outside of a transaction."""
    file = file_of(engine)
    if file is not None and not file.exists():
        file.touch()
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            migrate(connection)
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
        finally:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")


def offline() -> None:
    """Prints the SQL instead (`alembic upgrade head --sql`)."""
    context.configure(url=ADDRESS, target_metadata=METADATA, version_table=VERSION_TABLE, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


given_connection = context.config.attributes.get("connection")
if context.is_offline_mode():
    offline()
elif isinstance(given_connection, Connection):
    migrate(given_connection)
else:
    migrate_engine(given_connection or connect(ADDRESS).execution_options(**WRITES))
