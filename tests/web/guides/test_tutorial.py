"""The tutorial is done: each command in its order, each answer as it is shown, and the page before and after."""

import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands
from careergraph.store.database.database import connect
from web.editing import Newsroom

ROOT = Path(__file__).parents[3]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


class Beginner:
    """Somebody who does what the tutorial says."""

    def __init__(self, newsroom: Newsroom, url: str) -> None:
        self.newsroom, self.url = newsroom, url
        self.token = ""
        self.answer: Any = None
        self.pages: list[str] = []
        spec = importlib.util.spec_from_file_location("first_page", ROOT / "examples" / "first_page.py")
        assert spec is not None
        assert spec.loader is not None
        self.example: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.example)

    def do(self, line: str) -> None:
        if line.startswith("export TOKEN=$("):
            words = shlex.split(line.removeprefix("export TOKEN=$(").removesuffix(")"))
            result = CliRunner().invoke(commands, [*words[1:], "--database", self.url])
            assert result.exit_code == 0, result.output
            self.token = result.stdout.strip()
            return
        words = shlex.split(line.replace("$TOKEN", self.token))
        if words[0] == "curl":
            self.ask(words)
        elif words[0] == "python3":
            assert words[1] == "examples/first_page.py"
            answer = self.newsroom.public.ask(self.example.QUERY, variables={"a": words[2], "b": words[3]})
            self.pages.append(self.example.page(answer["data"]["comparison"]))
        else:
            assert words == ["make", "serve"]

    def ask(self, words: list[str]) -> None:
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        response = self.newsroom.public.post("/graphql", content=words[words.index("-d") + 1], headers=headers)
        assert "errors" not in response.json(), response.text
        self.answer = response.json()["data"]


@pytest.fixture
def beginner(sqlite_url: str) -> Iterator[Beginner]:
    engine = connect(sqlite_url)
    yield Beginner(Newsroom(engine), sqlite_url)
    engine.dispose()


def test_it_leads_to_a_page_and_to_an_edit(beginner: Beginner) -> None:
    outputs = 0
    for kind, text in re.findall(r"```(sh|json)\n(.*?)```", TUTORIAL, re.DOTALL):
        if kind == "json":
            assert {"data": beginner.answer} == json.loads(text)
            outputs += 1
            continue
        for line in text.replace("\\\n", " ").splitlines():
            beginner.do(line)
    assert outputs >= 4
    before, after = beginner.pages
    introduction = "<p class=editor>One counts what was, the other what may be.</p>"
    assert introduction not in before
    assert introduction in after
    assert after.replace(f"{introduction}\n", "") == before
    assert "<h1>Accountant vs Actuary</h1>" in before


def test_the_page_of_what_is_not_known_says_so(beginner: Beginner) -> None:
    """A dash, not a zero; and whatever an editor wrote, it is text."""
    row = {"attribute": {"label": "<b>"}, "a": None, "b": {"display": "5"}}
    side = {"title": "A & B"}
    reasons = {"chooseA": {"reasons": []}, "chooseB": {"reasons": [{"text": "<i>"}]}}
    comparison: dict[str, Any] = {
        "title": "t",
        "a": side,
        "b": side,
        "editorial": None,
        "summary": [],
        "verdict": reasons,
    }
    html = beginner.example.page({**comparison, "glance": {"rows": [row]}})
    assert "<th>&lt;b&gt;<td>–<td>5" in html
    assert "A &amp; B" in html
    assert "<li>&lt;i&gt;" in html
