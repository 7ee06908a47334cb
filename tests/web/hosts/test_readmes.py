"""The READMEs of the hosts, followed line by line in a shell of its own, as somebody does who copies them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ports import free_port
from waiting import CEILING, wait_until

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
BY_TOKEN = ("host_fastapi", "host_starlette")


@pytest.fixture
def folder(tmp_path: Path, seeded_file: Path) -> Path:
    """The examples, the programs that their READMEs call, and a database that `careergraph upgrade` finds ready."""
    shutil.copytree(EXAMPLES, tmp_path / "examples", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    shutil.copyfile(seeded_file, tmp_path / "examples" / "host.db")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("careergraph", "alembic", "uvicorn", "python"):
        module = "" if name == "python" else f" -m {name}"
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{module} "$@"\n')
        program.chmod(0o755)
    return tmp_path / "examples"


def environment(folder: Path) -> dict[str, str]:
    """What a new terminal has: none of the variables that the READMEs set."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("CAREERGRAPH_", "DATABASE_"))}
    paths = {"PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}
    return kept | paths | {"DJANGO_SUPERUSER_PASSWORD": "a password", "TOKEN": ""}


def blocks(name: str, kind: str) -> list[str]:
    text = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def shell(folder: Path, script: str) -> str:
    """What a script prints. Each of its lines has to succeed."""
    command = ["sh", "-e", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, (script, done.stdout, done.stderr)
    return done.stdout


@contextmanager
def followed(folder: Path, name: str) -> Iterator[int]:
    """The port of the host, which was set up and started by the lines of its README."""
    lines = blocks(name, "sh")[0].strip().splitlines()
    assert lines.pop(0).startswith("pip install ")
    start = lines.pop()
    assert start.startswith("uvicorn ")
    unasked = " --noinput --username ann --email ann@example.org"
    setting_up = "\n".join(line + (unasked if line.endswith(" createsuperuser") else "") for line in lines)
    shell(folder, setting_up)
    port = free_port()
    exports = "\n".join(line for line in lines if line.startswith("export "))
    command = ["sh", "-c", f"{exports}\nexec {start} --port {port}"]
    server = subprocess.Popen(command, cwd=folder, env=environment(folder), stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port) or server.poll() is not None, "the host listens", every=0.05)
        assert server.poll() is None, "the host ended"
        yield port
    finally:
        server.terminate()
        server.wait(CEILING)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/careers", timeout=CEILING).status_code > 0
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("name", BY_TOKEN)
def test_the_readme_leads_to_an_answer_for_its_user(name: str, folder: Path) -> None:
    """The second block signs in and asks, with nothing filled in by hand, and the answer is the one that is shown."""
    with followed(folder, name) as port:
        answer = json.loads(shell(folder, blocks(name, "sh")[1].replace(":8000", f":{port}")))
    [documented] = blocks(name, "json")
    assert answer["data"] == json.loads(documented)["data"]


def test_the_readme_of_django_leads_to_a_user_who_edits(folder: Path) -> None:
    """Its user signs in by a form, in a browser; the addresses that it names are there."""
    with followed(folder, "host_django") as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        form = client.get("/admin/login/")
        data = {"username": "ann", "password": "a password", "csrfmiddlewaretoken": form.cookies["csrftoken"]}
        assert client.post("/admin/login/?next=/admin/", data=data).headers["location"] == "/admin/"
        assert "GraphiQL" in client.get("/careers/graphiql").text
        answer = client.post("/careers/graphql", json={"query": "{ viewer { name } editor { me { role } } }"}).json()
        assert answer["data"] == {"viewer": {"name": "ann"}, "editor": {"me": {"role": "EDITOR"}}}
