"""The hand-made sample in the formats of the sources, copied to be changed, and imported."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from click.testing import CliRunner, Result
from sqlalchemy import Engine

from careergraph.cli.base.command import commands
from careergraph.editorial.importers import apply
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.onet.onet import read_onet
from careergraph.editorial.importers.onet.onet_input import OnetInput, ReleaseInfo
from careergraph.editorial.importers.onet.tables import EXPOSURE, ONET_TABLES, WAGES
from careergraph.editorial.importers.plan import Plan, make_plan
from careergraph.editorial.importers.profile import PROFILES, OnetProfile, read_profile
from careergraph.editorial.importers.source_data import SourceData
from careergraph.editorial.importers.tables.shape import Shaped, Tables, tables_in, tables_of
from careergraph.store.database.database import reading
from careergraph.store.documents.documents import AttributeDocument
from editorial.verbs.desk import ADMIN

SAMPLE = Path(__file__).parent / "sample"
DATA = Path(__file__).parents[3].parent / "shared" / "data"
PROFILE = read_profile(OnetProfile, PROFILES / "onet.json")


class Sample:
    """A copy of the sample: the tables of one release of O*NET, with wages and exposure."""

    def __init__(self, folder: Path, release: str = "29.3") -> None:
        self.folder = folder / f"onet_{release.replace('.', '_')}"
        self.release = release
        shutil.copytree(SAMPLE / "onet_29_3", self.folder)
        self.wages = self.exposure = True

    def change(self, table: str, old: str, new: str) -> None:
        """Replaces a text in a table, which must hold it."""
        file = self.folder / f"{table}.txt"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, table: str, lines: Sequence[str]) -> None:
        """Writes a table anew, or another one."""
        (self.folder / f"{table}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def remove(self, table: str) -> None:
        (self.folder / f"{table}.txt").unlink()

    def drop(self, code: str) -> None:
        """Takes an occupation out of every table."""
        for file in self.folder.iterdir():
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            file.write_text("".join(line for line in lines if not line.startswith(code)), encoding="utf-8")

    def read(self) -> SourceData:
        """Reads the sample."""
        wages = tables_of([SAMPLE / "wages_2025" / "national.tsv"], [WAGES]).used[0] if self.wages else None
        exposure = tables_of([SAMPLE / "exposure.csv"], [EXPOSURE]).used[0] if self.exposure else None
        return read_tables(tables_in(self.folder, ONET_TABLES), self.release, wages, exposure)


def read_tables(
    tables: Tables,
    release: str,
    wages: Shaped | None = None,
    exposure: Shaped | None = None,
    *,
    year: str = "2025",
    attributes: Mapping[str, AttributeDocument] = MappingProxyType({}),
) -> SourceData:
    """Reads tables of a release of O*NET by the profile of the package."""
    release_info = PROFILE.releases.get(release)
    vintages = ReleaseInfo(
        release=release,
        named=release_info.vintage if release_info else release,
        date=release_info.date if release_info else None,
        year=year if wages else None,
    )
    source = OnetInput(tables=tables, vintages=vintages, wages=wages, exposure=exposure)
    return read_onet(source, PROFILE, lambda what: None, attributes)


def plan(engine: Engine, source: SourceData) -> Plan:
    """The plan of an import."""
    with reading(engine) as session:
        return make_plan(DatabaseSnapshot(session, source.importer), source)


def import_sample(engine: Engine, source: SourceData, *, publish: bool = True) -> Plan:
    """Imports a source, and returns the plan of it."""
    plan_made = plan(engine, source)
    done = apply.save(engine, ADMIN, source.importer, source.vintage, plan_made)
    if publish:
        apply.publish(engine, ADMIN, done)
    return plan_made


def run(*arguments: object) -> Result:
    """Runs `careergraph import`."""
    return invoke("import", *arguments)


def invoke(*arguments: object) -> Result:
    """Runs a verb."""
    return CliRunner().invoke(commands, [*map(str, arguments)], prog_name="careergraph")
