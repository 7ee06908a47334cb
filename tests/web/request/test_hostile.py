"""Requests that are wrong, huge or slow: each gets a clear coded 4xx answer, none a 5xx, and none costs much."""

import gzip
import json
import socket
import time
from urllib.parse import quote, urlsplit

import httpx
import pytest

from careergraph.web.core.config import Config
from waiting import CEILING
from web.client import Client
from web.conftest import running
from web.stub import stub

JSON = {"Content-Type": "application/json"}
DEEP = b"[" * 100_000 + b"]" * 100_000


def code(response: httpx.Response) -> str:
    """The code of the single error of a refusal, which has no data and says so in UTF-8 JSON."""
    answer = response.json()
    assert "data" not in answer
    [error] = answer["errors"]
    assert 0 < len(error["message"]) < 500
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b'{"query":"{__type', id="cut off"),
        pytest.param(b"null", id="null"),
        pytest.param(b"7", id="a number"),
        pytest.param(b'"x"', id="a text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'[{"query":"{versions}"}]', id="a batch"),
        pytest.param(b"{}", id="no query"),
        pytest.param(b'{"query":""}', id="an empty query"),
        pytest.param(b'{"query":null}', id="a null query"),
        pytest.param(b'{"query":{"a":1}}', id="an object for a query"),
        pytest.param(b'{"query":"{versions}","variables":"x"}', id="a text for variables"),
        pytest.param(b'{"query":"{versions}","variables":[1]}', id="a list for variables"),
        pytest.param(b'{"query":"{versions}","operationName":7}', id="a number for a name"),
        pytest.param(b'{"query":"{versions}","extensions":0}', id="a number for extensions"),
        pytest.param(b'{"query":"{versions}\xff\xfe"}', id="no UTF-8"),
        pytest.param(b'{"query":"{versions}","other":"\xff"}', id="no UTF-8 where nobody reads"),
        pytest.param('{"query":"{versions}"}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'\xef\xbb\xbf{"query":"{versions}"}', id="a byte order mark"),
        pytest.param(b'{"query":"{versions}"} {}', id="two documents"),
        pytest.param(b'{"query":"\\ud800"}', id="half a surrogate pair"),
        pytest.param(b'{"query":"{versions}","variables":{"a":NaN}}', id="NaN"),
        pytest.param(b'{"query":"{versions}","variables":{"a":1e999}}', id="an endless number"),
        pytest.param(b'{"query":"{versions}","variables":{"a":' + b"9" * 100_000 + b"}}", id="a huge integer"),
        pytest.param(DEEP, id="deep lists"),
        pytest.param(b'{"query":"{versions}","variables":{"a":' + DEEP + b"}}", id="deep variables"),
        pytest.param(b'{"query":"\x00"}', id="a raw NUL"),
    ],
)
def test_a_body_that_is_no_request_is_a_bad_request(client: Client, body: bytes) -> None:
    """The server of our measurements answered most of these with 500."""
    for accept in ("application/json", "application/graphql-response+json"):
        response = client.post("/graphql", content=body, headers={**JSON, "Accept": accept})
        assert response.status_code == 400
        assert code(response) == "BAD_REQUEST"
        assert response.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("", id="nothing"),
        pytest.param("?query=", id="an empty query"),
        pytest.param("?query=%ff%fe", id="no UTF-8"),
        pytest.param("?query={versions}&query={who}", id="two queries"),
        pytest.param("?query={versions}&variables={nope", id="broken variables"),
        pytest.param("?query={versions}&variables=[1]", id="a list for variables"),
        pytest.param("?query={versions}&variables=7", id="a number for variables"),
        pytest.param("?query={versions}&extensions=x", id="broken extensions"),
        pytest.param(
            "?query={versions}&variables=" + quote('{"a":' + "[" * 9000 + "]" * 9000 + "}"), id="deep variables"
        ),
        pytest.param("?" + "&".join(f"a{n}=1" for n in range(1000)), id="a thousand parameters"),
    ],
)
def test_an_address_that_is_no_request_is_a_bad_request(client: Client, address: str) -> None:
    """What holds for bodies holds for addresses."""
    response = client.get(f"/graphql{address}")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=X"},
        {"Content-Type": "application/graphql"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "application/json; charset=nonsense"},
        {"Content-Type": "\xff"},
        {**JSON, "Content-Encoding": "gzip"},
        {**JSON, "Content-Encoding": "br, identity"},
    ],
)
def test_a_body_of_another_kind_is_refused_unread(client: Client, headers: dict[str, str]) -> None:
    """Pages elsewhere can post simple content types without leave; compressed bodies can be bombs."""
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    body = gzip.compress(b'{"query":"{versions}"}') if "Content-Encoding" in headers else b'{"query":"{versions}"}'
    response = client.post("/graphql", content=body, headers=encoded)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    "kind",
    ["application/json", "APPLICATION/JSON", 'application/json; charset="UTF-8"', "application/json;charset=utf8"],
)
def test_json_is_taken_however_it_is_spelt(client: Client, kind: str) -> None:
    """Media types and charsets have no case, and quotes are allowed."""
    response = client.post("/graphql", content=b'{"query":"{versions}"}', headers={"Content-Type": kind})
    assert response.status_code == 200


