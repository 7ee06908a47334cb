"""`careergraph import esco`: the European classification of occupations and skills."""

from pathlib import Path

import click

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.imports.importing import Import, ImportInput, import_options, run
from careergraph.editorial.importers.esco.esco import read_esco
from careergraph.editorial.importers.esco.tables import DATABASE
from careergraph.editorial.importers.onet.release_info import version_of
from careergraph.editorial.importers.profile import PROFILES, EscoProfile, read_profile
from careergraph.editorial.importers.source_data import Tell
from careergraph.editorial.importers.tables.folder import tables_in_all

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=FILE)
@click.option("--release", help="The version of ESCO, such as 1.2.0; without it, the name of the first DIR says so.")
@click.option("--only", type=click.Choice(["skills", "occupations"]), help="Leave the other ones out.")
@click.option("--profile", type=FILE, default=PROFILES / "esco.json", help="What to make of the tables; see the docs.")
@import_options
def esco(folders: tuple[Path, ...], release: str | None, only: str | None, profile: Path, options: Import) -> None:
    """Import ESCO from DIR: occupations, and skill concepts with aliases, hierarchy and relations.

    Tables of other languages may lie beside those in English; the name of the file says the language (skills_de.csv).
    """
    version = release or version_of(folders[0])
    if version is None:
        raise CliError(
            "the name of the folder does not say which version of ESCO it holds: say --release, such as 1.2.0"
        )

    def read(tell: Tell) -> ImportInput:
        conversion = read_profile(EscoProfile, profile)
        tables = tables_in_all(folders, DATABASE)
        source = read_esco(tables, conversion, version, only, tell)
        return ImportInput(tables=tables, importer=source.importer, read_source=lambda ground: source)

    run(options, read)
