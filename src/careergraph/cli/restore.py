"""`careergraph restore`: a backup back into a database."""

from pathlib import Path

import click

from careergraph.cli.base.cli_error import CliError, reason_of
from careergraph.cli.base.database import database_option, open_database
from careergraph.store.migration.archive import ArchiveProblem, restore


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also where the database holds content that somebody published.")
@click.option("--keep-tokens", is_flag=True, help="Also tokens that may have been revoked since the backup was made.")
@database_option
def command(file: Path, replace: bool, keep_tokens: bool, database: str | None) -> None:
    """Put back what the backup FILE holds, in place of all that the database holds now.

    All of it or nothing. A database that holds more than its seed is left alone, unless --replace is given.

    A backup does not know which tokens were revoked after it was made. Those that do not work in the database now do
    not work after the restore either, unless --keep-tokens is given, as for moving everything to another database. A
    secret of a webhook that was replaced since is to be replaced again.
    """
    try:
        with open_database(database) as engine:
            archived = restore(engine, file, replace=replace, keep_tokens=keep_tokens)
    except ArchiveProblem as problem:
        raise CliError(str(problem)) from None
    except OSError as error:
        raise CliError(reason_of(error)) from None
    click.echo(f"{sum(archived.rows.values())} rows restored from {file}")
    if archived.recalled:
        click.echo(f"{archived.recalled} tokens work no longer: they may have been revoked since the backup was made")
