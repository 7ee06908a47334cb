"""The address of the database of a command."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

EMBEDDED = "sqlite:///var/careergraph.db"
"""The address of the embedded database: a file below the folder that the command runs in."""

Function = TypeVar("Function", bound=Callable[..., Any])


def database_option(function: Function) -> Function:
    """Add the option `--database`; None is the embedded one."""
    return click.option(
        "--database",
        metavar="URL",
        envvar="CAREERGRAPH_DATABASE_URL",
        show_envvar=True,
        help="The database, sqlite:///FILE or postgresql://...; by default the file var/careergraph.db.",
    )(function)


def address(database: str | None) -> str:
    """Return the address of a database; an empty one counts as none, as an empty variable is not set."""
    return database or EMBEDDED
