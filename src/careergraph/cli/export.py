"""`careergraph export`: the database into content files, or all comparisons as lines of JSON."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from careergraph.cli.base.database import database_option, open_database
from careergraph.cli.base.messages import CliError, reason_of
from careergraph.editorial.content.content_folder import Obstructed, export
from careergraph.store.database.database import reading

CONTENT, COMPARISONS = (
    ("prune",),
    (
        "document",
        "locales",
        "region",
        "career",
        "category",
        "min_score",
        "shard",
        "processes",
        "engine",
        "per_file",
        "version",
    ),
)
"""The options that only one of the two exports has."""


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--prune", is_flag=True, help="Remove content files of DIR that are no longer live.")
@click.option("--comparisons", is_flag=True, help="Write comparisons instead; all options below are for these.")
@click.option(
    "--document", metavar="FILE", type=click.Path(path_type=Path), help="The query with $a, $b, $locale and $region."
)
@click.option("--locale", "locales", metavar="CODE", multiple=True, help="A language; repeat it for several.")
@click.option("--region", metavar="NAME", help="The region of the compared figures; by default none.")
@click.option("--career", metavar="SLUG", help="Only comparisons with this career.")
@click.option("--category", metavar="SLUG", help="Only comparisons of careers in this category.")
@click.option("--min-score", metavar="SCORE", type=float, help="Only comparisons from this score on, from 0 to 1.")
@click.option("--shard", metavar="I/N", help="Only the I-th of N shares, so that N machines write all.")
@click.option("--processes", metavar="N", type=click.IntRange(1), help="Processes; by default as many as pay.")
@click.option("--engine", metavar="URL", help="Write on the workers of a Dask scheduler, dask://HOST:PORT.")
@click.option("--per-file", metavar="N", type=click.IntRange(1), help="Comparisons per file; by default 1000.")
@click.option("--version", metavar="N", type=click.IntRange(1), help="The catalog version; by default the live one.")
@database_option
def command(folder: str, comparisons: bool, database: str | None, **options: Any) -> None:
    """Write the live content into files, one document a file.

    Loading them again changes nothing. Files with the same content are left alone.

    With --comparisons, write all comparisons instead: a line of JSON each, the response to the document, in files below
    DIR/LOCALE. A file exists once it is complete, so an interrupted export continues when it is run again. DIR may be
    an address of fsspec too, such as s3://bucket/prefix.
    """
    _check(options, comparisons)
    if comparisons:
        _export_comparisons(folder, database, options)
    else:
        _export_content(Path(folder), database, options["prune"])


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


def _export_comparisons(folder: str, database: str | None, options: dict[str, Any]) -> None:
    # the schema takes longer to import than content takes to be exported
    bulk = import_module("careergraph.cli.comparisons")
    bulk.export(bulk.parse_options(folder, options), database)
