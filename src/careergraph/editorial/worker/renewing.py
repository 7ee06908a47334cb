"""Renewing: neighbours follow each publish, and take no more than a small part of the time where these never end."""

from collections.abc import Callable
from time import monotonic, thread_time

from sqlalchemy import Engine

from careergraph.editorial.editing.publication import renew_neighbours
from careergraph.store.catalogs.past import CatalogVersionInfo, newest
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.database.database import DatabaseProblem, reading

REST = 7
"""How many times as long as a renewal took it rests, so that at most an eighth of a core goes into them: in a server
they share it with all requests. Publishes that come meanwhile are renewed together, with O*NET within two seconds."""

Live = Callable[[], StoredCatalog | None]
"""The live catalog of the process; None where it has none."""


def no_catalog() -> None:
    """Know no live catalog, in a process that serves none."""


class Renewing:
    """The renewals of one worker."""

    def __init__(self, engine: Engine, live: Live = no_catalog) -> None:
        self._engine, self._live = engine, live
        self._settled: CatalogVersionInfo | None = None
        self._due = 0.0

    def renew(self) -> None:
        """Renew neighbours where a version is new, unless it is time to rest. Raises DatabaseProblem."""
        if monotonic() < self._due:
            return
        start = thread_time()
        with reading(self._engine) as session:
            newest_now = newest(session)
        if newest_now != self._settled:
            try:
                if renew_neighbours(self._engine, self._live()) is None:
                    self._settled = newest_now  # nothing is due until the next version
            except DatabaseProblem:
                raise
            except Exception:
                self._settled = newest_now  # a mistake of ours would come again with each try
                raise
            finally:
                self._due = monotonic() + REST * (thread_time() - start)
