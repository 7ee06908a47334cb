"""axe-core, and what it knows against a page."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from web.browser import Browser

AXE = "axe-core@4.10.3"


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, fetched by npm into a folder of its own."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, which fetches axe-core")
    folder: Path = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    if subprocess.run(command, capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("npm cannot fetch axe-core here")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours: another scheme of the same page differs in nothing else."""


def violations(browser: Browser, *rules: str) -> list[list[object]]:
    """The violations of all rules that axe knows of, or of some, with the elements that they are in. Where an element
    stands is left out, and so is what is in order: to say it takes axe longer than to look."""
    options = {"resultTypes": ["violations"], "selectors": False} | ({"runOnly": rules} if rules else {})
    browser.evaluate("window.violations = undefined")
    browser.evaluate(
        f"axe.run({json.dumps(options)}).then(({{violations}}) => window.violations = "
        "JSON.stringify(violations.map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200))])))"
    )
    violations: list[list[object]] = json.loads(browser.wait_for("window.violations"))
    return violations
