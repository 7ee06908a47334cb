"""Queries by their hash: those that clients sent before, and those of a manifest that is trusted."""

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from careergraph.web.core.config import Config, ConfigProblem
from web.client import Client
from web.stub import stub

QUERY = "{ versions }"
ANSWER = {"data": {"versions": [1, 1, 1]}}


def digest(query: str) -> str:
    return sha256(query.encode()).hexdigest()


def by_hash(name: object) -> dict[str, Any]:
    """The extensions that name a query by its hash."""
    return {"persistedQuery": {"version": 1, "sha256Hash": name}}


def refused(response: Any) -> tuple[int, str, str]:
    [error] = response.json()["errors"]
    return response.status_code, error["extensions"]["code"], error["message"]


def test_a_query_is_sent_once_and_named_from_then_on(client: Client) -> None:
    """The messages and the status are those that clients look for."""
    extensions = by_hash(digest(QUERY))
    first = client.post("/graphql", json={"extensions": extensions})
    assert refused(first) == (200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    assert client.ask(QUERY, extensions=extensions) == ANSWER
    assert client.post("/graphql", json={"extensions": extensions}).json() == ANSWER
    address = f"/graphql?extensions={quote(json.dumps(extensions))}"
    assert client.get(address).json() == ANSWER


def test_a_query_can_be_registered_over_get(client: Client) -> None:
    extensions = quote(json.dumps(by_hash(digest(QUERY))))
    assert client.get(f"/graphql?query={quote(QUERY)}&extensions={extensions}").json() == ANSWER
    assert client.get(f"/graphql?extensions={extensions}").json() == ANSWER


def test_a_wrong_hash_registers_nothing(client: Client) -> None:
    """Otherwise anybody could put a query of theirs under the hash of somebody else's."""
    other = digest("{ who }")
    response = client.post("/graphql", json={"query": QUERY, "extensions": by_hash(other)})
    assert refused(response)[:2] == (400, "PERSISTED_QUERY_MISMATCH")
    assert refused(client.post("/graphql", json={"extensions": by_hash(other)}))[1] == "PERSISTED_QUERY_NOT_FOUND"


def test_what_is_no_sound_query_is_not_registered(client: Client) -> None:
    """What is refused each time need not be remembered."""
    for query in ("{", "{ nope }"):
        client.post("/graphql", json={"query": query, "extensions": by_hash(digest(query))})
        response = client.post("/graphql", json={"extensions": by_hash(digest(query))})
        assert refused(response)[1] == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "extension",
    [7, "x", [], {}, {"version": 1}, {"version": 2, "sha256Hash": "0" * 64}, by_hash("00")["persistedQuery"]],
)
def test_what_names_no_hash_is_a_bad_request(client: Client, extension: object) -> None:
    response = client.post("/graphql", json={"extensions": {"persistedQuery": extension}})
    assert refused(response)[:2] == (400, "BAD_REQUEST")


