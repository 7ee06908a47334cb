"""The host's migrations. `include_name` keeps autogenerate away from careergraph's tables."""

from alembic import context
from host_fastapi.models import Base, engine  # type: ignore[import-not-found] # on the path of alembic.ini

from careergraph import include_name

with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, include_name=include_name)
    with context.begin_transaction():
        context.run_migrations()
