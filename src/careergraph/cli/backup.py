"""`careergraph backup`: everything in the database into one file."""

from pathlib import Path

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.messages import CliError, reason_of
from careergraph.store.backup.archive import backup
from careergraph.store.tables.media import MediaFileRow

FILES = MediaFileRow.__tablename__


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@database_option
def command(file: Path, database: str | None) -> None:
    """Write the whole database, history included, into FILE."""
    try:
        with open_database(database) as engine:
            archived = backup(engine, file)
    except OSError as error:
        raise CliError(reason_of(error)) from None
    click.echo(f"{sum(archived.rows.values())} rows backed up to {file}")
    if images := archived.rows.get(FILES, 0):
        click.echo(f"The files of images (of {images} uploads) are not in it: copy the store of media as well.")
