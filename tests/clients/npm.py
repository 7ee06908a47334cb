"""npm, where there is one: an example is copied, its packages are installed, and its scripts are run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
MINUTES = 10
QUICKLY = ("--prefer-offline", "--no-audit", "--no-fund")
"""What npm has already is not asked for again."""


def install(name: str, folder: Path) -> Path:
    """A copy of an example with its packages. Skips where there is no npm."""
    if shutil.which("npm") is None:
        assert os.environ.get("CAREERGRAPH_NO_SKIP") != "1", "CAREERGRAPH_NO_SKIP is set and there is no npm"
        pytest.skip("no npm here; install Node.js")
    copy = folder / name
    shutil.copytree(EXAMPLES / name, copy, ignore=shutil.ignore_patterns(*ignored(name)))
    run(copy, "npm", "install", *QUICKLY, "--no-package-lock", "--loglevel=error")
    return copy


def ignored(name: str) -> list[str]:
    """What an example's own `.gitignore` names."""
    return [line.rstrip("/").rpartition("/")[2] for line in (EXAMPLES / name / ".gitignore").read_text().split()]


def run(folder: Path, *command: str, **environment: str) -> str:
    """The output of a command that succeeds."""
    result = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES * 60,
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"
    return result.stdout


def print_schema(*options: str) -> str:
    """What `careergraph schema` prints."""
    result = CliRunner().invoke(commands, ["schema", *options])
    assert result.exit_code == 0, result.output
    return result.output
