"""Drafts cannot leak: every public query answers, to the byte, as if there were none.

Two databases hold the same published catalog; in one of them, every document of every type has a secret draft, and
there are secret documents that were never published. The queries are derived from the schema: each root field with
everything below it, asked about what is there, what is there only as a draft and what is not there at all, in every
locale, as of every version. The two must answer alike: body, status and headers.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Any

import httpx
import pytest
from graphql import is_required_argument

from careergraph.api.federation.entities import FINDERS
from careergraph.api.federation.subgraph import subgraph
from careergraph.api.schema import schema
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.mcp.pages import SCHEME
from careergraph.web.mcp.tools import read_tools
from careergraph.web.rest.resources import read_resources
from web.client import Client
from web.secretive import AWAY, CAREERS, GONE, LOCALE, MARK, NEW, SECRET, Twins, twins
from web.walk import Walk

pytestmark = pytest.mark.long

GIVEN = {
    "key": '"section.glance"',
    "attribute": '"salary"',
    "type": "CAREER",
    "slug": f'"{NEW}"',
    "number": "1",
    "locale": '"de"',
    "endpoint": "1",
    "phrase": '"waste"',
}
WALK = Walk(subgraph()._schema, GIVEN)
DEPTHS = {
    "comparison": 4,
    "multiComparison": 4,
    "career": 5,
    "node": 2,
    "nodes": 2,
    "editor": 2,
    "search": 3,
    "_entities": 2,
}
EDITORS = ("Editor",)
NOT_THERE = "nobody"
SLUGS = (CAREERS[0], NEW, GONE, AWAY, NOT_THERE)
"""Live, drafted only, discarded, put away, never there."""
LOCALES = (None, "de", LOCALE, "xx")
WIDE: dict[str, Any] = {
    "max_cost": 10**9,
    "max_aliases": 10**5,
    "max_depth": 20,
    "max_query_chars": 10**6,
    "max_query_tokens": 10**6,
}
WIDE |= {"max_objects": 10**8, "max_answer_bytes": 10**9, "operation_seconds": 60.0}
WIDE |= {"max_duplicates": 10**5, "show_cost": False, "request_seconds": 60.0}

Variables = Mapping[str, Any]
Operation = tuple[str, str, Variables]
"""The name of a root field, a query of it, and what to give for its variables."""


@pytest.fixture(scope="module")
def both(seeded_file: Any, tmp_path_factory: pytest.TempPathFactory) -> Twins:
    return twins(seeded_file, tmp_path_factory.mktemp("twins"))


def asker(url: str, **headers: str) -> Client:
    """A client of an app of its own that lets a walk pass; whoever says a name is a user of the host, and no editor.
    It takes responses as they are: how long it takes to pack one decides whether it comes packed."""
    user = lambda connection: connection.headers.get("x-user")  # noqa: E731 - one line
    config = Config.of(
        database_url=url, work=False, authenticate=user, rest_path="/api", mcp_path="/mcp", **WIDE, federation=True
    )
    return Client(CareerGraph(config).asgi(), **{"Accept-Encoding": "identity", **headers})


def pools(name: str, instants: Sequence[datetime]) -> Mapping[str, Sequence[Any]]:
    """What to give for each argument of a root field."""
    slugs = {"skill": ("accounting", "record-keeping"), "category": ("business-finance",), "collection": ("few",)}.get(
        name, CAREERS[:1]
    )
    choices: dict[str, Sequence[Any]] = {
        "slug": (*slugs, NEW, GONE, AWAY, NOT_THERE),
        "a": SLUGS,
        "b": CAREERS[1:2],
        "careers": (CAREERS[:3], (*CAREERS[:2], NEW), (CAREERS[0], NOT_THERE)),
        "locale": LOCALES,
        "asOf": (None, *(it.isoformat() for it in instants), datetime.now(UTC).isoformat(), "2020-01-01T00:00:00Z"),
        "text": ("accountant", MARK, SECRET, "New"),
        "search": (None, MARK, SECRET),
        "first": (100,),
        "since": (1, 2, 3, 4),
        "from": SLUGS,
        "to": CAREERS[1:2],
        "externalId": ({"scheme": MARK, "id": SECRET}, {"scheme": MARK, "id": NOT_THERE}),
        "filter": (None,),
        "representations": tuple([representations(locale) for locale in LOCALES]),
    }
    if name == "careers":
        choices["filter"] = (None, {"category": [NEW]}, {"skill": [NEW]}, {"collection": [NEW]}, {"text": MARK})
        choices["filter"] = (*choices["filter"], {"attributes": [{"attribute": NEW, "test": {"flag": True}}]})
    if name == "comparisons":
        choices["filter"] = (None, {"career": NEW}, {"category": NEW}, {"minScore": 0.1})
    return choices


def representations(locale: str | None) -> list[dict[str, str | None]]:
    """Entities of each type, in a locale: what is live, what is only drafted and what is not there."""
    slugs = (*SLUGS, "accounting", "business-finance", "few", *[f"{CAREERS[1]}-vs-{it}" for it in SLUGS])
    return [{"__typename": name, "slug": slug, "locale": locale} for name in FINDERS for slug in slugs]


def variants(name: str, instants: Sequence[datetime]) -> Iterator[Variables]:
    """What a root field is asked for: all slugs in all locales, all slugs as of all instants."""
    choices = pools(name, instants)
    arguments = WALK.root()[name].args
    assert all(it in choices for it, argument in arguments.items() if is_required_argument(argument)), name
    names = [it for it in arguments if it in choices]
    for left_out in ("asOf", "locale"):
        pool = [choices[it][:1] if it == left_out else choices[it] for it in names]
        yield from (dict(zip(names, it, strict=True)) for it in product(*pool))


def ids(client: Client) -> list[str]:
    """Ids of each kind of document, of what is live and of the past."""
    query = """query($a: String!, $b: String!) { comparison(a: $a, b: $b) { id a { id category { id } } }
      skills(first: 1) { edges { node { id } } } collections { id } multiComparison(careers: [$a, $b]) { id } }"""
    text = client.post("/graphql", json={"query": query, "variables": {"a": CAREERS[0], "b": CAREERS[1]}}).text
    return [part.split('"')[0] for part in text.split('"id":"')[1:]]


@pytest.fixture(scope="module")
def every_operation(both: Twins) -> list[Operation]:
    """Everything that is asked, without what comes twice."""
    node_ids = ids(asker(both.bare))
    operations_by_key: dict[str, Operation] = {}
    for name in WALK.root():
        query = WALK.operation(name, DEPTHS.get(name, 4))
        choices = [{"id": it} for it in [*node_ids, "x"]] if name == "node" else variants(name, both.instants)
        for variables in [{"ids": node_ids}] if name == "nodes" else choices:
            operations_by_key.setdefault(json.dumps([name, variables]), (name, query, variables))
    return list(operations_by_key.values())


def visible_parts(response: httpx.Response) -> tuple[int, dict[str, str], str]:
    """All of a response that may depend on content."""
    headers = {name: text for name, text in response.headers.items() if name != "x-request-id"}
    return response.status_code, headers, response.text


def ask(client: Client, query: str, variables: Variables, **headers: str) -> tuple[int, dict[str, str], str]:
    return visible_parts(client.post("/graphql", json={"query": query, "variables": variables}, headers=headers))


@pytest.mark.usefixtures("every_operation")
def test_the_walk_comes_to_every_public_field() -> None:
    """What it would not come to would not be tested."""
    public = WALK.reachable("Query", but=EDITORS)
    assert len(public) > 200
    assert public - WALK.seen == set()


def test_no_answer_tells_that_there_are_drafts(both: Twins, every_operation: list[Operation]) -> None:
    """Nor does what is kept for the next reader, after an editor and a preview asked the very same. That the preview
    shows every secret proves that the walk would have come to it."""
    drafted, bare = asker(both.drafted), asker(both.bare)
    assert len(every_operation) > 150
    leaks, secrets_seen = list[tuple[object, ...]](), set()
    for number, (name, query, variables) in enumerate(every_operation):
        expected = ask(bare, query, variables)
        if number % 3 == 0 or name.startswith("skill"):
            preview = ask(drafted, query, variables, **{"X-Careergraph-Preview": both.preview})
            editor = ask(drafted, query, variables, Authorization=f"Bearer {both.token}")
            secrets_seen |= {secret for secret in both.secrets.values() if secret in preview[2]}
            for status, headers, text in (preview, editor):
                assert (status, headers["cache-control"]) == (200, "no-store")
                assert not {"etag", "cache-tag", "surrogate-key"} & headers.keys()
                assert "INTERNAL_ERROR" not in text
            if name not in ("viewer", "editor") and editor[2] != expected[2]:
                leaks.append((f"{name} to an editor", variables))
        for _ in range(3):
            answer = ask(drafted, query, variables)
            if answer != expected:
                leaks.append((name, variables, answer, expected))
    assert leaks == []
    assert {key for key, secret in both.secrets.items() if secret not in secrets_seen} == set()


def test_a_user_who_is_no_editor_sees_what_everybody_sees(both: Twins, every_operation: list[Operation]) -> None:
    drafted, bare = [asker(it, **{"X-User": "bob"}) for it in (both.drafted, both.bare)]
    for _, query, variables in every_operation[::15]:
        assert ask(drafted, query, variables) == ask(bare, query, variables)


def test_no_page_tells_that_there_are_drafts(both: Twins) -> None:
    """The home page, GraphiQL, health and the schema, what is not there, and every resource of the REST view."""
    drafted, bare = asker(both.drafted), asker(both.bare)
    places = [it.path.replace("{b}", CAREERS[1]).replace("{to}", CAREERS[1]) for it in read_resources(schema._schema)]
    texts = (f"?text={MARK}", f"?search={MARK}", f"?category={NEW}", f"?career={NEW}", f"?locale={LOCALE}", "")
    rest = [f"/api{re.sub('{.*?}', slug, it)}{text}" for it in places for slug in SLUGS for text in texts]
    for path in ("/", "/graphiql", "/healthz", "/readyz", "/schema.graphql", f"/{NEW}", "/api/openapi.json", *rest):
        expected, actual = (visible_parts(it.get(path)) for it in (bare, drafted))
        assert actual == expected, path


def messages(both: Twins) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every tool and every resource of assistants, asked about what is there and what is not."""
    for name, tool in read_tools(schema._schema).items():
        choices = pools("comparisons" if name == "pairs" else "search", both.instants)
        others: dict[str, Sequence[Any]] = {
            "career": SLUGS,
            "category": ("business-finance", NEW),
            "region": (None,),
            "minScore": (None,),
        }
        takes = [it for it in tool.operation.variables if it in choices or it in others]
        for values in product(*[({**choices, **others})[it] for it in takes]):
            yield "tools/call", {"name": name, "arguments": dict(zip(takes, values, strict=True))}
    places = [it.path.replace("{b}", CAREERS[1]).replace("{to}", CAREERS[1]) for it in read_resources(schema._schema)]
    for place, slug, query in product(places, SLUGS, ("", f"?locale={LOCALE}", f"?text={MARK}")):
        yield "resources/read", {"uri": f"{SCHEME}{re.sub('{.*?}', slug, place)}{query}"}
    for method in ("tools/list", "resources/list", "resources/templates/list", "prompts/list"):
        yield method, {}


