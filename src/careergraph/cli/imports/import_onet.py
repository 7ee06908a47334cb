"""`careergraph import onet`: the O*NET database, with wages and exposure to language models beside it."""

from pathlib import Path

import click

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.imports.importing import Import, ImportInput, import_options, run
from careergraph.editorial.importers.onet.onet import read_onet
from careergraph.editorial.importers.onet.onet_input import OnetInput
from careergraph.editorial.importers.onet.release_info import ReleaseInfo, release_of, year_of
from careergraph.editorial.importers.onet.tables import DATABASE, EXPOSURE, WAGES
from careergraph.editorial.importers.profile import PROFILES, OnetProfile, read_profile
from careergraph.editorial.importers.source_data import Tell
from careergraph.editorial.importers.tables.folder import Tables, tables_in, the_table

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=FILE)
@click.option("--wages", type=FILE, help="A table of wages by SOC code, as BLS publishes them (OEWS, national).")
@click.option("--exposure", type=FILE, help="A table of exposure to language models by O*NET-SOC code.")
@click.option("--release", help="The release of O*NET, such as 29.3; without it, the name of DIR says so.")
@click.option("--wages-year", help="The year of the wages; without it, the name of the file or its folder says so.")
@click.option("--profile", type=FILE, default=PROFILES / "onet.json", help="What to make of the tables; see the docs.")
@import_options
def onet(  # noqa: PLR0913 - one argument for each option
    *,
    folder: Path,
    wages: Path | None,
    exposure: Path | None,
    release: str | None,
    wages_year: str | None,
    profile: Path,
    options: Import,
) -> None:
    """Import the O*NET database in DIR: occupations with titles, figures, skills and technologies."""

    def read(tell: Tell) -> ImportInput:
        conversion = read_profile(OnetProfile, profile)
        tables = tables_in(folder, DATABASE)
        source = OnetInput(
            tables=tables,
            vintages=_vintages(conversion, release or release_of(folder), wages, wages_year),
            wages=None if wages is None else the_table(wages, WAGES),
            exposure=None if exposure is None else the_table(exposure, EXPOSURE),
        )
        missed = [shape for shape, it in ((WAGES, source.wages), (EXPOSURE, source.exposure)) if it is None]
        all_tables = Tables(used=tables.used, skipped=tables.skipped, missed=(*tables.missed, *missed))
        content = read_onet(source, conversion, tell)
        return ImportInput(tables=all_tables, importer=content.importer, read_source=lambda ground: content)

    run(options, read)


def _vintages(profile: OnetProfile, release: str | None, wages: Path | None, wages_year: str | None) -> ReleaseInfo:
    if release is None:
        raise CliError(
            "the name of the folder does not say which release of O*NET it holds: say --release, such as 29.3"
        )
    year = None if wages is None else wages_year or year_of(wages)
    if wages is not None and (year is None or not year.isdigit()):
        raise CliError("the name of the file does not say of which year the wages are: say --wages-year, such as 2025")
    release_info = profile.releases.get(release)
    if release_info is None:
        return ReleaseInfo(release=release, named=release, year=year)
    return ReleaseInfo(release=release, named=release_info.vintage, date=release_info.date, year=year)
