"""`careergraph backup`: everything in the database into one file."""

from pathlib import Path

import click

from careergraph.cli.database import database_option, opened
from careergraph.cli.failure import Failure, because
from careergraph.store.archive import backup


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@database_option
def command(file: Path, database: str | None) -> None:
    """Write everything that the database holds, history included, into FILE."""
    try:
        with opened(database) as engine:
            archived = backup(engine, file)
    except OSError as error:
        raise Failure(because(error)) from None
    click.echo(f"{sum(archived.rows.values())} rows backed up to {file}")