def test_no_tool_and_no_resource_tells_that_there_are_drafts(both: Twins) -> None:
    """Not to anybody, whatever token is sent, and a preview is refused. That a preview of the same operations shows
    secrets, over GraphQL, proves that each tool would have come to some."""
    drafted, bare = asker(both.drafted), asker(both.bare)
    asked_for = {json.dumps(it): it for it in messages(both)}.values()
    tools, telling = read_tools(schema._schema), set[str]()
    for number, (method, params) in enumerate(asked_for):
        expected = call(bare, method, params)
        assert "INTERNAL_ERROR" not in expected[2]
        assert call(drafted, method, params) == expected, params
        if number % 10 == 0:
            assert call(drafted, method, params, Authorization=f"Bearer {both.token}")[2] == expected[2], params
            assert call(drafted, method, params, **{"X-Careergraph-Preview": both.preview})[0] == 403
        if method == "tools/call" and (name := params["name"]) not in telling:
            preview = ask(
                drafted, tools[name].operation.text, params["arguments"], **{"X-Careergraph-Preview": both.preview}
            )
            telling |= {name} if any(it in preview[2] for it in both.secrets.values()) else set()
    assert telling == tools.keys()


def call(client: Client, method: str, params: dict[str, Any], **headers: str) -> tuple[int, dict[str, str], str]:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    accept = {"Accept": "application/json, text/event-stream"}
    return visible_parts(client.post("/mcp", json=message, headers=accept | headers))
