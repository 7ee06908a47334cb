"""The sources of imports: what each needs of files and options, read once the database is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.esco.concepts import model_release
from careergraph.editorial.importers.esco.esco import read_esco
from careergraph.editorial.importers.esco.tables import CONCEPTS, ESCO_TABLES
from careergraph.editorial.importers.figures import FIGURES, IMPORTER, read_figures
from careergraph.editorial.importers.mapped.files import mapped_files
from careergraph.editorial.importers.mapped.reading import read_mapped
from careergraph.editorial.importers.mapped.table_map import read_map
from careergraph.editorial.importers.onet.onet import read_onet
from careergraph.editorial.importers.onet.onet_input import OnetInput, ReleaseInfo, release_of, version_of, year_of
from careergraph.editorial.importers.onet.tables import EXPOSURE, ONET_TABLES, WAGES
from careergraph.editorial.importers.profile import PROFILES, EscoProfile, OnetProfile, read_profile
from careergraph.editorial.importers.source_data import SourceData, Tell
from careergraph.editorial.importers.tables.shape import Tables, files_in, tables_in, tables_in_all, the_table


class MissingOption(Exception):
    """An option is needed, as no name of a file or folder has its value."""

    def __init__(self, option: str, what: str, example: str) -> None:
        super().__init__(f"{what}: give it as {option}, such as {example}")
        self.option, self.what, self.example = option, what, example


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportInput:
    """The tables, the importer, and a function that reads the source once the database is known."""

    tables: Tables
    importer: str
    read_source: Callable[[DatabaseSnapshot], SourceData]


ReadInput = Callable[[Tell], ImportInput]
"""A function that reads the tables of an import. Raises BadTable and BadProfile."""


def esco_source(
    folders: Sequence[Path], release: str | None = None, only: str | None = None, profile: Path | None = None
) -> ReadInput:
    """ESCO in some folders, the skills or the occupations `only`, as the European Commission or Tabiya publishes it.
    When it is read it raises MissingOption for a version that neither the name of the first folder nor a table has."""

    def read(tell: Tell) -> ImportInput:
        conversion = read_profile(EscoProfile, profile or PROFILES / "esco.json")
        tables = tables_in_all(folders, ESCO_TABLES)
        version = release or model_release(tables) or version_of(folders[0])
        if version is None:
            raise MissingOption("release", "the name of the folder has no version of ESCO", "1.2.0")
        if conversion.tabiya is not None and any(it.has("id") for it in tables.of(CONCEPTS)):
            republished = conversion.tabiya
            conversion = replace(conversion, importer=republished.importer, source=republished.source)
        return ImportInput(
            tables=tables,
            importer=conversion.importer,
            read_source=lambda _: read_esco(tables, conversion, version, only, tell),
        )

    return read


def figures_source(file: Path) -> ReadInput:
    """A table with a figure a row."""

    def read(tell: Tell) -> ImportInput:
        table = the_table(file, FIGURES)
        tables = Tables(used=(table,), skipped=(), missed=())
        return ImportInput(
            tables=tables, importer=IMPORTER, read_source=lambda snapshot: read_figures(table, snapshot, tell)
        )

    return read


def table_source(paths: Sequence[Path], map_file: Path) -> ReadInput:
    """Tables of any taxonomy, files or folders of them, whose columns a map names."""

    def read(tell: Tell) -> ImportInput:
        mapping = read_map(map_file)
        files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
        mapped, tables = mapped_files(mapping, [it for it in files if it.resolve() != map_file.resolve()])
        return ImportInput(
            tables=tables,
            importer=mapping.content.importer,
            read_source=lambda snapshot: read_mapped(mapping, mapped, snapshot, tell),
        )

    return read


def onet_source(  # noqa: PLR0913 - one argument for each option
    folder: Path,
    *,
    wages: Path | None = None,
    exposure: Path | None = None,
    release: str | None = None,
    wages_year: str | None = None,
    profile: Path | None = None,
) -> ReadInput:
    """The O*NET database in a folder, with tables of wages and exposure. When it is read it raises MissingOption for a
    release or year that no name has."""

    def read(tell: Tell) -> ImportInput:
        conversion = read_profile(OnetProfile, profile or PROFILES / "onet.json")
        tables = tables_in(folder, ONET_TABLES)
        source = OnetInput(
            tables=tables,
            wages=None if wages is None else the_table(wages, WAGES),
            exposure=None if exposure is None else the_table(exposure, EXPOSURE),
            vintages=_vintages(conversion, release or release_of(folder), wages, wages_year),
        )
        missed = [shape for shape, it in ((WAGES, source.wages), (EXPOSURE, source.exposure)) if it is None]
        all_tables = Tables(used=tables.used, skipped=tables.skipped, missed=(*tables.missed, *missed))
        return ImportInput(
            tables=all_tables,
            importer=conversion.importer,
            read_source=lambda snapshot: read_onet(source, conversion, tell, snapshot.attributes),
        )

    return read


def _vintages(profile: OnetProfile, release: str | None, wages: Path | None, wages_year: str | None) -> ReleaseInfo:
    if release is None:
        raise MissingOption("release", "the name of the folder has no release of O*NET", "29.3")
    year = None if wages is None else wages_year or year_of(wages)
    if wages is not None and (year is None or not year.isdigit()):
        raise MissingOption("wages-year", "the name of the file has no year of the wages", "2025")
    release_info = profile.releases.get(release)
    if release_info is None:
        return ReleaseInfo(release=release, named=release, year=year)
    return ReleaseInfo(release=release, named=release_info.vintage, date=release_info.date, year=year)
