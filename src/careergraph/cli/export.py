"""`careergraph export`: the database into content files."""

from pathlib import Path

import click

from careergraph.cli.database import database_option, opened
from careergraph.cli.failure import Failure, because
from careergraph.editorial.export import Obstructed, export
from careergraph.store.database import reading


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove content files of DIR that are no longer live.")
@database_option
def command(folder: Path, prune: bool, database: str | None) -> None:
    """Write what is live into content files, one document a file.

    Loading them again changes nothing. Files that are as they would be written are left alone.
    """
    try:
        with opened(database) as engine, reading(engine) as session:
            exported = export(session, folder, prune=prune)
    except Obstructed as obstructed:
        raise Failure(str(obstructed)) from None
    except OSError as error:
        raise Failure(because(error)) from None
    click.echo(f"{exported.documents} documents in {folder}: {exported.written} written, {exported.removed} removed")
