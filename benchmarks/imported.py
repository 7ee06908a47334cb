"""The catalog of the open data: O*NET with wages and exposure, imported into a database and loaded from there."""

from pathlib import Path

from benchmarks.imports import run
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect


def imported(data: Path, folder: Path) -> Catalog:
    """Imports the data of a folder into a new database in another one, and loads what is live then."""
    url = f"sqlite:///{folder}/imported.db"
    wages = data / "bls_oews_2025" / "national_cross_industry.tsv.gz"
    exposure = data / "ai_exposure" / "gpts_are_gpts_occ_level.csv.gz"
    run(["upgrade", "--database", url])
    onet = ["import", "onet", str(data / "onet_29_3"), "--wages", str(wages), "--exposure", str(exposure)]
    run([*onet, "--publish", "--database", url])
    engine = connect(url)
    catalog = Catalogs(engine).current()
    engine.dispose()
    return catalog
