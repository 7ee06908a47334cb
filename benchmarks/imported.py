"""The catalog of the open data: O*NET with wages and exposure, imported into a database and loaded from there."""

from pathlib import Path

from benchmarks.imports import onet_command, run
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect


def imported(data: Path, folder: Path) -> Catalog:
    """Imports the data of a folder into a new database in another one, and loads what is live then."""
    url = f"sqlite:///{folder}/imported.db"
    run(["upgrade", "--database", url])
    run([*onet_command(data), "--publish", "--database", url])
    engine = connect(url)
    catalog = Catalogs(engine).current()
    engine.dispose()
    return catalog
