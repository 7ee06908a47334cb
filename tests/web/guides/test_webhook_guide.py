"""The guide to webhooks is run: its commands, the receiver that it shows, and the message that it describes."""

import importlib.util
import json
import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from ports import free_port
from waiting import CEILING, wait_until
from web.editing import PUBLISH, SECRET_KEY, Newsroom, data, edit, key

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "how-to" / "webhooks.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "webhook_receiver.py"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def example() -> Any:
    """The receiver of the guide."""
    spec = importlib.util.spec_from_file_location("webhook_receiver", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def receiver(example: Any) -> Iterator[Any]:
    """It listens, and knows no secret yet."""
    server = example.Receiver(0, "whsec_")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command as it is shown, against the test's database."""
    monkeypatch.setenv("CAREERGRAPH_SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("CAREERGRAPH_WEBHOOK_PRIVATE", "127.0.0.1")

    def command(line: str) -> str:
        words = shlex.split(line, comments=True)
        assert words.pop(0) == "careergraph"
        result = CliRunner().invoke(commands, [*words, "--database", sqlite_url])
        assert result.exit_code == 0, (line, result.output)
        return result.output

    return command


def shape(message: Any) -> Any:
    """What a message is made of, whatever it says."""
    if isinstance(message, dict):
        return {name: shape(it) for name, it in message.items()}
    return [shape(message[0])] if isinstance(message, list) else type(message).__name__


def test_the_guide_to_webhooks_is_true(newsroom: Newsroom, receiver: Any, run: Any) -> None:
    """From the endpoint to the verified message, and through all that can be done about one that did not arrive."""
    address = f"http://127.0.0.1:{receiver.server_address[1]}/hook"
    lines = [line for block in blocks("sh") for line in block.strip().splitlines()]
    receiver.secret = run(lines[0].replace("https://careers.example/hook", address)).split()[-1]
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    data(editor, PUBLISH, documents=[key("CAREER", "accountant")])
    assert "1 delivered, 0 not delivered" in run("careergraph work --once")
    [message] = receiver.received.values()
    [described] = [json.loads(it) for it in blocks("json")]
    assert shape(message) == shape(described)
    for name in ("version", "documents", "careers", "comparisons", "since", "changes"):
        assert message["data"][name] == described["data"][name], name
    changes = data(newsroom.public, message["data"]["changes"])
    assert changes["version"] == message["data"]["version"]
    for line in lines[1:]:
        run(line)
    assert "pending" in run("careergraph webhook log 1")
    assert "1 delivered, 0 not delivered" in run("careergraph work --once")
    assert "delivered" in run("careergraph webhook log 1")
    assert list(receiver.received.values()) == [message]


def test_the_guide_runs_on_one_machine(newsroom: Newsroom, sqlite_url: str, tmp_path: Path) -> None:
    """Its lines in a shell, as they stand but for the port, and `careergraph work --once` for the server."""
    port = free_port()
    lines = blocks("sh on this machine")[0].replace("8001", str(port)).strip().splitlines()
    assert lines.pop() == "careergraph serve"
    program = tmp_path / "careergraph"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m careergraph "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CAREERGRAPH_DATABASE_URL": sqlite_url, "PYTHONPATH": str(ROOT / "src")}
    lines += ["read published", "careergraph work --once >&2", "kill $!"]
    command = ["sh", "-e", "-c", "\n".join(lines)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as shell:
        wait_until(lambda: _listens(port) or shell.poll() is not None, "the receiver listens", every=0.05)
        editor = newsroom.client(Role.EDITOR)
        edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
        data(editor, PUBLISH, documents=[key("CAREER", "accountant")])
        output, errors = shell.communicate("go on\n", timeout=CEILING)
    assert output == blocks("text")[0], errors


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_what_the_receiver_needs_is_said() -> None:
    """In a line, and not in a traceback."""
    environment = {name: text for name, text in os.environ.items() if name != "CAREERGRAPH_WEBHOOK_SECRET"}
    command = [sys.executable, str(EXAMPLE), "8001"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("CAREERGRAPH_WEBHOOK_SECRET=whsec_... ") and done.stderr.count("\n") == 1


def test_an_event_for_a_paused_endpoint_waits_until_it_resumes(newsroom: Newsroom, run: Any) -> None:
    run("careergraph webhook add http://127.0.0.1:9/hook")
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "accountant", title={"en": "Bean counter"})
    data(editor, PUBLISH, documents=[key("CAREER", "accountant")])
    assert run("careergraph webhook redeliver 1 1") == "event 1 will be sent to endpoint 1 again\n"
    run("careergraph webhook pause 1")
    assert run("careergraph webhook redeliver 1 1") == "event 1 will be sent to endpoint 1 again, once it resumes\n"
    assert "paused: by hand" in run("careergraph webhook list")


def test_the_receiver_of_the_guide_is_the_example() -> None:
    [code] = blocks("python")
    assert code in EXAMPLE.read_text(encoding="utf-8")


def test_what_is_not_genuine_is_refused(example: Any, receiver: Any) -> None:
    """Nothing of it is kept: no signature, a wrong one, one of another body, one that is too old."""
    url = f"http://127.0.0.1:{receiver.server_address[1]}/"
    for headers in (
        {},
        {"webhook-id": "evt_1", "webhook-timestamp": "soon", "webhook-signature": "v1,x"},
        {"webhook-id": "evt_1", "webhook-timestamp": "1", "webhook-signature": "v1,x"},
        {"webhook-id": "evt_1", "webhook-timestamp": str(2**62), "webhook-signature": "v1,x"},
    ):
        assert httpx.post(url, content=b"{}", headers=headers).status_code == 400
    with pytest.raises(example.Forged):
        example.verify("whsec_", {"webhook-id": "1", "webhook-timestamp": "1", "webhook-signature": "v1,é"}, b"", now=1)
    assert receiver.received == {}
