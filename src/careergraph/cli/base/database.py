"""Which database a verb works on, and what it must be like.

The embedded database belongs to whoever runs the command, so it is made and upgraded by itself. One that was named is
somebody's decision: it must be current, and upgrading it is a verb of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

import click
from sqlalchemy import Engine

from careergraph.cli.base.cli_error import CliError
from careergraph.store.database.database import DatabaseProblem, connect
from careergraph.store.migration.schema import Status, require, status

EMBEDDED = "sqlite:///var/careergraph.db"
"""The address of the embedded database: a file below the folder that the command runs in."""

Function = TypeVar("Function", bound=Callable[..., Any])


def database_option(function: Function) -> Function:
    """The option `--database`, which gives None for the embedded one."""
    return click.option(
        "--database",
        metavar="URL",
        envvar="CAREERGRAPH_DATABASE_URL",
        show_envvar=True,
        help="The database, sqlite:///FILE or postgresql://...; without it, the file var/careergraph.db.",
    )(function)


def address(database: str | None) -> str:
    """The address of a database; an empty one is none, as an empty variable means that it is not set."""
    return database or EMBEDDED


@contextmanager
def open_database(database: str | None) -> Iterator[Engine]:
    """A database that is current, or a Failure; also for what goes wrong with the database in the block."""
    with connect_database(database) as engine:
        if not database and status(engine) is not Status.CURRENT:
            # Alembic takes longer to import than all else that a start has to do, and is hardly ever needed.
            import_module("careergraph.store.migration.migrate").upgrade(engine)
        require(engine, Status.CURRENT)
        yield engine


@contextmanager
def connect_database(database: str | None) -> Iterator[Engine]:
    """A database in whatever state, or a Failure; also for what goes wrong with the database in the block."""
    try:
        engine = connect(address(database))
        try:
            yield engine
        finally:
            engine.dispose()
    except DatabaseProblem as problem:
        raise CliError(str(problem)) from None
