"""A typed client in Python: ariadne-codegen, in an environment of its own, generates it, and it reads a real server."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from clients.npm import EXAMPLES, ignored, print_schema, run
from clients.test_typescript import app
from truth import seeded
from web.conftest import running

README = (EXAMPLES / "python" / "README.md").read_text(encoding="utf-8")


def test_the_client_reads_a_pair_and_all_careers(tmp_path: Path) -> None:
    folder = tmp_path / "python"
    shutil.copytree(EXAMPLES / "python", folder, ignore=shutil.ignore_patterns(*ignored("python")))
    (folder / "schema.graphql").write_text(print_schema(), encoding="utf-8")
    [package] = [word for word in README.split() if word.startswith("ariadne-codegen==")]
    run(folder, sys.executable, "-m", "venv", ".venv")
    try:
        run(folder, ".venv/bin/pip", "install", "--quiet", package)
    except AssertionError:
        if os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
            raise
        pytest.skip(f"{package} cannot be installed here")
    run(folder, ".venv/bin/ariadne-codegen")
    with running(app().asgi()) as address:
        output = run(folder, ".venv/bin/python", "main.py", f"{address}/graphql", "accountant", "actuary")
    with pytest.raises(AssertionError, match=r"^\nusage: python main\.py \S+ CAREER CAREER\n$"):
        run(folder, ".venv/bin/python", "main.py")
    careers = seeded.catalog().careers
    one, other = careers["accountant"].title, careers["actuary"].title
    results = json.loads(output)
    assert results["titles"] == {"en": f"{one['en']} vs {other['en']}", "de": f"{one['de']} vs. {other['de']}"}
    assert results["careers"] == len(careers) and len(results["money"]) == 2
