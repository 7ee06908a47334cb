"""The hand-made sample in the formats of the sources, copied to be changed, and imported."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import Engine

from careergraph.cli.command import commands
from careergraph.editorial.imports.carry_out import bring_out, save
from careergraph.editorial.imports.folder import tables_in, tables_of
from careergraph.editorial.imports.given import Given
from careergraph.editorial.imports.ground import Ground
from careergraph.editorial.imports.onet import read_onet
from careergraph.editorial.imports.onet_tables import DATABASE, EXPOSURE, WAGES
from careergraph.editorial.imports.plan import Plan, make_plan
from careergraph.editorial.imports.profile import PROFILES, OnetProfile, read_profile
from careergraph.editorial.imports.said import Said
from careergraph.editorial.imports.vintage import Vintages
from careergraph.store.database import reading
from editorial.verbs.desk import ADMIN

SAMPLE = Path(__file__).parent / "sample"
DATA = Path(__file__).parents[2].parent / "shared" / "data"
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

    def remove(self, table: str) -> None:
        (self.folder / f"{table}.txt").unlink()

    def drop(self, code: str) -> None:
        """Takes an occupation out of every table."""
        for file in self.folder.iterdir():
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            file.write_text("".join(line for line in lines if not line.startswith(code)), encoding="utf-8")

    def read(self) -> Said:
        """Reads the sample."""
        release_info = PROFILE.releases.get(self.release)
        vintages = Vintages(
            release=self.release,
            named=release_info.vintage if release_info else self.release,
            date=release_info.date if release_info else None,
            year="2025" if self.wages else None,
        )
        wages = tables_of([SAMPLE / "wages_2025" / "national.tsv"], [WAGES]).used[0] if self.wages else None
        exposure = tables_of([SAMPLE / "exposure.csv"], [EXPOSURE]).used[0] if self.exposure else None
        tables = tables_in(self.folder, DATABASE)
        source = Given(tables=tables, vintages=vintages, wages=wages, exposure=exposure)
        return read_onet(source, PROFILE, lambda what: None)


def plan(engine: Engine, source: Said) -> Plan:
    """The plan of an import."""
    with reading(engine) as session:
        return make_plan(Ground(session, source.importer), source)


def import_sample(engine: Engine, source: Said, *, publish: bool = True) -> Plan:
    """Imports a source, and returns the plan of it."""
    plan_made = plan(engine, source)
    done = save(engine, ADMIN, source.importer, source.vintage, plan_made)
    if publish:
        bring_out(engine, ADMIN, done)
    return plan_made


def run(*arguments: object) -> Result:
    """Runs `careergraph import`."""
    return CliRunner().invoke(commands, ["import", *map(str, arguments)], prog_name="careergraph")
