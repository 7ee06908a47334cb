"""The guide to editing is run from top to bottom: each command, each operation, each answer that it shows."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.client import Client
from web.editing import TOMORROW, Newsroom

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "editing.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


class Reader:
    """Somebody who does all that the guide shows."""

    def __init__(self, newsroom: Newsroom, url: str) -> None:
        self.newsroom, self.url = newsroom, url
        self.clients = {"anybody": newsroom.public, "viewer": newsroom.client(Role.VIEWER)}
        self.answer: Any = None
        self.done = 0

    def command(self, line: str) -> None:
        words = shlex.split(line)
        assert words.pop(0) == "careergraph"
        result = CliRunner().invoke(commands, [*words, "--database", self.url])
        assert result.exit_code == 0, result.output
        if words[:2] == ["token", "create"]:
            role = words[words.index("--role") + 1]
            self.clients[role] = Client(self.newsroom.app, Authorization=f"Bearer {result.output.strip()}")

    def operation(self, text: str) -> None:
        who = text.splitlines()[0].removeprefix("# ")
        variables = (
            {"tomorrow": TOMORROW.astimezone(ZoneInfo("Europe/Berlin")).isoformat()} if "$tomorrow" in text else {}
        )
        answer = self.clients[who].ask(text, variables=variables)
        assert "errors" not in answer, (text, answer)
        self.answer = answer["data"]
        for field in self.answer.values():
            assert "problems" not in (field or {}), (text, field)
            if isinstance(field, dict) and "secret" in field:
                self.clients["preview"] = self.newsroom.previewing(field["secret"])


def test_the_guide_to_editing_is_true(newsroom: Newsroom, sqlite_url: str) -> None:
    reader, kinds = Reader(newsroom, sqlite_url), []
    for kind, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        kinds.append(kind)
        if kind == "sh":
            for line in text.strip().splitlines():
                reader.command(line)
        elif kind == "graphql":
            reader.operation(text)
            if text.startswith("# preview"):
                introduction = reader.answer["comparison"]["editorial"]["introduction"]
                assert introduction == "Both count, only one of them the future."
        else:
            assert kind == "json"
            assert reader.answer == json.loads(text)
    assert kinds.count("graphql") >= 15
    assert kinds.count("json") >= 12
