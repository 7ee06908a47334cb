"""Catalogs of the seed and of the open data, imported into a database and loaded from there."""

from pathlib import Path

from benchmarks.imports import onet_command, run
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect

FOLDERS = {"seed": "", "onet": "onet_29_3", "esco": "esco_1_2_0"}
"""The folder of the open data that each catalog needs, by its name."""


def imported(data: Path, folder: Path, name: str = "onet") -> Catalog:
    """Make a new database in a folder with the catalog of a name, and load what is live then: the seed, or O*NET with
    wages and exposure or ESCO beside the seed."""
    url = f"sqlite:///{folder}/{name}.db"
    run(["upgrade", "--database", url])
    if name != "seed":
        run([*_command(data, name), "--publish", "--database", url])
    engine = connect(url)
    catalog = Catalogs(engine).current()
    engine.dispose()
    return catalog


def _command(data: Path, name: str) -> list[str]:
    if name == "onet":
        return onet_command(data)
    return ["import", "esco", str(data / FOLDERS[name]), str(data / "esco_labels_2026-06")]
