"""News: that another version is live, told at once to whoever listens, on databases that can tell (PostgreSQL).

Nobody relies on it: whoever misses news finds the version when looking for it, a moment later.
"""

import logging
from collections.abc import Callable
from threading import Event
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from careergraph.store.database.problem import DatabaseProblem, explain

LOG = logging.getLogger("careergraph.store")
CHANNEL = "careergraph_version"
"""What it is told on. Whoever shares the database, in whatever schema, hears it too, and looks once in vain."""
PAUSE = 0.5
"""How long the database is left alone after a connection was lost, in seconds."""
_HEARKEN = 0.5
"""How long a listener waits before it looks whether it is to stop, in seconds."""


def announce(session: Session, version: int) -> None:
    """Tells of a version when the transaction is committed, and not if it is not."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(CHANNEL, str(version))))


def listen(engine: Engine, heard: Callable[[], None], stop: Event) -> None:
    """Calls `heard` whenever another version is live, until it is to stop, from a connection of its own.

    Also when it begins to listen, and after each time that the connection was lost: there may have been news meanwhile.
    For PostgreSQL only; SQLite has nobody who could tell.
    """
    problem = None
    while not stop.is_set():
        try:
            _listen(engine, heard, stop)
        except DatabaseProblem as found:
            if str(found) != problem:
                LOG.warning("no news of versions, which are looked for instead: %s", found)
            problem = str(found)
            stop.wait(PAUSE)


def _listen(engine: Engine, heard: Callable[[], None], stop: Event) -> None:
    try:
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            driver: Any = connection.connection.driver_connection
            heard()
            try:
                while not stop.is_set():
                    for _ in driver.notifies(timeout=_HEARKEN):
                        heard()
            finally:
                connection.invalidate()  # it listens on, so nobody else may have it
    except DBAPIError as error:
        raise explain(error, engine) from error
    except engine.dialect.loaded_dbapi.Error as error:  # the driver's own, as SQLAlchemy knows nothing of news
        raise DatabaseProblem(f"the connection was lost: {' '.join(str(error).split())[:200]}") from error
