"""The lock files pin everything by hash, satisfy pyproject.toml, and say nowhere where a package comes from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-docs.txt")
PINS = re.compile(r"^([a-z0-9.-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Name and version of each package that a lock file pins."""
    return dict(PINS.findall((ROOT / name).read_text()))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64}( \\)?$)", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert len(blocks) == len(pins(name))


def test_the_locks_satisfy_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    core = project["project"]["dependencies"]
    extras = [it for extra in project["project"]["optional-dependencies"].values() for it in extra]
    groups = project["dependency-groups"]
    needed = zip(LOCKS, (core, [*core, *extras, *groups["dev"]], groups["docs"]), strict=True)
    for lock, requirements in needed:
        pinned = pins(lock)
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(pinned[requirement.name]), f"{lock}: {requirement}"


def test_both_environments_have_the_same_core() -> None:
    core, dev, _ = (pins(lock) for lock in LOCKS)
    assert core.items() <= dev.items()
