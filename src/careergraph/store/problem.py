"""What is said, in one line, when the database cannot be used."""

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

NOT_MIGRATED = "has no tables of this version: run `careergraph upgrade`"

_REASONS = (
    ("locked", "is locked by another process; try again later"),
    ("lock timeout", "is locked by another process; try again later"),
    ("unable to open", "cannot be opened"),
    ("not a database", "is no SQLite database"),
    ("malformed", "is damaged"),
    ("readonly", "cannot be written to"),
    ("read-only", "cannot be written to"),
    ("disk is full", "has no room left on its disk"),
    ("no such table", NOT_MIGRATED),
    ("no such column", NOT_MIGRATED),
    ("password authentication failed", "refuses the user or the password"),
    ("does not exist", "does not exist, or its tables do not: run `careergraph upgrade`"),
)
"""What an error of a driver says, and what that means; the first match counts."""


class DatabaseProblem(Exception):
    """The database cannot be used. The message is one line and holds no password."""


def name_of(engine: Engine) -> str:
    """What a database is called in messages: its file, or its address without the password."""
    url = engine.url
    if engine.dialect.name == "sqlite":
        return str(url.database)
    return str(URL.create(url.get_backend_name(), url.username, None, url.host, url.port, url.database))


def explain(error: DBAPIError, engine: Engine) -> DatabaseProblem:
    """What an error of the driver means."""
    said = " ".join(str(error.orig).split())
    for sign, reason in _REASONS:
        if sign in said.lower():
            return DatabaseProblem(f"the database {name_of(engine)} {reason}")
    if error.connection_invalidated or "connection" in said.lower():
        return DatabaseProblem(f"the database {name_of(engine)} cannot be reached")
    return DatabaseProblem(f"the database {name_of(engine)} refused: {said[:200]}")
