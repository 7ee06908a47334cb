"""Whether a database has an administrator, asked of an SQLite file by its driver alone when a server starts."""

import sqlite3
from datetime import datetime, timedelta

from careergraph.store.database.sqlite_file import open_file, text_of

_ANYBODY = """
    SELECT EXISTS (
        SELECT 1 FROM careergraph_token WHERE kind = 'ACCESS' AND role = 'ADMIN'
        AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)
    ) OR EXISTS (SELECT 1 FROM careergraph_session WHERE kind <> 'TOKEN' AND seen_at >= :since)
"""


def file_has_administrator(url: str, now: datetime, idle: timedelta) -> bool | None:
    """Return what `sessions.has_administrator` does; None where the database is no SQLite file that can be read so."""
    try:
        with open_file(url) as connection:
            row = connection.execute(_ANYBODY, {"now": text_of(now), "since": text_of(now - idle)}).fetchone()
    except (sqlite3.Error, ValueError):
        return None
    return bool(row[0])
