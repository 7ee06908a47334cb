"""Heads: a head is read once, and only where its bytes alone say how a request is answered."""

from typing import Any

import pytest
from starlette.types import Scope

from careergraph.web.core.config import Config
from careergraph.web.core.request_record import RECORD
from careergraph.web.execution import heads
from careergraph.web.execution.heads import MAX_HEAD, Heads
from careergraph.web.graphql import GraphQL
from web.client import Client
from web.stub import Shelf, stub

JSON = (b"content-type", b"application/json")
PAIR = "query($a: String!, $b: String!) { comparison(a: $a, b: $b) { title } }"
NAMES = {"a": "career-0", "b": "career-1"}


@pytest.fixture
def app() -> Any:
    """An app whose requests name nobody."""
    return stub(Config(poll_seconds=0), Shelf(), pure=True)


def scope(*headers: Any, method: str = "POST", **more: object) -> Scope:
    return {"type": "http", "method": method, "query_string": b"", "headers": [JSON, *headers], **more}


def remembering(app: Any) -> Heads:
    endpoint: GraphQL = app._endpoint
    endpoint.admission.is_plain = True  # as with the contexts of the public schema
    return Heads(endpoint.admission, endpoint._origins)


def test_a_head_is_read_once(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same headers are the same head; others are another, and there are never too many."""
    monkeypatch.setattr(heads, "MAX_HEADS", 2)
    reader = remembering(app)
    first = reader.of(scope())
    assert first is not None and reader.of(scope()) is first
    accepting = reader.of(scope((b"accept", b"application/graphql-response+json")))
    assert accepting is not None and accepting.variant != first.variant
    assert reader.of(scope((b"x", b"1"))) is not None and len(reader.remembered) == 1


@pytest.mark.parametrize(
    "request_scope",
    [
        scope(method="GET"),
        scope(user=object()),
        {**scope(), RECORD: object()},
        scope((b"authorization", b"Bearer x")),
        scope((b"x-careergraph-preview", b"x")),
        scope((b"accept", b"text/event-stream")),
        scope((b"accept", b"image/png")),
        scope((b"content-encoding", b"gzip")),
        scope((b"x", b"y" * MAX_HEAD)),
        scope([b"x", b"y"]),
    ],
    ids=["a GET", "a user", "a watcher", "a token", "a preview", "events", "no type", "compressed", "long", "a list"],
)
def test_what_its_headers_alone_do_not_decide_is_no_head(app: Any, request_scope: Scope) -> None:
    """Such requests are read each time, and refused with the words of the ordinary way."""
    reader = remembering(app)
    assert reader.of(request_scope) is None and reader.of(request_scope) is None


def test_whoever_may_be_somebody_has_no_head(app: Any) -> None:
    """Where the host's own function says who asks, no headers do."""
    reader = remembering(app)
    app._endpoint.admission.is_plain = False
    assert reader.of(scope()) is None


def test_a_pair_has_the_same_tags_however_it_is_named() -> None:
    """By variables, by their defaults, in another order of the variables, by literals: the same documents are named."""
    client = Client(stub(Config(poll_seconds=0), Shelf(), pure=True).asgi())
    literal = '{ comparison(a: "career-0", b: "career-1") { title } }'
    default = 'query($a: String! = "career-0", $b: String! = "career-1") { comparison(a: $a, b: $b) { title } }'
    bodies = [
        {"query": PAIR, "variables": NAMES},
        {"query": PAIR, "variables": dict(reversed(NAMES.items()))},
        {"query": default, "variables": {}},
        {"query": literal},
    ]
    tags = [client.post("/graphql", json=it).headers["surrogate-key"] for it in bodies for _ in range(2)]
    assert set(tags) == {tags[0]} and tags[0].startswith("career:career-0 ")
    refused = client.post("/graphql", json={"query": PAIR, "variables": {"a": [], "b": "career-1"}})
    assert refused.json()["errors"] and "surrogate-key" not in refused.headers