def test_they_can_be_off() -> None:
    client = Client(stub(Config.of(persisted_queries=False)).asgi())
    response = client.post("/graphql", json={"extensions": by_hash(digest(QUERY))})
    assert refused(response) == (400, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")
    assert client.ask(QUERY, extensions=by_hash(digest(QUERY))) == ANSWER


def test_registered_queries_are_bounded() -> None:
    """Whoever sends ever new ones drives out the oldest, and takes no more memory."""
    client = Client(stub(Config.of(documents_kept=5)).asgi())
    queries = [f"{{ a{n}: versions }}" for n in range(8)]
    for query in queries:
        client.ask(query, extensions=by_hash(digest(query)))
    registered = [
        "data" in client.post("/graphql", json={"extensions": by_hash(digest(query))}).json() for query in queries
    ]
    assert registered == [False] * 3 + [True] * 5


@pytest.mark.parametrize("form", ["map", "apollo"])
def test_only_the_operations_of_a_manifest_are_answered(tmp_path: Path, form: str) -> None:
    """By hash in either way of clients, by document id, or by their very text; nothing else, and nothing registers."""
    file = tmp_path / "manifest.json"
    listed = {"operations": [{"id": digest(QUERY), "body": QUERY, "name": "Versions", "type": "query"}]}
    file.write_text(json.dumps({digest(QUERY): QUERY} if form == "map" else listed))
    client = Client(stub(Config.of(trusted_documents=str(file))).asgi())
    assert client.ask(QUERY) == ANSWER
    assert client.post("/graphql", json={"extensions": by_hash(digest(QUERY))}).json() == ANSWER
    for name in (digest(QUERY), f"sha256:{digest(QUERY)}"):
        assert client.post("/graphql", json={"documentId": name}).json() == ANSWER
    for body in ({"query": "{ who }"}, {"query": "{versions}"}, {"documentId": "0" * 64}, {"query": "{ __typename }"}):
        assert refused(client.post("/graphql", json=body))[:2] == (403, "UNTRUSTED_DOCUMENT")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "7",
        "{",
        '{"operations": [{"id": "x"}]}',
        '{"operations": []}',
        '{"operations": 7}',
        '{"operations": [{"id": "x", "body": "{ versions }"}, {"id": "x", "body": "{ who }"}]}',
        '{"": "{ versions }"}',
        '{"a": " "}',
        '{"sha256:00": "{ versions }"}',
        json.dumps({"0" * 64: "{ versions }"}),
        json.dumps({f"sha256:{'0' * 64}": "{ versions }"}),
    ],
)
def test_a_manifest_that_cannot_be_trusted_stops_the_start(tmp_path: Path, content: str) -> None:
    """A server that came up without its manifest would answer nothing, or everything."""
    file = tmp_path / "manifest.json"
    file.write_text(content)
    with pytest.raises(ConfigProblem, match="trusted_documents"):
        stub(Config.of(trusted_documents=str(file)))
    with pytest.raises(ConfigProblem, match="trusted_documents"):
        stub(Config.of(trusted_documents=str(tmp_path / "missing.json")))


@pytest.mark.parametrize("name", ["5d41402abc4b2a76b9719d911017c592", f"sha256:{digest(QUERY)}", "Versions@3", "0"])
def test_ids_are_what_the_tools_of_clients_write(tmp_path: Path, name: str) -> None:
    """Relay's MD5, GraphQL Code Generator's prefix, and a tool's own; in a body, in an address, and as Apollo does."""
    file = tmp_path / "persisted.json"
    file.write_text(json.dumps({name: QUERY}))
    client = Client(stub(Config.of(trusted_documents=str(file))).asgi())
    for body in ({"documentId": name}, {"doc_id": name}, {"extensions": by_hash(name)}, {"query": QUERY}):
        assert client.post("/graphql", json=body).json() == ANSWER, body
    for key in ("documentId", "doc_id"):
        assert client.get("/graphql", params={key: name}).json() == ANSWER


def test_several_manifests_are_one(tmp_path: Path) -> None:
    """A site and an app have a file each; one id has one text in all of them."""
    site, app = tmp_path / "site.json", tmp_path / "app.json"
    site.write_text(json.dumps({"1": QUERY, "2": "{ who }"}))
    app.write_text(json.dumps({"operations": [{"id": "3", "body": QUERY}, {"id": "1", "body": QUERY}]}))
    client = Client(stub(Config.of(trusted_documents=os.pathsep.join(map(str, (site, app))))).asgi())
    assert [client.post("/graphql", json={"documentId": name}).json() == ANSWER for name in "134"] == [
        True,
        True,
        False,
    ]
    app.write_text(json.dumps({"2": QUERY}))
    with pytest.raises(ConfigProblem, match=r"app\.json has an entry '2': another manifest"):
        stub(Config.of(trusted_documents=os.pathsep.join(map(str, (site, app)))))


def test_a_refused_manifest_names_the_entry_and_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({digest(QUERY): QUERY, f"sha256:{'0' * 64}": QUERY}))
    with pytest.raises(ConfigProblem, match=f"'sha256:{'0' * 64}': the SHA-256 of its text is {digest(QUERY)}"):
        stub(Config.of(trusted_documents=str(file)))
    file.write_text(json.dumps({"operations": [{"id": "1", "body": QUERY}, {"name": "Who", "body": QUERY}]}))
    with pytest.raises(ConfigProblem, match="an entry 'operation 2': an operation is an object with an id"):
        stub(Config.of(trusted_documents=str(file)))


def test_an_id_that_is_no_hash_never_stands_for_a_text_that_was_sent(client: Client) -> None:
    """Otherwise one client could put its document under the id that another one asks for."""
    assert client.post("/graphql", json={"query": QUERY, "documentId": "Versions"}).json() == ANSWER
    response = client.post("/graphql", json={"documentId": "Versions"})
    assert refused(response)[1] == "PERSISTED_QUERY_NOT_FOUND"
