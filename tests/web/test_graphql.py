"""GraphQL over HTTP: what is answered, in which media type, with which status."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from careergraph.web.core.config import Config
from web.client import Client
from web.stub import Shelf, catalog, stub

RESPONSE = "application/graphql-response+json"


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer["errors"]]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, application/json", RESPONSE),
        (f"{RESPONSE}, application/json;q=0.9", RESPONSE),
        (f"{RESPONSE};q=0.5, application/json", "application/json"),
        (f"{RESPONSE};q=0, */*", "application/json"),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON ; charset=utf-8", RESPONSE),
    ],
)
def test_the_media_type_follows_accept(client: Client, accept: str | None, media: str) -> None:
    """Clients choose between the two media types by `Accept`, those of old by silence."""
    headers = {} if accept is None else {"Accept": accept}
    response = client.post("/graphql", json={"query": "{ versions }"}, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.headers["vary"] == "Accept, Authorization, X-Careergraph-Preview"
    assert response.json() == {"data": {"versions": [1, 1, 1]}}


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/json;q=0", "application/json;q=x", ","])
def test_an_accept_header_that_allows_neither_is_refused(client: Client, accept: str) -> None:
    """Better no answer than one in a media type that the client excluded."""
    response = client.post("/graphql", json={"query": "{ versions }"}, headers={"Accept": accept})
    assert (response.status_code, codes(response.json())) == (406, ["NOT_ACCEPTABLE"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nope }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query($on: DateTime!) { day(on: $on) }", "variables": {"on": "soon"}}, "BAD_USER_INPUT"),
        ({"query": "query($on: DateTime!) { day(on: $on) }"}, "BAD_USER_INPUT"),
        ({"query": "query A { versions } query B { versions }"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { versions }", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
    ],
)
def test_what_never_began_has_no_data(client: Client, body: dict[str, object], code: str) -> None:
    """An error before execution is 400 in the new media type, 200 in the old one, and carries no `data` in either."""
    for accept, status in ((RESPONSE, 400), ("application/json", 200)):
        response = client.post("/graphql", json=body, headers={"Accept": accept})
        assert response.status_code == status
        assert codes(response.json()) == [code]
        assert "data" not in response.json()


def test_what_began_has_data_beside_its_errors(client: Client) -> None:
    """A field that cannot be answered is null; the rest of the answer stands, with 200 in either media type."""
    query = '{ versions comparison(a: "career-0", b: "nope") { title } }'
    for accept in (RESPONSE, "application/json"):
        response = client.post("/graphql", json={"query": query}, headers={"Accept": accept})
        assert response.status_code == 200
        answer = response.json()
        assert answer["data"] == {"versions": [1, 1, 1], "comparison": None}
        [error] = answer["errors"]
        assert error["path"] == ["comparison"]
        assert error["extensions"] == {"code": "UNKNOWN_CAREER", "suggestions": ["career-0", "career-1", "career-2"]}


def test_queries_come_over_get_too(client: Client) -> None:
    """A query in an address can be linked to and cached."""
    query = 'query($a: String!) { comparison(a: $a, b: "career-1") { title } }'
    variables = json.dumps({"a": "career-0"})
    response = client.get(f"/graphql?query={quote(query)}&variables={quote(variables)}&extensions=&operationName=")
    assert response.json() == {"data": {"comparison": {"title": "Career <0> vs Career <1>"}}}


def test_a_mutation_needs_post(client: Client) -> None:
    """A link must not be able to change anything."""
    response = client.get("/graphql?query=mutation{touch}")
    assert (response.status_code, codes(response.json())) == (405, ["METHOD_NOT_ALLOWED"])
    assert response.headers["allow"] == "POST, OPTIONS"
    assert client.ask("mutation { touch }") == {"data": {"touch": 1}}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_are_refused_with_what_is_allowed(client: Client, method: str) -> None:
    """A 405 has to say what is allowed."""
    response = client.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_options_grants_nothing(client: Client) -> None:
    """A preflight is answered without any leave for other origins."""
    response = client.request("OPTIONS", "/graphql", headers={"Origin": "https://evil.example"})
    assert response.status_code == 204
    assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert not [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Content-Type": "text/plain"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_get_for_another_sites_page_is_refused(client: Client, headers: dict[str, str]) -> None:
    """A page elsewhere could otherwise make a visitor's browser run queries with the visitor's cookies."""
    response = client.get("/graphql?query={versions}", headers=headers)
    assert (response.status_code, codes(response.json())) == (403, ["CROSS_SITE"])
    leave = {"GraphQL-Require-Preflight": "1"}
    assert client.get("/graphql?query={versions}", headers={**headers, **leave}).status_code == 200
    assert client.get("/graphql?query={versions}", headers={**headers, "Content-Type": "application/json"}).is_success


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://host"}]
)
def test_a_get_of_our_own_or_of_a_program_passes(client: Client, headers: dict[str, str]) -> None:
    """GraphiQL, an address typed by hand, and programs need no header."""
    assert client.get("/graphql?query={versions}", headers=headers).status_code == 200


def test_a_visit_with_a_browser_leads_to_graphiql(client: Client) -> None:
    """Who opens the endpoint in a browser wants to try queries."""
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    response = client.get("/graphql", headers=html)
    assert (response.status_code, response.headers["location"]) == (303, "graphiql")
    assert client.get("/graphql?query={versions}", headers=html).json() == {"data": {"versions": [1, 1, 1]}}
    assert Client(stub(Config.of(graphiql=False)).asgi()).get("/graphql", headers=html).status_code == 400


def test_every_answer_has_its_headers(client: Client) -> None:
    """The id finds the request in the log; nosniff and no-store hold until an answer may be cached."""
    for path in ("/graphql?query={versions}", "/graphql", "/healthz", "/", "/_careergraph/nope", "/graphql?query={"):
        response = client.get(path)
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert len(response.headers["x-request-id"]) == 16


@pytest.mark.parametrize(
    ("proposed", "kept"), [("proxy-0123456789", True), ("short", False), ("x" * 65, False), ("a b\tc<>defgh", False)]
)
def test_a_request_id_of_a_proxy_is_kept_if_it_is_plain(client: Client, proposed: str, kept: bool) -> None:
    """An id that goes into logs must not be able to forge a line there."""
    response = client.get("/healthz", headers={"X-Request-Id": proposed})
    assert (response.headers["x-request-id"] == proposed) is kept


def test_an_answer_is_of_one_version(client: Client, shelf: Shelf) -> None:
    """A publish between two fields must not mix two catalogs in one answer; the next answer has the new one."""
    assert client.ask("{ versions }") == {"data": {"versions": [1, 1, 1]}}
    shelf.published = catalog(version=2)
    instant = Client(stub(Config(poll_seconds=0), shelf).asgi())
    assert instant.ask("{ versions }") == {"data": {"versions": [2, 2, 2]}}
    shelf.published = catalog(version=3)
    assert instant.ask("{ versions }") == {"data": {"versions": [3, 3, 3]}}


def test_introspection_can_be_off() -> None:
    """A public server may keep its schema to itself: then neither the text nor the queries show it."""
    closed = Client(stub(Config.of(introspection=False)).asgi())
    assert codes(closed.ask("{ __schema { types { name } } }")) == ["GRAPHQL_VALIDATION_FAILED"] * 2
    assert closed.ask("{ __typename }") == {"data": {"__typename": "Query"}}
    assert closed.get("/schema.graphql").status_code == 404


def test_no_message_suggests_names(client: Client) -> None:
    """A suggestion would tell what introspection is meant to hide, and costs time to find."""
    queries = ["{ version }", "{ day(om: 1) }", "{ comparisn { x } }", "query($a: Strin) { versions }"]
    for query in queries:
        text = json.dumps(client.ask(query))
        assert "Did you mean" not in text and "GRAPHQL_VALIDATION_FAILED" in text


def test_one_of_is_enforced(client: Client) -> None:
    """Filters rely on exactly one test being given, in a literal and in a variable."""
    on = '"2026-01-01T00:00:00Z"'
    assert codes(client.ask(f'{{ day(on: {on}, test: {{flag: true, choice: "x"}}) }}')) == ["GRAPHQL_VALIDATION_FAILED"]
    answer = client.ask(
        f"query($t: Test) {{ day(on: {on}, test: $t) }}", variables={"t": {"flag": True, "choice": "x"}}
    )
    assert codes(answer) == ["BAD_USER_INPUT"]
