"""The guide for assistants names every tool with what it takes, and quotes an error as it comes."""

import re
from pathlib import Path

from web.mcp.assistant import app, ask

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to" / "assistants.md").read_text(encoding="utf-8")


def test_it_names_each_tool_with_its_arguments() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", GUIDE, re.MULTILINE))
    tools = ask(app(), lambda client: client.list_tools()).tools
    takes = {tool.name: list(tool.input_schema["properties"]) for tool in tools}
    assert {name: re.findall(r"`(\w+)`", cell) for name, cell in rows.items()} == takes


def test_its_error_is_the_one_that_comes() -> None:
    (block,) = re.findall(r"```text\n(.*?)\n```", GUIDE)
    answer = ask(app(), lambda client: client.call_tool("career", {"name": "plumber"}))
    assert [getattr(it, "text", None) for it in answer.content] == [block]
