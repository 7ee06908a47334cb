"""The editors' desk from the command line: whoever may run a command on the database may do everything there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from sqlalchemy.orm import Session

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.base.database import open_database
from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.checks import form
from careergraph.editorial.content.outcome import Refusal
from careergraph.store.database.database import reading, transaction
from careergraph.store.database.readable import NOTE, UnreadableText, require_readable
from careergraph.web.core.config import Config, ConfigProblem

Function = TypeVar("Function", bound=Callable[..., Any])


def author_option(function: Function) -> Function:
    """The option `--author`."""
    text = "Who the audit log says it was."
    option = click.option("--author", default="careergraph", show_default=True, callback=checked_name, help=text)
    return option(function)


def checked_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An option that is a name. Raises BadParameter for what no log shall hold."""
    if problems := list(form.name(value, (), longest=form.MAX_SLUG)):
        raise click.BadParameter(problems[0].message, ctx, param)
    return value


def checked_note(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An option that is a note. Raises BadParameter for what no log shall hold."""
    try:
        require_readable(NOTE, value)
    except UnreadableText as problem:
        raise click.BadParameter(str(problem), ctx, param) from None
    return value


def admin(author: str) -> Actor:
    """Somebody who may do everything."""
    return Actor(name=author, role=Role.ADMIN)


def settings() -> Config:
    """The settings of the environment, or a Failure."""
    try:
        return Config.from_environment()
    except ConfigProblem as problem:
        raise CliError(str(problem)) from None


@contextmanager
def write_session(database: str | None) -> Iterator[Session]:
    """A session for one verb, or a Failure where it is refused; then nothing of it is kept."""
    with refusals_as_failures(), open_database(database) as engine, transaction(engine) as session:
        yield session


@contextmanager
def read_session(database: str | None) -> Iterator[Session]:
    """A session that sees one moment, or a Failure."""
    with refusals_as_failures(), open_database(database) as engine, reading(engine) as session:
        yield session


@contextmanager
def refusals_as_failures() -> Iterator[None]:
    """A Failure where a verb is refused."""
    try:
        yield
    except (Refusal, UnreadableText) as refusal:
        raise CliError(str(refusal)) from None
