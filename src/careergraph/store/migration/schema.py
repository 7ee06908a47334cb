"""The state of a database's tables, told without loading Alembic: a start has no time to lose."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from careergraph.store.database.database import file_of
from careergraph.store.database.names import TABLE_PREFIX, VERSION_TABLE
from careergraph.store.database.problem import START_ANEW, explain, missing_database, name_of, problem_of
from careergraph.store.documents.history import Revision
from careergraph.store.tables.editing import StateRow
from careergraph.store.tables.profiles import CareerProfile

MODELS = (Revision, StateRow, CareerProfile)
"""A model of each module that has some: a table is known once its module was loaded."""
METADATA: MetaData = MODELS[0].metadata
"""All tables of this version of the code."""

_PACKAGE = Path(__file__).parents[2]
_REVISION = re.compile(r'^(revision|down_revision)\b[^=]*= *(?:"([^"]+)"|None)', re.MULTILINE)


class Status(StrEnum):
    """How a database stands to this version of the code."""

    MISSING = "MISSING"
    """There is no such file."""
    EMPTY = "EMPTY"
    """It has none of our tables."""
    BEHIND = "BEHIND"
    """Its tables are of an earlier version."""
    CURRENT = "CURRENT"
    """Its tables are of this version."""
    NEWER = "NEWER"
    """Its tables are of a later version."""
    BROKEN = "BROKEN"
    """Its tables are not those that its revision stands for: a migration was cut off, or somebody dropped some."""


_REASONS = {
    Status.EMPTY: "has no tables yet: run `careergraph upgrade`",
    Status.BEHIND: "is of an earlier version: run `careergraph upgrade`",
    Status.NEWER: "is newer than this careergraph: install the version that upgraded it",
    Status.BROKEN: f"is half migrated: {START_ANEW}",
}


def script_location() -> Path:
    """The folder of the migrations: in an installed package beside it, in a checkout at the top."""
    shipped = _PACKAGE / "_shipped" / "alembic"
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / "alembic"


def revisions() -> tuple[str, ...]:
    """The revisions that this version of the code knows, oldest first; the last is the one that it needs."""
    return _revisions(script_location() / "versions")


def status(engine: Engine) -> Status:
    """The status of a database. Changes nothing. Raises DatabaseProblem where it cannot be read."""
    file = file_of(engine)
    if file is not None and not file.exists():
        return Status.MISSING
    try:
        with engine.connect() as connection:
            return status_of(connection)
    except DBAPIError as error:
        raise explain(error, engine) from error


def status_of(connection: Connection) -> Status:
    """The status of the database that a connection is open to."""
    tables = {name for name in inspect(connection).get_table_names() if name.startswith(TABLE_PREFIX)}
    steps, stamps = revisions(), list(_stamps(connection)) if VERSION_TABLE in tables else []
    tables.discard(VERSION_TABLE)
    if not stamps:
        return Status.BROKEN if tables else Status.EMPTY
    if len(stamps) > 1:
        return Status.BROKEN
    if stamps[0] not in steps:
        return Status.NEWER
    if stamps[0] != steps[-1]:
        return Status.BEHIND if tables else Status.BROKEN
    return Status.CURRENT if tables >= METADATA.tables.keys() else Status.BROKEN


def require(engine: Engine, *fine: Status) -> None:
    """Refuses a database that does not stand as it must. Raises DatabaseProblem with what to do about it."""
    current = status(engine)
    if current not in (fine or (Status.CURRENT,)):
        raise (
            missing_database(name_of(engine))
            if current is Status.MISSING
            else problem_of(engine, _REASONS.get(current, "is in use"))
        )


def _stamps(connection: Connection) -> Iterator[str]:
    for (number,) in connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")):  # noqa: S608 - our own name
        yield str(number)


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
