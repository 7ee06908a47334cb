"""An SQLite file, read by its driver alone: what a server asks before anything takes SQLAlchemy."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

WAIT_SECONDS = 10
"""How long a locked file is waited for."""
_ADDRESS = re.compile(r"sqlite:///([^?#%:]+)")


@contextmanager
def open_file(url: str) -> Iterator[sqlite3.Connection]:
    """A connection that sees one moment. Raises ValueError for an address of something else, or with options, and
    sqlite3.Error."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        raise ValueError("no SQLite file")
    name = f"{Path(match[1]).resolve().as_uri()}?mode=rw"  # it makes no file
    with closing(sqlite3.connect(name, WAIT_SECONDS, isolation_level=None, uri=True)) as connection:
        connection.execute("BEGIN")
        yield connection


def instant_of(text: str) -> datetime:
    """Read an instant as SQLAlchemy writes it: in UTC, without a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def text_of(instant: datetime) -> str:
    """Write an instant as SQLAlchemy does."""
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
