"""`careergraph restore`: a backup back into the database."""

from pathlib import Path

import click

from careergraph.cli.database import connected, database_option
from careergraph.cli.failure import Failure, because
from careergraph.store.archive import restore


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@database_option
def command(file: Path, database: str | None) -> None:
    """Put back what a backup holds, in place of all that the database holds now."""
    try:
        with connected(database) as engine:
            restore(engine, file)
    except OSError as error:
        raise Failure(because(error)) from None
    click.echo(f"restored from {file}")
