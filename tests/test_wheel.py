"""The wheel works by itself: installed into an empty environment, in an empty folder, it serves the seeded catalog."""

import http.client
import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


def _environment() -> dict[str, str]:
    return {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/"), "PYTHONDONTWRITEBYTECODE": "1"}


def _run(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    arguments = [str(installed / command[0]), *command[1:]]
    return subprocess.run(
        arguments, cwd=folder, env=_environment(), capture_output=True, text=True, check=False, timeout=60
    )


@contextmanager
def _serving(installed: Path, folder: Path) -> Iterator[int]:
    """A server on a free port; the port."""
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(installed / "careergraph"), "serve", "--port", "0"],
            cwd=folder,
            env=_environment() | {"PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _port(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0, log.read_text()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    marker = "listening on http://127.0.0.1:"
    for _ in range(600):
        text = log.read_text()
        if marker in text:
            return int(text.split(marker)[1].split()[0])
        assert process.poll() is None, text
        time.sleep(0.1)
    raise AssertionError(f"no server after a minute: {log.read_text()}")


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    status, body = answer.status, answer.read()
    connection.close()
    return status, body


def _post(port: int, fields: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/graphql", json.dumps(fields), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    status, body = answer.status, answer.read()
    connection.close()
    return status, body
