"""The README, followed by a newcomer: a clean clone, `make serve`, the page in the browser, the first query."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from web.browser import Browser

ROOT = Path(__file__).parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What is committed, with an environment as `make` makes it, but of the packages that are here already."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    folder = tmp_path / "careergraph"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True)
    packages = [entry for entry in sys.path if entry and Path(entry) not in (ROOT / "src", ROOT / "tests")]
    path = os.pathsep.join([str(folder / "src"), *packages])
    program = programs / "careergraph"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{path}" exec "{sys.executable}" -m careergraph "$@"\n')
    program.chmod(0o755)
    (folder / ".venv" / "installed").touch()
    return folder


@pytest.fixture
def address(clone: Path) -> Iterator[str]:
    """Where `make serve` says that it listens."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CAREERGRAPH_")}
    process = subprocess.Popen(
        ["make", "--no-print-directory", "serve"],
        cwd=clone,
        env=environment | {"PORT": "0"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        listening = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert listening is not None, "make serve said no address"
        yield listening[0]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def test_the_readme_holds(address: str, browser: Browser) -> None:
    """The page first, by a link of the tool; then the first query, with the answer that the README shows."""
    browser.open(f"{address}/")
    assert browser.evaluate("document.querySelectorAll('form.tool input[role=combobox]').length") == 2
    browser.evaluate("document.querySelector('.pairlist a').click()")
    browser.wait_for("location.pathname.startsWith('/compare/') && document.readyState === 'complete'")
    assert browser.evaluate("document.querySelectorAll('table.glance tbody').length") > 3
    assert browser.complaints == []
    query, answer = (re.search(rf"```{name}\n(.*?)```", README, re.DOTALL) for name in ("graphql", "json"))
    assert query is not None and answer is not None
    body = json.dumps({"query": query[1]}).encode()
    request = Request(f"{address}/graphql", body, {"Content-Type": "application/json"})  # noqa: S310 - this machine
    with urlopen(request) as response:  # noqa: S310 - this machine
        assert json.load(response)["data"] == json.loads(answer[1])["data"]
