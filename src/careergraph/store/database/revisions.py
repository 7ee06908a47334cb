"""The revisions of the tables that this version of the code knows, and the one that a database has."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from careergraph.store.database.names import VERSION_TABLE

_STAMPS = f"SELECT version_num FROM {VERSION_TABLE}"  # noqa: S608 - our own name
if TYPE_CHECKING:  # a server starts without it
    from sqlalchemy import Connection

_PACKAGE = Path(__file__).parents[2]
_REVISION = re.compile(r'^(revision|down_revision)\b[^=]*= *(?:"([^"]+)"|None)', re.MULTILINE)


@cache
def script_location() -> Path:
    """The folder of the migrations: in an installed package beside it, in a checkout at the top."""
    shipped = _PACKAGE / "_shipped" / "alembic"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "alembic"


def revisions() -> tuple[str, ...]:
    """The revisions that this version of the code knows, oldest first; the last is the one that it needs."""
    return _revisions(script_location() / "versions")


def stamps(connection: "Connection") -> Iterator[str]:
    """The revisions that a database has: one, unless somebody broke it."""
    for (number,) in connection.exec_driver_sql(_STAMPS):
        yield str(number)


def is_newer(connection: "Connection") -> bool:
    """Return whether the tables are of a later version than this code."""
    return not set(revisions()).issuperset(stamps(connection))


@cache
def _revisions(folder: Path) -> tuple[str, ...]:
    after: dict[str | None, str] = {}
    for path in folder.glob("*.py"):
        named = {match[1]: match[2] for match in _REVISION.finditer(path.read_text(encoding="utf-8"))}
        after[named["down_revision"]] = named["revision"]
    line: list[str] = []
    while (following := after.get(line[-1] if line else None)) is not None:
        line.append(following)
    return tuple(line)
