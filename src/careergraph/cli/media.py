"""`careergraph media`: the files of images."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import msgspec
from sqlalchemy import Engine

from careergraph.cli.base.database import admin, database_option, open_database, settings
from careergraph.cli.base.defaults import with_defaults
from careergraph.cli.base.messages import CliError, reason_of
from careergraph.cli.base.options import author_option
from careergraph.editorial.media.decoder import BadImage
from careergraph.editorial.media.library import Library
from careergraph.store.database.database import reading


@click.group()
def command() -> None:
    """Add, check and remove the files of images.

    They are in the folder, or at the address, that CAREERGRAPH_MEDIA_STORE names; without it in var/media.
    """


@contextmanager
def _library(database: str | None) -> Iterator[tuple[Library, Engine]]:
    """Open the files and the database that knows them. Raises CliError, also for problems of either in the block."""
    store = with_defaults(settings()).media.store
    if not store:
        raise CliError("there is no store of images: set CAREERGRAPH_MEDIA_STORE, and install careergraph[media]")
    try:
        with open_database(database) as engine:
            yield Library(store), engine
    except OSError as error:
        raise CliError(reason_of(error)) from None


@command.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@author_option
@database_option
def add(files: tuple[Path, ...], author: str, database: str | None) -> None:
    """Upload each FILE, and print what an image document says of it, one line of JSON each."""
    with _library(database) as (library, engine):
        for file in files:
            try:
                part = library.upload(engine, admin(author), file.read_bytes())
            except BadImage as bad:
                raise CliError(f"{file}: {bad}") from None
            click.echo(json.dumps(msgspec.to_builtins(part)))


@command.command()
@author_option
@database_option
def register(author: str, database: str | None) -> None:
    """Make files known that were copied into the store, as from the store of an installation whose export is loaded."""
    with _library(database) as (library, engine):
        click.echo(f"{library.register(engine, author)} files registered")


@command.command()
@database_option
def check(database: str | None) -> None:
    """List the files that are known, and missing in the store. The exit code is 1 if there are some."""
    with _library(database) as (library, engine), reading(engine) as session:
        names = [file.sha256 for file in library.missing(session)]
    for name in names:
        click.echo(name)
    if names:
        raise click.exceptions.Exit(1)


@command.command()
@click.option("--days", type=click.FloatRange(min=0), default=1.0, show_default=True, help="How old they are at least.")
@database_option
def prune(days: float, database: str | None) -> None:
    """Remove the files that no revision of any image names, some days after their upload."""
    with _library(database) as (library, engine):
        count = library.prune(engine, datetime.now(UTC), timedelta(days=days))
    click.echo(f"{count} files removed")