def test_a_large_body_is_refused_as_soon_as_it_is_seen_to_be_large(client: Client) -> None:
    """With a length declared before a byte is read; without one when the limit is passed, not at the end."""
    sent = 0

    def endless() -> object:
        nonlocal sent
        while True:
            sent += 4096
            yield b" " * 4096

    async def chunks() -> object:
        for chunk in endless():  # type: ignore[attr-defined]
            yield chunk

    for content in (b" " * 300_000, chunks()):
        response = client.post("/graphql", content=content, headers=JSON)
        assert response.status_code == 413
        assert code(response) == "BODY_TOO_LARGE"
        assert response.json()["errors"][0]["extensions"]["maximum"] == 256 * 1024
        assert response.headers["connection"] == "close"
    assert sent <= 300_000


def test_a_slow_body_is_refused() -> None:
    """A client that sends half a body and waits would otherwise hold its connection for as long as it likes."""
    with running(stub(Config.of(body_seconds=0.2)).asgi()) as address:
        parts = urlsplit(address)
        start = time.monotonic()
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=CEILING) as client:
            client.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            )
            answer = b""
            while chunk := client.recv(4096):
                answer += chunk
        assert 0.15 < time.monotonic() - start < 9  # it is 10 by default
        assert answer.startswith(b"HTTP/1.1 408 ") and b"BODY_TIMEOUT" in answer


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("{" + "a{" * 400 + "b" + "}" * 400 + "}", id="deep fields"),
        pytest.param("query($a:" + "[" * 3000 + "Int" + "]" * 3000 + "){versions}", id="a deep type"),
        pytest.param("{" + " ".join(f"a{n}:versions" for n in range(500)) + "}", id="many tokens"),
        pytest.param("{versions} #" + "a" * 20_000, id="a long comment"),
        pytest.param("#\n" * 5000 + "{versions}", id="many comments"),
        pytest.param("{day(on:" + "9" * 10_000 + ")}", id="a huge integer"),
        pytest.param("{" + " ".join(f"zz{n}" for n in range(900)) + "}", id="many unknown fields"),
        pytest.param('{day(on:"' + "\\uD800" + '")}', id="half a surrogate pair"),
        pytest.param('{day(on:"""x)}', id="an open block string"),
        pytest.param("{\u202eevil\U0001f353}", id="odd letters"),
        pytest.param("type A { a: Int }", id="a definition"),
        pytest.param("# nothing", id="a comment only"),
        pytest.param("{versions @include(if: $a)}", id="an undefined variable"),
        pytest.param("query($a: Zzz){versions}", id="an unknown type"),
        pytest.param("{versions @a @b @c}", id="unknown directives"),
        pytest.param("{...A} fragment A on Query {...B} fragment B on Query {...A}", id="circular fragments"),
        pytest.param("subscription{versions}", id="a subscription"),
    ],
)
def test_a_hostile_query_is_refused_cheaply(client: Client, query: str) -> None:
    """No data, few and short errors, each coded, and little time."""
    start = time.process_time()
    response = client.post("/graphql", json={"query": query})
    assert time.process_time() - start < 0.5
    answer = response.json()
    assert response.status_code == 200 and "data" not in answer
    assert 1 <= len(answer["errors"]) <= 9
    assert len(response.content) < 8000
    assert all(error["extensions"]["code"].startswith(("GRAPHQL_", "TOO_MANY_")) for error in answer["errors"])


def test_long_values_are_not_answered_back(client: Client) -> None:
    """An error that quotes a value must not carry all of it."""
    answer = client.ask("query($on: DateTime!) { day(on: $on) }", variables={"on": "x" * 100_000})
    assert len(json.dumps(answer)) < 1000
