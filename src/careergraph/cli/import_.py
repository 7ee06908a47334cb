"""`careergraph import`: import tables of other publishers, and a site's own figures."""

import json
from pathlib import Path

import click

from careergraph.cli.imports.importing import Import, import_options, problems_as_failures, run
from careergraph.editorial.importers.mapped.table_map import schema
from careergraph.editorial.importers.sources import esco_source, figures_source, onet_source, table_source

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=FILE)
@click.option("--release", help="The version of ESCO, such as 1.2.0; by default that in the name of the first DIR.")
@click.option("--only", type=click.Choice(["skills", "occupations"]), help="Import only these.")
@click.option("--profile", type=FILE, help="The conversion of tables; see the docs.")
@import_options
def esco(
    folders: tuple[Path, ...], release: str | None, only: str | None, profile: Path | None, options: Import
) -> None:
    """Import ESCO from DIR: occupations, and skill concepts with aliases, hierarchy and relations.

    The tables are those of the European Commission, or of Tabiya. Tables of other languages may be beside those in
    English; the name of a file has the language (skills_de.csv).
    """
    with problems_as_failures():
        source = esco_source(folders, release, only, profile)
    run(options, source)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@import_options
def figures(file: Path, options: Import) -> None:
    """Import figures of your own from FILE, a table with a figure a row.

    Its columns are career (a slug, or an external id as onet:15-1252.00), attribute, value and source; and where they
    are known unit, date, method, region, basis, publishedFor, low percentile,
    high percentile, share, interval low, interval high, sample size, suppress.
    Careers, attributes and sources must be there already.
    """

    run(options, figures_source(file))


@click.command()
@click.argument("folder", metavar="DIR", type=FILE)
@click.option("--wages", type=FILE, help="A table of wages by SOC code, as BLS publishes them (OEWS, national).")
@click.option("--exposure", type=FILE, help="A table of exposure to language models by O*NET-SOC code.")
@click.option("--release", help="The release of O*NET, such as 29.3; by default that in the name of DIR.")
@click.option("--wages-year", help="The year of the wages; by default that in the name of the file or its folder.")
@click.option("--profile", type=FILE, help="The conversion of tables; see the docs.")
@import_options
def onet(  # noqa: PLR0913 - one argument for each option
    *,
    folder: Path,
    wages: Path | None,
    exposure: Path | None,
    release: str | None,
    wages_year: str | None,
    profile: Path | None,
    options: Import,
) -> None:
    """Import the O*NET database in DIR: occupations with titles, figures, skills and technologies."""

    source = onet_source(
        folder, wages=wages, exposure=exposure, release=release, wages_year=wages_year, profile=profile
    )
    run(options, source)


def print_schema(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the JSON Schema of maps, and end."""
    if value:
        click.echo(json.dumps(schema(), indent=2))
        context.exit()


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--map", "map_file", type=FILE, required=True, help="What the columns of the tables are; see the docs.")
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_schema,
    help="Print the JSON Schema of maps.",
)
@import_options
def table(files: tuple[Path, ...], map_file: Path, options: Import) -> None:
    """Import occupations, skills, relations and figures of any taxonomy from FILEs, or folders of them.

    A map, a JSON file, names the source with its licence and vintage, and the columns of each table.
    """
    run(options, table_source(files, map_file))


@click.group()
def command() -> None:
    """Import occupations, skills and figures from tables of other publishers.

    Tables are plain or gzipped, separated by tabs or commas, and known by their columns, whatever the names of their
    files. An import creates a release of drafts. The same import again changes nothing; a later release changes the
    differences, and edits by editors stay.
    """


for imported in (onet, esco, figures, table):
    command.add_command(imported)
