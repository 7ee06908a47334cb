"""`careergraph export`: the database into content files, or all comparisons as lines of JSON."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from careergraph.cli.base.cli_error import CliError, reason_of
from careergraph.cli.base.database import database_option, open_database
from careergraph.editorial.content.export import Obstructed, export
from careergraph.store.database.database import reading

CONTENT, COMPARISONS = (
    ("prune",),
    ("document", "locales", "career", "category", "min_score", "shard", "processes", "per_file", "version"),
)
"""The options that only one of the two exports has."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--prune", is_flag=True, help="Remove content files of DIR that are no longer live.")
@click.option("--comparisons", is_flag=True, help="Write comparisons instead; all options below are for these.")
@click.option("--document", metavar="FILE", type=click.Path(path_type=Path), help="The query with $a, $b and $locale.")
@click.option("--locale", "locales", metavar="CODE", multiple=True, help="A language; may be given again for more.")
@click.option("--career", metavar="SLUG", help="Only comparisons with this career.")
@click.option("--category", metavar="SLUG", help="Only comparisons of careers in this category.")
@click.option("--min-score", metavar="SCORE", type=float, help="Only comparisons of this score, from 0 to 1, or more.")
@click.option("--shard", metavar="I/N", help="Only the I-th of N shares, so that N machines write all.")
@click.option("--processes", metavar="N", type=click.IntRange(1), help="Side by side; as many as pay, up to the cores.")
@click.option("--per-file", metavar="N", type=click.IntRange(1), help="Comparisons of a file; 1000.")
@click.option("--version", metavar="N", type=click.IntRange(1), help="The version of the catalog; the live one.")
@database_option
def command(folder: Path, comparisons: bool, database: str | None, **options: Any) -> None:
    """Write what is live into content files, one document a file.

    Loading them again changes nothing. Files that are as they would be written are left alone.

    With --comparisons, write all comparisons instead: a line of JSON each, as answers to the document, in files below
    DIR/LOCALE. A file is there when it is complete, so an export that was interrupted goes on when it is
    run again.
    """
    _check(options, comparisons)
    if comparisons:
        _export_comparisons(folder, database, options)
    else:
        _export_content(folder, database, options["prune"])


def _check(options: dict[str, Any], comparisons: bool) -> None:
    for name in CONTENT if comparisons else COMPARISONS:
        if options[name]:
            option = f"--{name.removesuffix('s') if name == 'locales' else name.replace('_', '-')}"
            raise click.UsageError(f"{option} is {'not for' if comparisons else 'for'} --comparisons")


def _export_content(folder: Path, database: str | None, prune: bool) -> None:
    try:
        with open_database(database) as engine, reading(engine) as session:
            exported = export(session, folder, prune=prune)
    except Obstructed as obstructed:
        raise CliError(str(obstructed)) from None
    except OSError as error:
        raise CliError(reason_of(error)) from None
    click.echo(f"{exported.documents} documents in {folder}: {exported.written} written, {exported.removed} removed")


def _export_comparisons(folder: Path, database: str | None, options: dict[str, Any]) -> None:
    # the schema takes longer to import than content takes to be exported
    bulk = import_module("careergraph.cli.comparisons")
    bulk.export(bulk.parse_options(folder, options), database)
