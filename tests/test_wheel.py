"""The wheel works by itself: installed into an empty environment, in an empty folder, it serves the seeded catalog."""

import gzip
import http.client
import json
import os
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from durability.test_rolling import READ
from waiting import CEILING, wait_until

ROOT = Path(__file__).parents[1]
QUERY = """{
  comparison(a: "ai-model-routing-engineer", b: "ai-multi-agent-systems-engineer") { title summary { text } }
}"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built without network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the wheel, and this environment's packages as its requirements."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--disable-pip-version-check"]
    options = ["--quiet", "--no-deps", "--no-index", "--no-cache-dir", "--root-user-action", "ignore"]
    done = subprocess.run([*pip, "install", *options, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # a plain path: the .pth files of this environment, which lead back to this tree, are not read again
    (site / "requirements.pth").write_text("\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    return folder / "bin"


def test_what_is_needed_at_run_time_is_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "careergraph/py.typed" in names
    shipped = ("alembic/env.py", "alembic/versions/", "seed/0001/attributes/", "seed/0001/careers/")
    for part in shipped:
        assert any(name.startswith(f"careergraph/_shipped/{part}") for name in names), part
    assert {f"careergraph/editorial/importers/profiles/{it}.json" for it in ("onet", "esco")} <= set(names)
    pages = ("templates/comparison.html", "operations/comparison.graphql", "static/site.css", "embed.js")
    assert {f"careergraph/web/pages/{name}" for name in pages} <= set(names)
    assert any(name.startswith("careergraph/web/vendor/") and "LICENSE" in name for name in names)
    assert {"vocabulary.txt", "LICENSE"} <= {Path(name).name for name in names if "/semantic/vendor/" in name}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "careergraph/_shipped/alembic/__init__.py" not in names, "it would shadow the library alembic"
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests/", "seed/", "alembic/"))]


def test_it_is_small(wheel: Path) -> None:
    """GraphiQL is by far the largest part of it."""
    assert wheel.stat().st_size < 5_000_000


def test_it_is_the_installed_package_that_runs(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "python", "-c", "import careergraph; print(careergraph.__file__)")
    assert str(installed.parent) in done.stdout, done.stderr


def test_it_serves_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    with _serving(installed, tmp_path) as port:
        assert _get(port, "/healthz")[0] == 200
        status, page = _get(port, "/compare/ai-model-routing-engineer-vs-ai-multi-agent-systems-engineer")
        assert status == 200 and "Which should you choose?" in str(page)
        status, body = _post(port, {"query": QUERY})
    assert status == 200
    comparison = json.loads(body)["data"]["comparison"]
    assert comparison["title"] == "AI Model Routing Engineer vs AI Multi-Agent Systems Engineer"
    assert comparison["summary"]
    assert (tmp_path / "var" / "careergraph.db").is_file()


def test_its_other_verbs_run_there_too(installed: Path, tmp_path: Path) -> None:
    version = _run(installed, tmp_path, "careergraph", "--version")
    assert version.stdout.startswith("careergraph 0."), version.stderr
    schema = _run(installed, tmp_path, "careergraph", "schema")
    assert schema.stdout == (ROOT / "schema.graphql").read_text(), schema.stderr


DOCUMENT = """query($slug: String!) { editor { document(type: CAREER, slug: $slug) {
  isLive archived inReview release draft { number document } history(first: 100) { number }
  schedules { dueAt documentRevision heldReason } } } }"""
RELEASE = "query($slug: String!) { editor { release(slug: $slug) { open documents { slug } schedules { dueAt } } } }"
TITLE = "query($slug: String!) { career(slug: $slug) { title } }"
DUE = "2036-11-01T12:00:00Z"


def test_it_upgrades_a_database_of_an_earlier_version(installed: Path, tmp_path: Path) -> None:
    """`store/migration/make_upgrade_database.py` says what is in it, and how to make one of another version."""
    file = tmp_path / "careergraph.db"
    file.write_bytes(gzip.decompress((ROOT / "tests/store/migration/database_0016.gz").read_bytes()))
    database = ("--database", f"sqlite:///{file}")
    refused = _run(installed, tmp_path, "careergraph", "serve", *database)
    assert (refused.returncode, "careergraph upgrade" in refused.stderr) == (1, True)
    before = _columns(file)
    upgraded = _run(installed, tmp_path, "careergraph", "upgrade", *database)
    assert upgraded.returncode == 0, upgraded.stderr
    after = _columns(file)
    assert not {(table, column) for table, column in before if table in READ} - after, "servers of before read it"
    with _serving(installed, tmp_path, *database) as port:
        _check_readers(port)
        _check_editors(port, {"Authorization": f"Bearer {_secret(1)}"})
    verified = _run(installed, tmp_path, "careergraph", "audit", "verify", *database)
    assert (verified.returncode, "71 " in verified.stdout) == (0, True), verified.stdout + verified.stderr
    log = _run(installed, tmp_path, "careergraph", "webhook", "log", "1", *database)
    assert "5" in log.stdout.split(), log.stdout + log.stderr
    tokens = _run(installed, tmp_path, "careergraph", "token", "list", *database)
    assert [name in tokens.stdout for name in ("program", "german", "gone")] == [True] * 3, tokens.stderr


def _check_readers(port: int) -> None:
    """What is live is as it was, and nothing else is; a preview goes on."""
    titles = {"accountant": "Accountant of today", "lawyer": "Lawyer of today", "actuary-of-old": "Actuary"}
    for slug, title in titles.items():
        assert _ask(port, TITLE, {"slug": slug}) == {"career": {"title": title}}
    assert _ask(port, '{ career(slug: "actuary") { slug } }') == {"career": {"slug": "actuary-of-old"}}
    assert _ask(port, '{ career(slug: "actors") { slug } }', codes=["UNKNOWN_CAREER"]) == {"career": None}
    query = '{ career(slug: "chief-executives") { values { source { slug } } skills { text } } }'
    figures = _ask(port, query)["career"]
    assert len(figures["values"]) > 2 and figures["skills"]
    query = '{ career(slug: "accountant", asOf: "2026-11-29T10:37:37.500Z") { title } }'
    assert _ask(port, query)["career"] == {"title": "Accountant"}
    preview = {"X-Careergraph-Preview": _secret(4)}
    assert _ask(port, TITLE, {"slug": "electrician"}, preview) == {"career": {"title": "In spring"}}


def _check_editors(port: int, signed_in: dict[str, str]) -> None:
    """Drafts, releases and schedules are as they were, tokens work as they did, and the next act follows."""

    def document(slug: str) -> Any:
        return _ask(port, DOCUMENT, {"slug": slug}, signed_in)["editor"]["document"]

    accountant, nurse, plumber, actors = map(document, ("accountant", "registered-nurse", "plumber", "actors"))
    assert accountant["draft"]["document"]["title"]["en"] == "Accountant of tomorrow"
    assert [it["number"] for it in accountant["history"]] == [4, 3, 2, 1]
    assert (nurse["inReview"], nurse["draft"]["number"], nurse["isLive"]) == (True, 4, True)
    assert nurse["schedules"] == [{"dueAt": DUE, "documentRevision": 4, "heldReason": None}]
    assert (plumber["release"], plumber["draft"]["document"]["title"]["en"]) == ("summer", "In summer")
    assert (actors["archived"], actors["isLive"]) == (True, False)
    summer = _ask(port, RELEASE, {"slug": "summer"}, signed_in)["editor"]["release"]
    assert summer == {"open": True, "documents": [{"slug": "plumber"}], "schedules": [{"dueAt": DUE}]}
    german = _ask(port, "{ editor { me { name role scope { locales } } } }", {}, _bearer(2))["editor"]["me"]
    assert german == {"name": "token:german", "role": "AUTHOR", "scope": {"locales": ["de"]}}
    assert _post(port, {"query": QUERY}, _bearer(3))[0] == 401, "it was revoked"
    publish = "mutation($of: [DocumentBaseInput!]!) { publish(documents: $of) { ... on Publication { version } } }"
    documents = [{"type": "CAREER", "slug": "accountant", "base": 4}]
    version = _ask(port, publish, {"of": documents}, signed_in)["publish"]["version"]
    assert version > 6
    assert _ask(port, TITLE, {"slug": "accountant"}, signed_in) == {"career": {"title": "Accountant of tomorrow"}}


def _secret(number: int) -> str:
    return f"cg_{str(number) * 10}_{str(number) * 64}"


def _bearer(number: int) -> dict[str, str]:
    return {"Authorization": f"Bearer {_secret(number)}"}


def _columns(file: Path) -> set[tuple[str, str]]:
    """The columns of an SQLite file, each with its table."""
    query = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
    with closing(sqlite3.connect(file)) as connection:
        return {(table.removeprefix("careergraph_"), column) for table, column in connection.execute(query)}


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/"), "PYTHONDONTWRITEBYTECODE": "1"}


def _run(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    arguments = [str(installed / command[0]), *command[1:]]
    return subprocess.run(
        arguments, cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=3 * CEILING
    )


@contextmanager
def _serving(installed: Path, folder: Path, *options: str) -> Iterator[int]:
    """A server on a free port; the port."""
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(installed / "careergraph"), "serve", "--port", "0", *options],
            cwd=folder,
            env=_environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _port(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(CEILING) == 0, log.read_text()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    marker = "listening on http://127.0.0.1:"

    def listens() -> bool:
        assert process.poll() is None, log.read_text()
        return marker in log.read_text()

    wait_until(listens, "the server listens", every=0.1)
    return int(log.read_text().split(marker)[1].split()[0])


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
    connection.request("GET", path)
    answer = connection.getresponse()
    status, body = answer.status, answer.read()
    connection.close()
    return status, body


def _post(port: int, fields: dict[str, Any], headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CEILING)
    connection.request("POST", "/graphql", json.dumps(fields), {"Content-Type": "application/json", **(headers or {})})
    answer = connection.getresponse()
    status, body = answer.status, answer.read()
    connection.close()
    return status, body


def _ask(
    port: int,
    query: str,
    variables: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    codes: Sequence[str] = (),
) -> Any:
    """The data of an answer with errors of these codes."""
    answer = json.loads(_post(port, {"query": query, "variables": variables or {}}, headers)[1])
    assert [error["extensions"]["code"] for error in answer.get("errors", ())] == list(codes), answer
    return answer["data"]
