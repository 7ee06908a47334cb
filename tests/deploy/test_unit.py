"""The systemd unit that we document: systemd knows every word of it, and it leaves the server little to break."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import click

from careergraph.cli.base.command import commands
from careergraph.web.core.config import Config
from careergraph.web.server import local
from deploy.programs import program

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "careergraph.service").read_text(encoding="utf-8")
EXPOSED = 20
"""The most that `systemd-analyze security` may find, of 100: it calls up to 20 OK."""


def test_systemd_understands_it(tmp_path: Path) -> None:
    unit = _with_a_program(tmp_path)
    done = _analyze("verify", "--man=no", "--recursive-errors=no", str(unit))
    ours = [line for line in done.stderr.splitlines() if "careergraph" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_it_can_do_little_harm(tmp_path: Path) -> None:
    unit = _with_a_program(tmp_path)
    done = _analyze("security", "--offline=yes", f"--threshold={EXPOSED}", "--no-pager", str(unit))
    assert done.returncode == 0, done.stdout[-400:] + done.stderr


def test_its_command_is_one_of_ours() -> None:
    command = re.search(r"^ExecStart=\S+/careergraph (.*)$", UNIT, re.MULTILINE)
    assert command is not None
    check_command(shlex.split(command[1]))


def test_requests_for_the_hosts_of_nginx_are_answered() -> None:
    """It listens on a loopback address, where a server would else answer for this machine only."""
    environment = dict(it.split("=", 1) for it in re.findall(r"^Environment=(.*)$", UNIT, re.MULTILINE))
    assert "--host 127.0.0.1" in UNIT
    config = local(Config.from_environment(environment), "127.0.0.1")
    assert config.hosts.every and not config.cors.allowed


def check_command(words: list[str]) -> None:
    """Has the command line read the words of a command, without doing it."""
    name, *arguments = words
    verb = commands.get_command(click.Context(commands), name)
    assert verb is not None
    verb.make_context(name, arguments)


def _with_a_program(folder: Path) -> Path:
    """The unit, with a program that is there."""
    unit = folder / "careergraph.service"
    unit.write_text(UNIT.replace("/opt/careergraph/bin/careergraph", "/bin/true"))
    return unit


def _analyze(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [program("systemd-analyze"), *arguments]
    environ = {**os.environ, "SYSTEMD_LOG_TARGET": "console", "SYSTEMD_COLORS": "0"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environ)
