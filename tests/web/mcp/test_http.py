"""Assistants over streamable HTTP, and over standard input and output: the limits are those of every request."""

import json
import sys
import time
from typing import Any

import anyio
import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

from careergraph import CareerGraph, Config
from careergraph.web.core.config import ConfigProblem
from web.client import Client as Program
from web.mcp.assistant import CALLS, app, over_http

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


def post(careergraph: CareerGraph, message: Any = LISTING, **headers: str) -> Any:
    return Program(careergraph.asgi()).post("/mcp", json=message, headers={**HEADERS, **headers})


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_sdk_is_answered_in_both_eras(mode: str) -> None:
    """With and without the handshake of earlier versions; no lifespan has to run, no session is kept."""

    async def converse() -> None:
        async with over_http(app().asgi(), mode=mode) as client:
            assert [it.name for it in (await client.list_tools()).tools] == list(CALLS)
            answers = [await client.call_tool(name, CALLS[name]) for name in ("career", "compare")]
            assert not any(it.is_error for it in answers), answers
            assert answers[0].structured_content["career"]["title"] == "Plumber"
            assert (await client.read_resource("careergraph://careers/plumber")).contents

    anyio.run(converse)


def test_only_post_is_answered_and_only_as_asked_for() -> None:
    """No stream stays open, and nothing is served unless the setting says so."""
    for method in ("GET", "DELETE", "PUT"):
        response = Program(app().asgi()).request(method, "/mcp", headers=HEADERS)
        assert (response.status_code, response.headers["allow"]) == (405, "POST, OPTIONS")
    response = post(app())
    assert response.status_code == 200
    assert (response.headers["cache-control"], response.headers["x-content-type-options"]) == ("no-store", "nosniff")
    assert response.headers["x-request-id"]
    assert Program(CareerGraph(Config.of()).asgi()).post("/mcp", json=LISTING, headers=HEADERS).status_code == 404
    with pytest.raises(ConfigProblem, match="mcp_path"):
        Config.of(mcp_path="mcp")


def test_pages_of_other_origins_may_not_ask() -> None:
    careergraph = app(cors_origins="https://careers.example")
    for origin, status in (("https://careers.example", 200), ("https://evil.example", 403), ("null", 403)):
        response = post(careergraph, Origin=origin)
        assert response.status_code == status, origin
        if status == 403:
            assert response.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE"
    assert post(app(), Origin="http://host").status_code == 403  # a name that a page points at this machine


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"content": b"{" + b" " * 2_000_000}, 413, "BODY_TOO_LARGE"),
        ({"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"json": LISTING, "headers": {"X-Careergraph-Preview": "cgp_x"}}, 403, "BAD_PREVIEW"),
        ({"json": LISTING, "headers": {"Mcp-Session-Id": "x" * 5000}}, 404, "NOT_FOUND"),
        ({"json": {**LISTING, "method": "x" * 100_000}}, 400, "BAD_REQUEST"),
    ],
)
def test_a_request_is_refused_before_it_is_a_message(options: dict[str, Any], status: int, code: str) -> None:
    headers = {**HEADERS, **options.pop("headers", {})}
    response = Program(app(max_body_bytes=1_000_000).asgi()).post("/mcp", headers=headers, **options)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)


