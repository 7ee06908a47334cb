"""The state of a database's tables, told without loading Alembic: a start has no time to lose."""

from enum import StrEnum

from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlalchemy.exc import DBAPIError

from careergraph.store.database.database import file_of
from careergraph.store.database.names import TABLE_PREFIX, VERSION_TABLE
from careergraph.store.database.problem import NEWER, START_ANEW, explain, missing_database, name_of, problem_of
from careergraph.store.database.revisions import revisions as revisions
from careergraph.store.database.revisions import script_location as script_location
from careergraph.store.database.revisions import stamps
from careergraph.store.tables.content import Career
from careergraph.store.tables.editing import Revision
from careergraph.store.tables.imports import ImportJobRow
from careergraph.store.tables.index import DocumentIndexRow
from careergraph.store.tables.media import MediaFileRow
from careergraph.store.tables.reviews import CommentRow
from careergraph.store.tables.sessions import SessionRow
from careergraph.store.tables.vectors import CareerVectorRow

MODELS = (Career, MediaFileRow, Revision, ImportJobRow, DocumentIndexRow, CommentRow, SessionRow, CareerVectorRow)
"""A model of each module that has some: a table is known once its module was loaded."""
METADATA: MetaData = MODELS[0].metadata
"""All tables of this version of the code."""


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
    Status.NEWER: NEWER,
    Status.BROKEN: f"is half migrated: {START_ANEW}",
}


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
    steps, own = revisions(), list(stamps(connection)) if VERSION_TABLE in tables else []
    tables.discard(VERSION_TABLE)
    if not own:
        return Status.BROKEN if tables else Status.EMPTY
    if len(own) > 1:
        return Status.BROKEN
    if own[0] not in steps:
        return Status.NEWER
    if own[0] != steps[-1]:
        return Status.BEHIND if tables else Status.BROKEN
    return Status.CURRENT if tables >= METADATA.tables.keys() else Status.BROKEN


def require(engine: Engine, *fine: Status) -> None:
    """Require a status of a database, by default CURRENT. Raises DatabaseProblem with a remedy."""
    current = status(engine)
    if current not in (fine or (Status.CURRENT,)):
        raise (
            missing_database(name_of(engine))
            if current is Status.MISSING
            else problem_of(engine, _REASONS.get(current, "is in use"))
        )
