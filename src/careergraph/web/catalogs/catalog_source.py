"""The store's catalogs, with a connection of their own."""

from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.web.core.config import Config


def open_catalogs(config: Config) -> Catalogs:
    """The catalogs of the configured database."""
    return _Catalogs(connect(config.database_url))


class _Catalogs(Catalogs):
    """Catalogs with an engine of their own."""

    def close(self) -> None:
        """Close the connections to the database."""
        self._engine.dispose()
