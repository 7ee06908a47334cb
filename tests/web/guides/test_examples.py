"""Examples that ask a server: against none, against something else, and wrongly called, each says so in one line."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).parents[3]
PAIR = ("actuary", "accountant")


class Other(BaseHTTPRequestHandler):
    """A server of something else: what it answers is its path."""

    def do_POST(self) -> None:
        """Answers with a page, with JSON that is no GraphQL, or that there is no such address."""
        self.rfile.read(int(self.headers["content-length"]))
        bodies = {"/page": b"<!doctype html>", "/list": b"[]", "/text": b'"x"', "/latin": b"\xff\xfe", "/empty": b"{}"}
        body = bodies.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("content-length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def other() -> Iterator[str]:
    """The address of that server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One run of an example."""
    command = [sys.executable, str(ROOT / "examples" / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that it ended with."""
    assert (done.returncode, done.stdout) == (1, ""), done
    (line,) = done.stderr.splitlines()
    return line


def test_without_a_server_an_example_says_so(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = f"http://127.0.0.1:{free.getsockname()[1]}/graphql"
    line = refused(run("first_page.py", *PAIR, server))
    assert server in line and "make serve" in line
    assert server in refused(run("build_pages.py", str(tmp_path / "site"), server))


@pytest.mark.parametrize("path", ["/nothing", "/page", "/list", "/text", "/latin", "/empty"])
def test_another_server_is_told_apart(tmp_path: Path, other: str, path: str) -> None:
    assert refused(run("first_page.py", *PAIR, other + path))
    assert refused(run("build_pages.py", str(tmp_path / "site"), other + path))


@pytest.mark.parametrize("address", ["nonsense", "ftp:", "http://", "http://127.0.0.1:x/"])
def test_an_address_that_is_none_is_told(address: str, tmp_path: Path) -> None:
    assert refused(run("first_page.py", *PAIR, address))
    assert refused(run("build_pages.py", str(tmp_path / "site"), address))


def test_a_career_that_there_is_not_is_told(seeded: str) -> None:
    line = refused(run("first_page.py", "actuary", "acountant", f"{seeded}/graphql"))
    assert "No published career" in line and "accountant" in line
    page = run("first_page.py", *PAIR, f"{seeded}/graphql")
    assert page.returncode == 0 and "<h1>Actuary vs" in page.stdout


@pytest.mark.parametrize("name", ["first_page.py", "build_pages.py"])
def test_without_words_an_example_says_which(name: str) -> None:
    assert refused(run(name)).startswith("usage: ")