def test_messages_that_are_none_are_errors_of_the_protocol() -> None:
    no_text = (b"\xff", b'{"jsonrpc":"2.0","id":1,"method":"\xff"}', b'{"jsonrpc":"2.0","id":"\xff","method":"ping"}')
    ids = [b'{"jsonrpc":"2.0","method":"ping","id":%b}' % it for it in (b"null", b"1.5", b"[]", b"1e400", b"true")]
    none = (b"[]", b"null", b"1", b'{"jsonrpc":"2.0"}', b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', *ids)
    for codes, contents in (({-32600}, none), ({-32600, -32700}, (b"{", b"[" * 100_000, b"NaN", *no_text))):
        for content in contents:
            response = Program(app().asgi()).post("/mcp", content=content, headers=HEADERS)
            assert response.status_code == 400, content[:20]
            assert response.json()["error"]["code"] in codes, content[:50]
            assert "pydantic" not in response.text and "line 1" not in response.text, content[:50]


@pytest.mark.parametrize("identity", [7, 0, "a", ""])
def test_an_error_is_answered_by_the_id_of_its_request(identity: Any) -> None:
    """What is wrong may be anything but the id, or a header."""
    message = {"jsonrpc": "2.0", "id": identity, "method": "ping"}
    wrong: tuple[dict[str, Any], ...] = ({"params": []}, {"jsonrpc": "1.0"}, {"method": 5}, {"method": None})
    responses = [post(app(), message | it) for it in wrong] + [post(app(), message, Accept="text/html")]
    assert [it.status_code for it in responses] == [400] * len(wrong) + [406]
    for response in responses:
        assert (response.json()["id"], response.json()["error"]["code"]) == (identity, -32600)
        assert response.headers["content-length"] == str(len(response.content))
    for unread in ([message], {**message, "id": 1.5}, {**message, "id": [identity]}):
        assert post(app(), unread).json()["id"] is None


def test_an_id_is_a_text_or_a_whole_number_and_a_notification_has_none() -> None:
    for identity in (0, -1, 2**53, "", "\u202ex"):
        response = post(app(), {"jsonrpc": "2.0", "id": identity, "method": "ping"})
        assert (response.status_code, response.json()["id"]) == (200, identity)
    for message in ({"method": "notifications/initialized"}, {"id": 1, "result": {}}):
        assert post(app(), {"jsonrpc": "2.0", **message}).status_code == 202


def tool(name: str, arguments: Any) -> dict[str, Any]:
    return {**LISTING, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def resource(uri: str) -> dict[str, Any]:
    return {**LISTING, "method": "resources/read", "params": {"uri": f"careergraph://{uri}"}}


DEEP = "[" * 50_000 + "]" * 50_000
HOSTILE: dict[str, Any] = {
    "a long tool": tool("x" * 200_000, {}),
    "many arguments": tool("career", {f"a{number}": 1 for number in range(9_000)}),
    "a long argument": tool("career", {"slug": "x" * 200_000}),
    "a long name": tool("career", {"x" * 200_000: 1}),
    "no arguments": tool("career", ["plumber"]),
    "a long text": tool("search", {"text": "word " * 40_000}),
    "a long address": resource("careers/" + "x" * 200_000),
    "many parameters": resource("careers/plumber?" + "&".join(f"a{number}=1" for number in range(20_000))),
    "another scheme": resource("../../../etc/passwd"),
    "a long cursor": {**LISTING, "method": "resources/list", "params": {"cursor": "x" * 200_000}},
    "a subscription": {**LISTING, "method": "resources/subscribe", "params": {"uri": "careergraph://careers/plumber"}},
    "a deep argument": json.dumps(tool("career", {"slug": 0})).replace("0}", f"{DEEP}}}"),
    "a deep id": json.dumps({**LISTING, "id": 0}).replace('"id": 0', f'"id": {DEEP}'),
    "a batch": [LISTING] * 1000,
}
"""Messages that are wrong or huge, and within the size of a body."""


def test_a_hostile_message_is_refused_cheaply() -> None:
    """Each is an error of the protocol or of its tool, short, and no fault of ours."""
    program = Program(app().asgi())
    program.post("/mcp", json={**LISTING, "method": "resources/list"}, headers=HEADERS)  # the pairs are ranked once
    for title, message in HOSTILE.items():
        content = message if isinstance(message, str) else json.dumps(message)
        start = time.process_time()
        response = program.post("/mcp", content=content.encode(), headers=HEADERS)
        assert time.process_time() - start < 0.5, title
        answer = response.json()
        assert "error" in answer or answer["result"]["isError"], title
        assert len(response.content) < 2000, title
        assert "INTERNAL_ERROR" not in response.text, title


def test_the_limits_of_requests_hold() -> None:
    """A call is charged its request and its cost; a costly one is refused with the code of the GraphQL API."""

    async def converse() -> None:
        asgi = app(rate_limit=1000).asgi()
        async with over_http(asgi) as client:
            codes = []
            for _ in range(6):
                try:
                    answer = await client.call_tool("compare", CALLS["compare"])
                except Exception:  # the client tells of a status without a message
                    break
                codes.append((answer.meta or {}).get("error", {}).get("code"))
        assert codes[0] is None
        assert codes[-1] == "RATE_LIMITED"
        async with over_http(app(max_cost=100).asgi()) as client:
            answer = await client.call_tool("compare", CALLS["compare"])
        assert (answer.meta or {})["error"]["code"] == "TOO_COSTLY"

    anyio.run(converse)


def test_every_message_is_charged() -> None:
    """Also one that reads nothing: listing tools is work."""
    program = Program(app(rate_limit=2).asgi())
    responses = [program.post("/mcp", json=LISTING, headers=HEADERS) for _ in range(3)]
    assert [it.status_code for it in responses] == [200, 200, 429]
    assert "ratelimit" in responses[0].headers
    assert "retry-after" in responses[2].headers


def test_an_assistant_over_standard_streams(sqlite_url: str) -> None:
    """`careergraph mcp` answers the SDK's client, and ends when it hangs up."""
    command = StdioServerParameters(command=sys.executable, args=["-m", "careergraph", "mcp", "--database", sqlite_url])

    async def converse() -> None:
        async with Client(command) as client:
            answer = await client.call_tool("career", {"slug": "plumber"})
            assert answer.structured_content["career"]["title"] == "Plumber"

    anyio.run(converse)
