"""The Makefile says what its verbs do, and the documents name only verbs that it has."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def verbs() -> set[str]:
    """The verbs that `make help` lists."""
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(re.findall(r"^make ([\w-]+) ", done.stdout, re.MULTILINE))


def test_make_alone_lists_every_verb() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert verbs() == set(phony.split())


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_a_page_names_only_verbs_that_there_are(page: str) -> None:
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([\w-]+)", (ROOT / page).read_text()))
    assert named <= verbs()
