"""`careergraph restore`: a backup back into a database."""

from datetime import UTC, datetime
from pathlib import Path

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.image_copies import bring_images_back, images_option
from careergraph.cli.base.messages import CliError, reason_of
from careergraph.store.access.tokens import Kind, tokens
from careergraph.store.backup.restore import restore
from careergraph.store.database.database import reading
from careergraph.store.events.endpoints import endpoints


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Restore even over content that somebody published.")
@click.option("--moved", is_flag=True, help="Nothing happened since the backup: everything moves to this database.")
@images_option
@database_option
def command(file: Path, replace: bool, moved: bool, images: str | None, database: str | None) -> None:
    """Restore the backup FILE in place of all content of the database.

    All of it or nothing. A database with more than its seed is left alone, unless --replace is given. The files of
    images that the store lacks are copied back into it.

    A backup does not know what happened after it was made. Tokens that do not work in the database now do not work
    after the restore either, overdue schedules wait until somebody confirms them (confirmSchedule), and versions of the
    catalog count on from the next million, so that no number is used twice. With --moved nothing happened since, as for
    moving everything to another database. Replace a webhook secret again that was replaced since.
    """
    try:
        with open_database(database) as engine:
            archived = restore(engine, file, replace=replace, moved=moved)
            with reading(engine) as session:
                good = [it for it in tokens(session, Kind.ACCESS) if it.good(datetime.now(UTC))]
                receivers = endpoints(session)
    except OSError as error:
        raise CliError(reason_of(error)) from None
    click.echo(f"{sum(archived.rows.values())} rows restored from {file}")
    if archived.version is not None:
        click.echo(f"the catalog is at version {archived.version} now")
    if archived.held_schedules:
        numbers = ", ".join(map(str, archived.held_schedules))
        click.echo(f"overdue schedules that wait to be confirmed: {numbers}")
    for token in good:
        click.echo(f"the token {token.prefix} of {token.grant.name} works")
    for endpoint in receivers:
        state = endpoint.paused_reason or ("sent to" if endpoint.active else "inactive")
        click.echo(f"endpoint {endpoint.number}, {endpoint.url}: {state}")
    if archived.recalled:
        click.echo(f"{archived.recalled} tokens work no longer: they may have been revoked since the backup was made")
    try:
        with open_database(database) as engine:
            bring_images_back(engine, file, images)
    except OSError as error:
        raise CliError(reason_of(error)) from None
