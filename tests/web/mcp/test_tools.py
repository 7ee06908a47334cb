"""The tools of assistants: structured, described answers with their facts, sources and licences, and clear refusals."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from careergraph import CareerGraph
from truth import seeded
from web.mcp.assistant import CALLS, app, ask

APP = app()


def call(name: str, arguments: dict[str, Any], careergraph: CareerGraph = APP) -> Any:
    return ask(careergraph, lambda client: client.call_tool(name, arguments))


def members(value: Any, name: str) -> Iterator[Any]:
    """Every member of a name in an answer."""
    if isinstance(value, list):
        for each in value:
            yield from members(each, name)
    elif isinstance(value, dict):
        yield from [value[name]] if name in value else []
        for each in value.values():
            yield from members(each, name)


def test_tools_say_what_they_take_and_answer() -> None:
    """Each is read-only, and describes every argument; nothing else is taken."""
    tools = ask(APP, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == list(CALLS)
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert all(it.get("description") for it in tool.input_schema["properties"].values()), tool.name
        jsonschema_rs.meta.validate(tool.input_schema)
        jsonschema_rs.meta.validate(tool.output_schema or {})


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_has_facts_sources_and_licences(name: str) -> None:
    """The client of the SDK checks the structured answer against the schema; the text says where figures come from."""
    catalog = seeded.catalog()
    for locale, sources, none in (("en", "Sources", "none"), ("de", "Quellen", "keine")):
        answer = call(name, {**CALLS[name], "locale": locale})
        assert not answer.is_error, answer
        (content,) = answer.content
        data, text = answer.structured_content, content.text
        listed = [*members(data, "source"), *(each for many in members(data, "sources") for each in many)]
        credited = [it for it in listed if "title" in it]
        assert credited
        for source in credited:
            assert source["licence"] == catalog.sources[source["slug"]].licence
            assert source["title"] in text
            assert (source["licence"] or "") in text
        assert f"## {sources}" in text
        sentences = list(members(data, "facts"))
        assert all(sentences)
        assert bool(sentences) is (name in {"compare", "transition_path", "pairs"})
        assert none not in text.split(f"## {sources}")[1]


def test_a_text_repeats_the_sentences_of_its_answer() -> None:
    answer = call("compare", CALLS["compare"])
    (content,) = answer.content
    comparison = answer.structured_content["comparison"]
    for statements in (comparison["summary"], comparison["verdict"]["conclusion"]):
        assert statements
        assert all(f"- {it['text']}" in content.text for it in statements)
    assert "| $44,150–$108,420/yr (A leads)" in content.text


def test_figures_that_do_not_decide_are_not_called_unknown() -> None:
    (content,) = call("compare", CALLS["compare"], app(seeded.beginning_alike())).content
    assert "from $100,000/yr | from $100,000/yr (Undecided)" in content.text


def test_nothing_is_said_to_be_none() -> None:
    """The SDK's own way to answer an empty list is no content at all."""
    for locale, word in (("en", "none"), ("de", "keine")):
        answer = call("search", {"text": "zzzzqqqq", "locale": locale})
        assert answer.structured_content["search"] == []
        assert answer.content[0].text.startswith(f"{word}\n")


def test_the_longest_list_is_within_the_cost_of_an_operation() -> None:
    """What a schema offers, a client without further settings may take."""
    assert len(call("pairs", {"first": 100}).structured_content["comparisons"]["edges"]) == 100


@pytest.mark.parametrize(
    ("name", "arguments", "code", "words"),
    [
        ("career", {"slug": "plumber", "lcoale": "de"}, "BAD_REQUEST", "no argument 'lcoale'. Did you mean locale?"),
        ("career", {"name": "plumber"}, "BAD_REQUEST", "Did you mean slug? It takes: slug, locale, region."),
        ("compare", {"careers": ["actuary", "plumber"]}, "BAD_REQUEST", "Did you mean a or b?"),
        ("compare", {"a": "actuary", "b": None}, "BAD_REQUEST", "compare needs the argument b."),
        ("pairs", {"first": "ten"}, "BAD_USER_INPUT", "first"),
        ("pairs", {"first": -1}, "BAD_PAGE", ""),
        ("career", {"slug": "plumbre"}, "UNKNOWN_CAREER", "Did you mean: plumber?"),
        ("compare", {"a": "plumber", "b": "plumber"}, "SAME_CAREER", ""),
        ("career", {"slug": "plumber", "region": "Atlantis"}, "UNKNOWN_REGION", ""),
        ("search", {"text": ["a"]}, "BAD_USER_INPUT", "text"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(name: str, arguments: dict[str, Any], code: str, words: str) -> None:
    """An assistant reads the text and mends its call; the code is that of the GraphQL API."""
    answer = call(name, arguments)
    assert answer.is_error
    assert answer.structured_content is None
    assert answer.content[0].text.startswith(f"{code}: ")
    assert words in answer.content[0].text
    assert answer.meta["error"]["code"] == code


def test_no_tool_and_no_resource_of_a_name() -> None:
    async def wrong(client: Client) -> list[MCPError]:
        problems = []
        for request in (
            client.call_tool("delete", {}),
            client.read_resource("careergraph://careers/plumbre"),
            client.read_resource("careergraph://careers/plumber?lcoale=de"),
            client.read_resource("file:///etc/passwd"),
            client.list_resources(cursor="nonsense"),
        ):
            with pytest.raises(MCPError) as caught:
                await request
            problems.append(caught.value)
        return problems

    tool, career, parameter, file, cursor = ask(APP, wrong)
    assert "there are: search, career" in tool.message
    assert career.data == {"code": "UNKNOWN_CAREER", "suggestions": ["plumber"]}
    assert "there are: locale" in parameter.message
    assert file.data == {"code": "NOT_FOUND"}
    assert cursor.data["code"] == "BAD_CURSOR"


def test_pages_are_resources() -> None:
    """The pairs worth a page are listed, page by page; each is read as the REST view answers it."""

    async def read(client: Client) -> tuple[Any, ...]:
        first = await client.list_resources()
        second = await client.list_resources(cursor=first.next_cursor)
        german = await client.read_resource(first.resources[0].uri + "?locale=de")
        several = await client.read_resource("careergraph://several?careers=plumber&careers=actuary&careers=musician")
        return first, second, german, several, await client.list_resource_templates()

    first, second, german, several, templates = ask(APP, read)
    names = [it.name for it in (*first.resources, *second.resources)]
    assert len(names) == len(set(names)) == 100
    assert '"locale":"de"' in german.contents[0].text
    assert '"slug":"musician"' in several.contents[0].text
    assert "careergraph://comparisons/{a}/{b}{?locale,region,asOf}" in [
        template.uri_template for template in templates.resource_templates
    ]


def test_a_bug_is_masked(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """No text of an exception reaches a client, over any version of the protocol."""
    careergraph = app()
    assistants = careergraph.assistants()

    async def broken(*_: object) -> None:
        raise RuntimeError("the secret of a bug")

    monkeypatch.setattr(assistants.reader, "read", broken)
    monkeypatch.setattr(careergraph, "assistants", lambda: assistants)

    async def call_broken(client: Client) -> MCPError:
        with pytest.raises(MCPError) as caught:
            await client.call_tool("career", {"slug": "plumber"})
        return caught.value

    problem = ask(careergraph, call_broken)
    assert problem.message == "An internal error occurred."
    assert problem.data["id"] in caplog.text
