"""The store's catalogs, with a connection of their own."""

import sys
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from careergraph.engine.content import Catalog
from careergraph.store.catalogs.first_catalog import is_live, read_first
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.database.database_problem import DatabaseProblem
from careergraph.web.core.config import Config
from careergraph.web.core.loading import load

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from careergraph.store.catalogs.catalogs import Catalogs

STORE = "careergraph.store.catalogs.catalogs"


def open_catalogs(config: Config) -> "StoredCatalogs":
    """The catalogs of the configured database. Raises DatabaseProblem for an address that cannot be used."""
    return StoredCatalogs(config.database_url)


class StoredCatalogs:
    """The catalogs of a database. May be shared by threads; all methods may block.

    The first one is read without the store's `Catalogs`, which take longer to load than it does. They are loaded for
    anything else, or soon after the start, and go on from there.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._first: StoredCatalog | None = None
        self._engine: Engine | None = None
        self._catalogs: Catalogs | None = None
        self._has_looked = False

    @property
    def problem(self) -> DatabaseProblem | None:
        """Why the last look at the database failed; None if it did not."""
        return None if self._catalogs is None else self._catalogs.problem

    @property
    def live(self) -> StoredCatalog | None:
        """The newest catalog as it was last read, with what the next one follows from; None before the first."""
        return self._first if self._catalogs is None else self._catalogs.live

    def current(self) -> Catalog:
        """The newest catalog. Raises DatabaseProblem as long as there is none."""
        if self._catalogs is None:
            with self._lock:
                if not self._has_looked:
                    self._has_looked, self._first = True, read_first(self._url)
                    if self._first is not None:
                        return self._first.catalog
            first = self._first
            if first is not None and STORE not in sys.modules and is_live(self._url, first.info):
                return first.catalog
        return self._store().current()

    def as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant. Raises CodedError, DatabaseProblem and Abandoned."""
        return self._store().as_of(instant)

    def at_version(self, version: int) -> Catalog:
        """The catalog of a version. Raises CodedError, DatabaseProblem and Abandoned."""
        return self._store().at_version(version)

    def close(self) -> None:
        """Close the connections to the database."""
        if self._engine is not None:
            self._engine.dispose()

    def _store(self) -> "Catalogs":
        with self._lock:
            if self._catalogs is None:
                kind: type[Catalogs] = load(STORE).Catalogs
                self._engine = load("careergraph.store.database.database").connect(self._url)
                self._catalogs = kind(self._engine, self._first)
                self._first = None  # or it would keep the catalog after the next one is live
            return self._catalogs
