"""The catalogs that the evaluation looks at, each imported once in a run."""

import tempfile
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

from benchmarks.imported import imported
from careergraph.engine.content import Catalog


@cache
def catalog_of(data: Path, name: str = "onet") -> Catalog:
    """The catalog of a name, as `benchmarks.imported` has them: O*NET or ESCO, imported whole from a folder of data."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        return imported(data, Path(folder), name)
