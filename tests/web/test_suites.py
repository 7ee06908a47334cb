"""Suites of checks that were written by others, run against the app on a real socket.

They lie in a folder that `CAREERGRAPH_SUITES` names, and fetch what they need into a folder of their own, so they run
where that is set, as in `.ci/run`: `http_audit.sh` holds the 61 audits of GraphQL over HTTP, `security.sh` hostile
requests. The folder takes no part otherwise.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.test_server import WHOLE, lines_of, serving

ROOT = Path(__file__).parents[2]
FOLDER = os.environ.get("CAREERGRAPH_SUITES")


def run(script: str, *arguments: str) -> str:
    """What a suite prints; it has to pass whole. Where it cannot run the test is skipped, unless nothing may skip."""
    missing = "CAREERGRAPH_SUITES names no folder of suites" if FOLDER is None else None
    if FOLDER is not None and "npm_need" in (Path(FOLDER) / script).read_text() and shutil.which("npm") is None:
        missing = "there is no npm"
    if missing is not None:
        (pytest.fail if os.environ.get("CAREERGRAPH_NO_SKIP") == "1" else pytest.skip)(missing)
    done = subprocess.run(
        ["bash", str(Path(str(FOLDER)) / script), *arguments], capture_output=True, text=True, check=False, timeout=400
    )
    lines = (done.stdout + done.stderr).splitlines()
    assert done.returncode == 0, "\n".join(line for line in lines if not line.startswith("pass"))[-4000:]
    return done.stdout


@pytest.fixture
def whole(sqlite_url: str) -> Iterator[str]:
    """The address of a server that is a process of its own: nothing that tests hold makes it pause."""
    with serving(program=WHOLE, database=sqlite_url) as process:
        yield lines_of(process, 1)[0].removeprefix("careergraph is listening on ")


def test_every_audit_of_graphql_over_http_is_met(whole: str) -> None:
    assert "61/61 ok" in run("http_audit.sh", f"{whole}/graphql")


@pytest.mark.alone
def test_every_hostile_request_is_refused_cheaply(whole: str) -> None:
    assert "98/98 pass" in run("security.sh", f"{whole}/graphql", "--sdl", str(ROOT / "schema.graphql"))


@pytest.mark.alone
def test_a_server_that_keeps_its_schema_to_itself_passes_too(sqlite_url: str) -> None:
    closed = WHOLE.replace("server.Config(", "server.Config.of(introspection=False, graphiql=False, ")
    with serving(program=closed, database=sqlite_url) as process:
        address = lines_of(process, 1)[0].removeprefix("careergraph is listening on ")
        run("security.sh", f"{address}/graphql", "--sdl", str(ROOT / "schema.graphql"), "--production")


def test_the_schema_is_described_and_breaks_no_rule_but_two() -> None:
    """Values that are known only with their career have no id, and lists that are short are lists, not connections."""
    missing = FOLDER is None or shutil.which("npm") is None
    if missing:
        (pytest.fail if os.environ.get("CAREERGRAPH_NO_SKIP") == "1" else pytest.skip)("no suites, or no npm")
    done = subprocess.run(
        ["bash", str(Path(str(FOLDER)) / "schema_lint.sh"), str(ROOT / "schema.graphql")],
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    problems = [line for line in done.stdout.splitlines() if line.startswith("schema-")]
    assert problems, done.stderr[-2000:]
    assert not [it for it in problems if not it.split()[1].endswith(("/strict-id-in-types", "/relay-edge-types"))]
