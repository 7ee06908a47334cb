"""The oldest version of each dependency that may be installed beside us has no hole that is known of."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIREMENTS = [Requirement(it) for it in PROJECT["dependencies"]]
EXTRAS = [Requirement(it) for group in PROJECT["optional-dependencies"].values() for it in group]

MENDED = {
    "starlette": "1.3.1",  # CVE-2026-54283: limits of forms were not heeded; CVE-2026-48710: a host could hold a path
    "h11": "0.16",  # CVE-2025-43859: lenient chunks let requests be smuggled
    "uvicorn": "0.11.7",  # CVE-2020-7694, CVE-2020-7695: headers and logs could be split
    "strawberry-graphql": "0.312.3",  # CVE-2026-35523, CVE-2026-35526: subscriptions without a sign-in or an end
    "joserfc": "1.6.3",  # CVE-2026-27932: a token said how long it takes to read it
    "jinja2": "3.1.6",  # CVE-2025-27516 and before it: a template could leave its sandbox
    "brotli": "1.2",  # CVE-2025-6176: a small body could unpack to any size
    "httptools": "0.7.1",
    "uvloop": "0.22",
    "xxhash": "3.5",
    "isal": "1.7",
    "standardwebhooks": "1.1",  # before it, it brought an HTTP client and four more packages for an HMAC
    "snowballstemmer": "3.1",  # other versions find other stems, and so other suggestions
    "click": "8.4",  # before it, `ParamType` could not be written with the type that it reads
}
"""The first version of each without the holes that are known; of those without a reason, the first that is tested."""


def floor(requirement: Requirement) -> Version:
    """The oldest version that a requirement allows."""
    return max(Version(it.version) for it in requirement.specifier if it.operator in (">=", "=="))


@pytest.mark.parametrize("requirement", [*REQUIREMENTS, *EXTRAS], ids=lambda it: it.name)
def test_every_dependency_has_a_floor(requirement: Requirement) -> None:
    assert floor(requirement)


@pytest.mark.parametrize("name", MENDED)
def test_no_floor_lies_below_a_hole(name: str) -> None:
    stated = [floor(it) for it in (*REQUIREMENTS, *EXTRAS) if it.name == name]
    assert stated and min(stated) >= Version(MENDED[name])


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_locked_is_allowed(lock: str) -> None:
    """A lock that was not made again after a floor was raised would bring the hole back."""
    pinned = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
    ours = REQUIREMENTS if lock == "requirements.txt" else [*REQUIREMENTS, *EXTRAS]
    for requirement in ours:
        name = requirement.name.lower()
        assert name in pinned and requirement.specifier.contains(pinned[name]), requirement


def test_the_default_install_has_what_is_fast_where_there_are_wheels() -> None:
    markers = {it.name: it.marker for it in REQUIREMENTS if it.name in ("uvloop", "httptools", "isal")}
    cpython = {"platform_python_implementation": "CPython"}
    pypy = {"platform_python_implementation": "PyPy"}
    for name, where, expected in (
        ("uvloop", {"sys_platform": "linux", **cpython}, True),
        ("uvloop", {"sys_platform": "darwin", **cpython}, True),
        ("uvloop", {"sys_platform": "win32", **cpython}, False),
        ("uvloop", {"sys_platform": "linux", **pypy}, False),
        ("httptools", {"sys_platform": "win32", **cpython}, True),
        ("httptools", {"sys_platform": "linux", **pypy}, False),
        ("isal", {"platform_machine": "x86_64", **cpython}, True),
        ("isal", {"platform_machine": "AMD64", **cpython}, True),
        ("isal", {"platform_machine": "aarch64", **cpython}, True),
        ("isal", {"platform_machine": "ARM64", **cpython}, False),
        ("isal", {"platform_machine": "ppc64le", **cpython}, False),
        ("isal", {"platform_machine": "x86_64", **pypy}, False),
    ):
        marker = markers[name]
        assert marker is not None and marker.evaluate(where) is expected, (name, where)
