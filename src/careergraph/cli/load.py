"""`careergraph load`: content files into the database."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from careergraph.cli.base.database import admin, database_option, open_database
from careergraph.cli.base.messages import CliError
from careergraph.cli.base.options import checked_name, checked_note
from careergraph.cli.base.table import listing
from careergraph.cli.check import complain
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing.publication import Published, renew_neighbours
from careergraph.editorial.verbs.documents.load import LOADER, LoadPlan, Undoing, load, plan_load
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import Key


def _undoing_options(function: Any) -> Any:
    for undoing in reversed(Undoing):
        function = click.option(f"--{undoing}", undoing.name, is_flag=True, help=undoing.description)(function)
    return function


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "--author",
    "author",
    metavar="NAME",
    default=LOADER,
    show_default=True,
    callback=checked_name,
    help="Who loads, in the history and in the audit log.",
)
@click.option("--note", default="", callback=checked_note, help="The note in the history.")
@click.option("--dry-run", is_flag=True, help="List the changes without making them.")
@_undoing_options
@click.option("--keep", is_flag=True, help="Leave documents as they are where loading would undo something.")
@database_option
def command(  # noqa: PLR0913, PLR0917 - one argument for each option
    folder: Path, author: str, note: str, dry_run: bool, keep: bool, database: str | None, **undo: bool
) -> None:
    """Publish the content files of DIR: all of them, or nothing if there is any problem.

    Files are checked together with the live documents. Live documents that are not in DIR stay as they are. A file
    under a former slug is loaded as the renamed document. What would undo somebody's work is refused without the option
    for it: to load a document that was archived, unpublished, or changed since the export.
    """
    allowed = [undoing for undoing in Undoing if undo[undoing.name]]
    published = Published(version=None, changed=())
    try:
        with open_database(database) as engine:
            with reading(engine) as session:
                plan = plan_load(session, folder, allowed, keep=keep)
            if plan.step.documents and not dry_run and not plan.refused:
                with transaction(engine) as session:
                    published = load(session, admin(author), plan, note)
                renew_neighbours(engine)
    except Rejected as rejected:
        complain(rejected.problems)
        raise click.exceptions.Exit(1) from None
    for line in _report(plan, published, dry_run=dry_run):
        click.echo(line)
    if plan.refused:
        complain(tuple(plan.refused))
        raise CliError("nothing was loaded, since that would undo what others did")


def _report(plan: LoadPlan, published: Published, *, dry_run: bool) -> Iterator[str]:
    yield from _keys("New", plan.new)
    yield from _keys("Changed", plan.changed)
    followed = [f"{kind} {old}: {new}" for (kind, old), new in plan.renamed.items()]
    yield from listing("Renamed since, so loaded under their present names", followed)
    for undoing in Undoing:
        keys = [it.key for it in plan.undone if it.undoing is undoing and it.key not in plan.left]
        yield from _keys(f"Undone: {undoing.name.lower()} before", keys)
    yield from _keys("Left as they are, since loading them would undo something", plan.left)
    yield from _keys("With open drafts, which stay, and conflict with what was loaded", plan.drafted)
    count = len(plan.step.documents)
    if dry_run:
        yield f"A dry run: nothing was changed. {plan.documents} documents, {count} would change"
    elif plan.refused:
        yield f"{plan.documents} documents, {count} would change"
    elif published.version is None:
        yield f"{plan.documents} documents, all as they are live: nothing changed"
    else:
        yield f"{plan.documents} documents, {count} changed: version {published.version}"


def _keys(title: str, keys: Sequence[Key]) -> Iterator[str]:
    return listing(title, [" ".join(key) for key in keys])
