"""The container file, as far as it can be checked without building it: no machine that tests has to have a registry."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from deploy.test_unit import check_command

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")


def steps() -> list[tuple[str, str]]:
    """The instructions, each with its text on one line."""
    lines = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    instructions = [line.split(None, 1) for line in joined.splitlines()]
    return [(word, " ".join(text.split())) for word, text in instructions]


def step(name: str) -> list[str]:
    return [text for word, text in steps() if word == name]


def test_it_is_made_of_instructions() -> None:
    allowed = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK"}
    allowed |= {"ENTRYPOINT", "CMD"}
    assert {word for word, _ in steps()} <= allowed
    assert steps()[0][0] == "FROM"


def test_what_it_copies_is_there() -> None:
    for text in step("COPY"):
        if not text.startswith("--from="):
            *sources, _ = text.split()
            assert all((ROOT / source).exists() for source in sources), text


def test_the_version_of_its_python_is_one_that_we_support() -> None:
    required = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    least = tuple(map(int, required.removeprefix(">=").split(".")))
    for text in step("FROM"):
        match = re.match(r"python:(\d+)\.(\d+)-slim", text)
        assert match is not None and (int(match[1]), int(match[2])) >= least


def test_it_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    (user,) = step("USER")
    assert user.isdigit() and int(user) > 0
    (health,) = step("HEALTHCHECK")
    assert "/healthz" in health
    compile(json.loads(health[health.index("[") :])[2], "HEALTHCHECK", "exec")


def test_its_command_is_one_of_ours() -> None:
    assert json.loads(step("ENTRYPOINT")[0]) == ["careergraph"]
    check_command(json.loads(step("CMD")[0]))


def test_the_versions_of_its_extras_are_those_that_are_tested(tmp_path: Path) -> None:
    """The line that reads them out of the lock finds all of them."""
    (line,) = [text for text in step("RUN") if text.startswith("sed ")]
    command = line.removesuffix("> pins.txt").replace("requirements-dev.txt", str(ROOT / "requirements-dev.txt"))
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    pins = {canonicalize_name(pin.partition("==")[0]) for pin in done.stdout.split()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (installed,) = [text for text in step("RUN") if "--constraint pins.txt" in text]
    extras = re.findall(r"\w+", installed[installed.index("[") : installed.index("]")])
    for extra in extras:
        for requirement in map(Requirement, project["optional-dependencies"][extra]):
            assert canonicalize_name(requirement.name) in pins
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==\S+", pin) for pin in done.stdout.split())
