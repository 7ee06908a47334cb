"""`careergraph load`: content files into the database."""

from pathlib import Path

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.sessions import checked_name, checked_note
from careergraph.cli.check import complain
from careergraph.editorial.editing.load import Refused, load
from careergraph.store.database.database import transaction


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--author",
    default="careergraph load",
    show_default=True,
    callback=checked_name,
    help="Who the history says it was.",
)
@click.option("--note", default="", callback=checked_note, help="What the history says it was for.")
@database_option
def command(folder: Path, author: str, note: str, database: str | None) -> None:
    """Publish the content files of DIR: all of them, or nothing where anything is wrong.

    Files are checked together with what is live. Documents that are live and not in DIR stay as they are.
    """
    try:
        with open_database(database) as engine, transaction(engine) as session:
            loaded = load(session, folder, author, note)
    except Refused as refused:
        complain(refused.problems)
        raise click.exceptions.Exit(1) from None
    if loaded.version is None:
        click.echo(f"{loaded.documents} documents, all as they are live: nothing changed")
    else:
        click.echo(f"{loaded.documents} documents, {loaded.changed} changed: version {loaded.version}")
