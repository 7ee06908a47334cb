"""The schema and its plans need neither docstrings (`python -OO`) nor sources of functions (`.pyc` files alone)."""

import compileall
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import careergraph

TESTS = Path(__file__).parents[1]
SCRIPT = """
import sys
from graphql import parse
from api.asking import SMALL
import careergraph
from careergraph.api.compiler import compile_plan
from careergraph.api.schema import schema, sdl

query = '''{
  comparison(a: "carpenter", b: "nurse") {
    id title lead { text } glance { rows { outcome statements { text rule } a { display source { title } } } }
    skills { overlap shared { because: concept { name } } } transition(from: B) { grade months }
  }
  career(slug: "carpenter") { title compareWith(first: 1) { slug } related { score shared { text } } }
  careers(first: 2) { edges { cursor node { aliases } } totalCount }
  labels { text(key: "section.glance") }
}'''
answer = compile_plan(schema._schema, parse(query), None, soon=1).run({}, SMALL)
sys.stdout.write("\\n".join([str(careergraph.__file__), repr(answer), sdl()]))
"""


def run(options: Sequence[str], package: Path) -> list[str]:
    """Return the file of the package, the answer of a plan and the lines of the schema, from another process."""
    paths = os.pathsep.join([str(package), str(TESTS)])
    result = subprocess.run(
        [sys.executable, *options, "-c", SCRIPT],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.fixture(scope="module")
def expected() -> list[str]:
    lines = run([], Path(careergraph.__file__).parents[1])[1:]
    assert lines[0].startswith("b'{") and '"""' in "\n".join(lines)
    return lines


def test_docstrings_are_no_program_data(expected: list[str]) -> None:
    assert run(["-OO"], Path(careergraph.__file__).parents[1])[1:] == expected


def test_compiled_files_are_enough(expected: list[str], tmp_path: Path) -> None:
    package = tmp_path / "careergraph"
    shutil.copytree(
        Path(careergraph.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__", "vendor", "static")
    )
    assert compileall.compile_dir(package, quiet=1, legacy=True)
    for source in package.rglob("*.py"):
        source.unlink()
    file, *lines = run([], tmp_path)
    assert file == str(package / "__init__.pyc")
    assert lines == expected
