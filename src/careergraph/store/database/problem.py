"""Problems of the database in one line each, with a remedy."""

import os
import shutil
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from careergraph.store.database.database_problem import DatabaseProblem as DatabaseProblem
from careergraph.store.database.database_problem import LockedDatabase as LockedDatabase
from careergraph.store.database.database_problem import NewerDatabase as NewerDatabase
from careergraph.store.database.revisions import is_newer

NOT_MIGRATED = "has no tables of this version: run `careergraph upgrade`"
START_ANEW = "start with an empty one (`careergraph upgrade`) and put a backup into it (`careergraph restore FILE`)"
"""The way out of a database that nothing can be done with."""

NEWER = "is newer than this careergraph, which does not write to it: install the version that upgraded it"

_FULL = "has no room left on its disk: make room, then try again"
_READ_ONLY = "cannot be written to: give this user the right to, or copy it to where that is given"
_NEEDS_FOLDER = (
    "lies in a folder that cannot be written to, which SQLite needs even to read: make it writable, or copy the "
    "database to one that is"
)
_REASONS = (
    ("locked", "is locked by another process; try again later"),
    ("lock timeout", "is locked by another process; try again later"),
    ("unable to open", "cannot be opened"),
    ("not a database", "is no SQLite database: name another file, or move it away and run `careergraph upgrade`"),
    ("malformed", f"is damaged: {START_ANEW}"),
    ("readonly", _READ_ONLY),
    ("read-only", _READ_ONLY),
    ("disk is full", _FULL),
    ("no space left", _FULL),
    ("disk i/o error", "cannot be read or written: its disk fails"),
    ("no such table", NOT_MIGRATED),
    ("no such column", NOT_MIGRATED),
    ("password authentication failed", "refuses the user or the password"),
    ("does not exist", "does not exist, or its tables do not: run `careergraph upgrade`"),
)
"""Parts of drivers' errors, and their meaning; the first match counts."""

_LOCKED = ("locked", "lock timeout")
"""The signs of a database that another process writes to."""

_OTHER_TABLES = ("no such table", "no such column", "does not exist")
"""The signs of a database whose tables are not those of this version."""

_LEAST_FREE = 64 * 1024
"""With less room than this on its disk, in bytes, SQLite cannot even open a database to read it."""


def name_of(engine: Engine) -> str:
    """The name of a database for messages: its file, or its address without the password."""
    url = engine.url
    if engine.dialect.name == "sqlite":
        return str(url.database)
    return str(URL.create(url.get_backend_name(), url.username, None, url.host, url.port, url.database))


def problem_of(engine: Engine, reason: str) -> DatabaseProblem:
    """The problem of a database; `reason` follows its name in a sentence."""
    return DatabaseProblem(f"the database {name_of(engine)} {reason}", f"The database {reason}.")


def newer_database(engine: Engine) -> NewerDatabase:
    """The problem of a database whose tables are of a later version."""
    problem = problem_of(engine, NEWER)
    return NewerDatabase(str(problem), problem.public)


def missing_database(name: object) -> DatabaseProblem:
    """The problem of a database that is not there."""
    remedy = "`careergraph upgrade` makes it"
    return DatabaseProblem(f"there is no database {name}: {remedy}", f"There is no database: {remedy}.")


def explain(error: DBAPIError, engine: Engine) -> DatabaseProblem:
    """The meaning of a driver's error."""
    text = " ".join(str(error.orig).split())
    for sign, reason in _REASONS:
        if sign in text.lower():
            if sign in _OTHER_TABLES and _is_newer(engine):
                return newer_database(engine)
            problem = problem_of(engine, _cause(engine, sign) or reason)
            return LockedDatabase(str(problem), problem.public) if sign in _LOCKED else problem
    if error.connection_invalidated or "connection" in text.lower():
        return problem_of(engine, "cannot be reached")
    return DatabaseProblem(f"the database {name_of(engine)} refused: {text[:200]}")


def _cause(engine: Engine, sign: str) -> str | None:
    """Return why an SQLite file cannot be opened or written, where the file system knows better than SQLite says."""
    if engine.dialect.name != "sqlite" or sign not in ("unable to open", "disk i/o error", "readonly"):
        return None
    file = Path(str(engine.url.database))
    if file.is_dir():
        return "is a folder: name a file"
    if not os.access(file, os.R_OK):
        return "must not be read by this user: give it the right to read and write the file"
    if not os.access(file.parent, os.W_OK):
        return _NEEDS_FOLDER
    if not os.access(file, os.W_OK):
        return _READ_ONLY
    return _FULL if shutil.disk_usage(file.parent).free < _LEAST_FREE else None


def _is_newer(engine: Engine) -> bool:
    try:
        with engine.execution_options(careergraph_writes=False).connect() as connection:
            return is_newer(connection)
    except DBAPIError:
        return False
