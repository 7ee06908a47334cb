"""`careergraph backup`: everything in the database into one file."""

from pathlib import Path

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.image_copies import images_option, save_images
from careergraph.cli.base.messages import CliError, reason_of
from careergraph.store.backup.archive import backup


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@images_option
@database_option
def command(file: Path, images: str | None, database: str | None) -> None:
    """Write the whole database, history included, into FILE, and the files of images beside it.

    A file of an image is copied once, whatever backups it is part of.
    """
    try:
        with open_database(database) as engine:
            archived = backup(engine, file)
            click.echo(f"{sum(archived.rows.values())} rows backed up to {file}")
            save_images(engine, file, images)
    except OSError as error:
        raise CliError(reason_of(error)) from None
