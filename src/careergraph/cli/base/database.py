"""The database of a command, and sessions for verbs.

The embedded database belongs to the user of the command, so it is created and upgraded automatically. A named one is
somebody's decision: it must be current, and `upgrade` is a verb of its own. Anybody who can run a command on the
database may do everything there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.cli.base.address import EMBEDDED as EMBEDDED
from careergraph.cli.base.address import address as address
from careergraph.cli.base.address import database_option as database_option
from careergraph.cli.base.messages import CliError
from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.outcome import Refusal
from careergraph.store.database.database import DatabaseProblem, connect, reading, transaction
from careergraph.store.database.readable import UnreadableText
from careergraph.store.migration.schema import Status, require, status
from careergraph.web.core.config import Config, ConfigProblem


@contextmanager
def open_database(database: str | None, *fine: Status) -> Iterator[Engine]:
    """Open a database that is current, or of another status that is fine. Raises CliError, also for problems of the
    database in the block."""
    with connect_database(database) as engine:
        if not database and status(engine) is not Status.CURRENT:
            # Alembic takes longer to import than all else that a start has to do, and is hardly ever needed.
            import_module("careergraph.store.migration.migrate").upgrade(engine, seed=settings().seed)
        require(engine, Status.CURRENT, *fine)
        yield engine


@contextmanager
def connect_database(database: str | None) -> Iterator[Engine]:
    """Open a database in any state. Raises CliError, also for problems of the database in the block."""
    try:
        engine = connect(address(database))
        try:
            yield engine
        finally:
            engine.dispose()
    except DatabaseProblem as problem:
        raise CliError(str(problem)) from None


def admin(author: str) -> Actor:
    """Return an actor who may do everything."""
    return Actor(name=author, role=Role.ADMIN)


def settings() -> Config:
    """Read the settings of the environment. Raises CliError."""
    try:
        return Config.from_environment()
    except ConfigProblem as problem:
        raise CliError(str(problem)) from None


@contextmanager
def write_session(database: str | None) -> Iterator[Session]:
    """Open a session for one verb. Raises CliError where it is refused; then nothing is written."""
    with refusals_as_failures(), open_database(database) as engine, transaction(engine) as session:
        yield session


@contextmanager
def read_session(database: str | None) -> Iterator[Session]:
    """Open a session on one state of the database. Raises CliError."""
    with refusals_as_failures(), open_database(database) as engine, reading(engine) as session:
        yield session


@contextmanager
def refusals_as_failures() -> Iterator[None]:
    """Raise CliError where a verb is refused."""
    try:
        yield
    except (Refusal, UnreadableText) as refusal:
        raise CliError(str(refusal)) from None
