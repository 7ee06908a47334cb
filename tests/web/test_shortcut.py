"""The short cut: whatever a client sends, and in whichever segments, it gets the bytes that it gets through ASGI."""

import asyncio
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPResponse
from itertools import pairwise
from random import Random
from urllib.parse import quote

import pytest
import uvicorn
from uvicorn.server import ServerState

from careergraph import CareerGraph, Config
from careergraph.web.execution import rate_limiter, run_queue
from careergraph.web.execution.run_queue import Turn
from careergraph.web.protocol import HttpTools, read_head
from careergraph.web.server import listening, local
from careergraph.web.server import settings as uvicorn_settings
from careergraph.web.shortcut import Shortcut
from waiting import CEILING, wait_until
from web.both_ways import END, LAST, Both, both_ways, exchange, request, splits

PAIR = {"a": "accountant", "b": "actuary"}
PAGE = """query P($a: String!, $b: String!) {
  comparison(a: $a, b: $b) { title summary { text } verdict { conclusion { text } } }
}"""
NAME = "{ catalog { careers } }"
KNOWN = {"persistedQuery": {"version": 1, "sha256Hash": sha256(NAME.encode()).hexdigest()}}
UNKNOWN = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}
BOTH_TYPES = b"application/graphql-response+json, application/json;q=0.9"


def body(query: str | None, **parameters: object) -> bytes:
    """The body of a POST."""
    return json.dumps({"query": query, **parameters}).encode()


def get(query: str = "{ careers(first: 2) { edges { node { slug } } } }", **headers: bytes) -> bytes:
    """A query by GET."""
    start = f"GET /graphql?query={quote(query)} HTTP/1.1".encode()
    return request(b"", start, drop=(b"content-type", b"content-length"), **headers)


LIST = body("{ careers(first: 60) { edges { node { slug title summary } } } }")
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(LIST), LIST)
COMPARISON = body(PAGE, variables=PAIR)
PLAIN: dict[str, bytes] = {
    "a comparison": request(COMPARISON),
    "a comparison as a GraphQL response": request(COMPARISON, accept=BOTH_TYPES),
    "a list": request(LIST),
    "a list by gzip": request(LIST, accept_encoding=b"gzip"),
    "a list by the best coding": request(LIST, accept_encoding=b"gzip, deflate, br, zstd"),
    "a list by gzip or nothing": request(LIST, accept_encoding=b"gzip, identity;q=0"),
    "two types": request(COMPARISON, accept=b"application/json\r\naccept: text/event-stream"),
    "two codings": request(LIST, accept_encoding=b"gzip\r\naccept-encoding: identity;q=0"),
    "a request with an id": request(COMPARISON, x_request_id=b"from-a-proxy.1"),
    "a request with an id that would forge a log": request(COMPARISON, x_request_id=b"a b\x80"),
    "cookies": request(COMPARISON, cookie=b"session=1", accept_encoding=b"gzip"),
    "a query by GET": get(),
    "a query by GET from this page": get(sec_fetch_site=b"same-origin", accept=b"*/*"),
    "any validator": get(if_none_match=b"*"),
    "another validator": get(if_none_match=b'W/"x", "y"'),
    "a known hash": request(body(NAME, extensions=KNOWN)),
    "the hash alone": request(json.dumps({"extensions": KNOWN}).encode()),
    "an unknown field": request(body("{ nothing }")),
    "an unknown field, as a GraphQL response": request(body("{ nothing }"), accept=BOTH_TYPES),
    "no GraphQL": request(body("{")),
    "keep-alive": request(COMPARISON, connection=b"keep-alive"),
    "a length with blanks": request(COMPARISON, content_length=b" %d  " % len(COMPARISON)),
    "an unknown mutation": request(body("mutation { nothing }")),
    "too costly": request(body("{ careers(first: 100) { edges { node { compareWith(first: 50) { slug } } } } }")),
}
"""Requests that have a short cut from the third time on at the latest."""

UNUSUAL: dict[str, bytes] = {
    "an unknown career": request(body(PAGE, variables={"a": "x", "b": "actuary"})),
    "a variable that does not fit": request(body(PAGE, variables={"a": 1})),
    "a mutation": request(body('mutation { cancelSchedule(number: 1) { __typename } }')),
    "a subscription": request(body("subscription { catalogChanged { version } }")),
    "an unknown hash": request(json.dumps({"extensions": UNKNOWN}).encode()),
    "no JSON": request(b"query"),
    "a list instead of an object": request(b"[]"),
    "no body": request(b""),
    "no UTF-8": request(b'{"query": "\xff"}'),
    "a GET with a body": get(content_length=b"5") + b"hello",
    "a GET whose body looks like a request": get(content_length=b"%d" % len(LAST)) + LAST,
    "no query": request(b"", b"GET /graphql? HTTP/1.1", accept=b"text/html"),
    "a visit": request(b"", b"GET /graphql HTTP/1.1", accept=b"text/html"),
    "HEAD": request(b"", b"HEAD /graphql?query=%7Bcatalog%7Bversion%7D%7D HTTP/1.1"),
    "OPTIONS": request(b"", b"OPTIONS /graphql HTTP/1.1"),
    "the server itself": request(b"", b"OPTIONS * HTTP/1.1"),
    "PUT": request(COMPARISON, b"PUT /graphql HTTP/1.1"),
    "plain text": request(COMPARISON, content_type=b"text/plain"),
    "no type": request(COMPARISON, drop=(b"content-type",)),
    "a compressed body": request(COMPARISON, content_encoding=b"gzip"),
    "a chunked body": request(CHUNKS, drop=(b"content-length",), transfer_encoding=b"chunked"),
    "an expectation": request(COMPARISON, expect=b"100-continue"),
    "another expectation": request(COMPARISON, expect=b"nothing"),
    "HTTP/1.0": request(COMPARISON, b"POST /graphql HTTP/1.0"),
    "HTTP/1.0 that stays open": request(COMPARISON, b"POST /graphql HTTP/1.0", connection=b"keep-alive"),
    "HTTP/2.0": request(COMPARISON, b"POST /graphql HTTP/2.0"),
    "the last request": request(COMPARISON, connection=b"close"),
    "the last request of several options": request(COMPARISON, connection=b"foo, Close"),
    "an upgrade": get(connection=b"Upgrade", upgrade=b"websocket"),
    "an upgrade to HTTP/2": get(connection=b"Upgrade, HTTP2-Settings", upgrade=b"h2c"),
    "another host": request(COMPARISON, host=b"evil.example"),
    "no host": request(COMPARISON, drop=(b"host",)),
    "two hosts": request(COMPARISON, x=b"y\r\nhost: evil.example"),
    "an absolute address": request(COMPARISON, b"POST http://localhost/graphql HTTP/1.1", host=b"evil.example"),
    "an absolute address of another host": request(COMPARISON, b"POST http://evil.example/graphql HTTP/1.1"),
    "two slashes": request(COMPARISON, b"POST //localhost/graphql HTTP/1.1"),
    "a page of this machine": request(COMPARISON, origin=b"http://localhost:3000"),
    "a page of another site": get(origin=b"https://evil.example"),
    "a page of another site, by its browser": get(sec_fetch_site=b"cross-site"),
    "a preflight": request(
        b"", b"OPTIONS /graphql HTTP/1.1", origin=b"http://localhost:3000", access_control_request_method=b"POST"
    ),
    "a token": request(COMPARISON, authorization=b"Bearer cg_nothing"),
    "a preview": request(COMPARISON, x_careergraph_preview=b"cgp_nothing"),
    "no acceptable type": request(COMPARISON, accept=b"image/png"),
    "no acceptable coding": request(COMPARISON, accept_encoding=b"identity;q=0, *;q=0"),
    "events only": request(COMPARISON, accept=b"text/event-stream"),
    "a large body": request(b"", content_length=b"99999999"),
    "a body that is too large for the short cut": request(COMPARISON + b" " * 40_000),
    "a long head": request(COMPARISON, x_long=b"y" * 5000),
    "two lengths": request(COMPARISON, x=b"y\r\ncontent-length: 3"),
    "the same length twice": request(COMPARISON, x=b"y\r\ncontent-length: %d" % len(COMPARISON)),
    "a length and chunks": request(COMPARISON, transfer_encoding=b"chunked"),
    "chunks that are none": request(COMPARISON, transfer_encoding=b"xchunked"),
    "a length with a sign": request(COMPARISON, content_length=b"+%d" % len(COMPARISON)),
    "a length below nothing": request(COMPARISON, content_length=b"-1"),
    "a length in another base": request(COMPARISON, content_length=b"0x10"),
    "a length of two numbers": request(COMPARISON, content_length=b"3, 3"),
    "a name with a blank": request(COMPARISON, x=b"y\r\ncontent-length : 3"),
    "a folded header": request(COMPARISON, x=b"y\r\n z"),
    "a bare line feed": request(COMPARISON, x=b"y\nz: a"),
    "a bare return": request(COMPARISON, x=b"y\rz"),
    "a zero byte": request(COMPARISON, x=b"y\0z"),
    "no version": b"POST /graphql\r\n\r\n",
    "an unknown method": request(COMPARISON, b"POKE /graphql HTTP/1.1"),
    "blank lines ahead": b"\r\n\r\n" + request(COMPARISON),
    "a slash behind": request(COMPARISON, b"POST /graphql/ HTTP/1.1"),
    "a query string behind": request(COMPARISON, b"POST /graphql?a=b HTTP/1.1"),
    "a fragment behind": request(COMPARISON, b"POST /graphql#a HTTP/1.1"),
    "an escaped path": request(COMPARISON, b"POST /%67raphql HTTP/1.1"),
    "a longer path": request(COMPARISON, b"POST /graphqlx HTTP/1.1"),
    "another page": request(b"", b"GET /healthz HTTP/1.1"),
}  # fmt: skip
"""Requests that have none."""

EVERY = PLAIN | UNUSUAL


@pytest.fixture(scope="module", params=["at once", "in turn"])
def both(seeded_file: object, request: pytest.FixtureRequest) -> Iterator[Both]:
    """Both servers, for all tests of this file; operations run at once, or each has to wait for its turn."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        if request.param == "in turn":
            monkeypatch.setattr(run_queue, "SLICE", 0.0)
        config = Config(database_url=f"sqlite:///{seeded_file}", work=False, poll_seconds=60)
        with both_ways(config, monkeypatch) as servers:
            yield servers


@pytest.mark.parametrize("name", EVERY)
def test_both_ways_send_the_same_bytes(both: Both, name: str) -> None:
    """Cold, on its second time, cached, and cut at each place where a parser may stumble."""
    before = both.shortcut.count
    for _ in range(4):
        both.check((EVERY[name],))
    assert (both.shortcut.count > before) == (name in PLAIN)
    for chunks in splits(EVERY[name]):
        both.check(chunks)


def test_a_request_that_waits_for_its_turn_has_the_short_cut(seeded_file: object) -> None:
    """Many at once: each runs in its turn, in the protocol. One that is followed by another is left to ASGI."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(run_queue, "SLICE", 0.0)
        config = Config.of(database_url=f"sqlite:///{seeded_file}", work=False, answers_bytes=0)
        with both_ways(config, monkeypatch) as servers:
            for _ in range(3):
                expected = servers.check((request(COMPARISON),))
            before, waits = servers.shortcut.count, servers.shortcut.waits
            with ThreadPoolExecutor(16) as threads:
                answers = list(threads.map(lambda _: servers.check((request(COMPARISON),)), range(48)))
            assert set(answers) == {expected}
            assert servers.shortcut.count - before == servers.shortcut.waits - waits == 48
            for _ in range(8):
                servers.check((request(COMPARISON), request(LIST), request(COMPARISON)))
                servers.check((request(COMPARISON) + request(LIST),))


@pytest.mark.parametrize("wait", [False, True])
def test_metrics_and_a_rate_limit_are_the_same_in_both_ways(seeded_file: object, *, wait: bool) -> None:
    """Neither takes the short cut away; a request that is left to ASGI is counted and charged once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        if wait:
            monkeypatch.setattr(run_queue, "SLICE", 0.0)
        monkeypatch.setattr(rate_limiter, "monotonic", lambda: 0.0)  # no bucket is refilled
        config = Config.of(database_url=f"sqlite:///{seeded_file}", work=False, metrics=True, rate_limit=3000)
        with both_ways(config, monkeypatch) as servers:
            for name in ("a comparison", "a list by gzip", "an unknown field", "an unknown career", "a query by GET"):
                for _ in range(4):
                    assert b"ratelimit" in servers.check((EVERY[name],)) or name == "a query by GET"
            before = servers.shortcut.count
            assert before == 10, "two of each kind, and each refusal"
            forwarded = request(COMPARISON, x_forwarded_for=b"203.0.113.7")
            assert b"r=2999;" in servers.check((forwarded,)), "charged is whom a proxy names"
            assert servers.shortcut.count == before
            pages = [
                exchange(port, (request(b"", b"GET /metrics HTTP/1.1"),)) for port in (servers.short, servers.ordinary)
            ]
            counted = [
                re.findall(rb"(?m)^careergraph_(?:requests|kept|cost|errors)[^ ]*total.*$", page) for page in pages
            ]
            assert counted[0] == counted[1] and any(b'status="200"' in line for line in counted[0])
            while b"RATE_LIMITED" not in (answer := servers.check((EVERY["a comparison"],))):
                assert b"200 OK" in answer


@pytest.mark.anyio
async def test_a_client_that_leaves_before_its_turn_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config(work=False)
    app = CareerGraph(config)
    shortcut, ready = Shortcut(app._endpoint, config), asyncio.get_running_loop().create_future()
    monkeypatch.setattr(shortcut, "respond", lambda *_: Turn(ready, lambda: pytest.fail("nobody waits for this")))
    settings = uvicorn_settings(app.asgi(), shortcut)
    settings.load()
    protocol = HttpTools(config=settings, server_state=ServerState(), app_state={}, shortcut=shortcut)
    protocol.connection_made(asyncio.Transport({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)}))
    protocol.data_received(PLAIN["a comparison"])
    assert not ready.done()
    protocol.connection_lost(ConnectionResetError())
    await asyncio.sleep(0)
    assert ready.cancelled()


@pytest.mark.parametrize("name", ["a comparison", "a list by gzip", "no JSON", "a token", "an expectation"])
def test_a_slow_body_changes_nothing(both: Both, name: str) -> None:
    """A head that waited for too long for its body is uvicorn's."""
    head = EVERY[name].index(END) + len(END)
    both.check((EVERY[name][:head], 0.15, EVERY[name][head:]))


def test_a_body_in_a_second_segment_has_the_short_cut_too(both: Both) -> None:
    """If it comes soon, which on a busy machine it does not each time."""
    message = PLAIN["a comparison"]
    head = message.index(END) + len(END)

    def count(*chunks: bytes | float) -> int:
        before = both.shortcut.count
        assert b"200 OK" in both.check(chunks)
        return both.shortcut.count - before

    wait_until(lambda: count(message[:head], message[head:]) == 1, "it has the short cut")
    assert count(message[:head], 0.2, message[head:]) == 0


def test_several_requests_on_one_connection_are_answered_in_order(both: Both) -> None:
    """However they are cut, both ways agree on where each request ends: nothing can be smuggled.

    Those that end the connection are left out, and upgrades, as uvicorn forgets what comes in one segment with them:
    which requests are still answered then is a matter of time.
    """
    names = [
        name for name in EVERY if both.check((EVERY[name],)).endswith(b'{"status":"up"}') and "upgrade" not in name
    ]
    random = Random(14)  # noqa: S311 - to be repeated, not to be a secret
    for _ in range(60):
        messages = [EVERY[random.choice([*names, *PLAIN])] for _ in range(6)]
        stream = b"".join(messages)
        if random.random() < 0.5:
            cuts = sorted(random.sample(range(1, len(stream)), random.randrange(6)))
        else:  # at the ends of requests, and of heads
            cuts = [place for place in _ends(messages) if random.random() < 0.8]
        both.check([stream[start:end] for start, end in pairwise([0, *cuts, len(stream)]) if start < end])


def _ends(messages: list[bytes]) -> list[int]:
    places, start = set(), 0
    for message in messages:
        places |= {start + message.index(END) + len(END), start + len(message)}
        start += len(message)
    return sorted(places - {start})


def test_a_validator_is_honoured_in_the_short_cut(both: Both) -> None:
    message = get("{ careers(first: 3) { edges { node { title } } } }")
    etags = {both.check((message,)).partition(b"etag: ")[2].partition(b"\r\n")[0] for _ in range(3)}
    assert len(etags) == 1
    before = both.shortcut.count
    answer = both.check((get("{ careers(first: 3) { edges { node { title } } } }", if_none_match=etags.pop()),))
    assert answer.startswith(b"HTTP/1.1 304 Not Modified\r\n") and both.shortcut.count == before + 1


@pytest.mark.parametrize("name", UNUSUAL)
def test_no_other_head_has_a_short_cut(name: str) -> None:
    """The parser alone says so of what could shift the end of a request; the endpoint says the rest."""
    message = UNUSUAL[name]
    head = message[: message.index(END) + len(END)]
    smuggling = (
        "length",
        "chunk",
        "name with",
        "folded",
        "bare",
        "zero",
        "upgrade",
        "HTTP",
        "last",
        "expectation",
        "blank",
    )
    if any(word in name for word in smuggling) and name != "the same length twice":
        assert read_head(head) is None


def test_a_head_whose_body_never_comes_has_the_deadline_of_every_body(seeded_file: object) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        config = Config.of(database_url=f"sqlite:///{seeded_file}", work=False, body_seconds=0.3)
        with both_ways(config, monkeypatch) as servers:
            message = PLAIN["a comparison"]
            start = time.monotonic()
            answer = servers.check((message[:-1],))
            assert b"BODY_TIMEOUT" in answer and b"connection: close" in answer.lower()
            assert time.monotonic() - start < 9  # it is 10 by default


def test_an_idle_connection_is_closed_in_time(seeded_file: object) -> None:
    """The timer of the last request through ASGI goes on running, and must not close a connection that is in use."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        config = Config(database_url=f"sqlite:///{seeded_file}", work=False)
        with (
            both_ways(config, monkeypatch, timeout_keep_alive=5) as servers,
            socket.create_connection(("127.0.0.1", servers.short), timeout=CEILING) as client,
        ):
            for _ in range(16):
                client.sendall(PLAIN["a comparison"])
                with HTTPResponse(client) as response:  # whole: its head and its body may come one after the other
                    response.begin()
                    assert response.status == 200 and response.read()
                time.sleep(0.4)
            assert servers.shortcut.count >= 5
            start = time.monotonic()
            assert client.recv(1) == b""
            assert time.monotonic() - start > 1


def test_a_client_that_does_not_read_is_not_answered_without_end(both: Both) -> None:
    """Responses that nobody reads would fill the memory: the server stops reading requests instead."""
    message = request(LIST + b" " * 20_000)
    for _ in range(4):
        exchange(both.short, (message,))
    with socket.create_connection(("127.0.0.1", both.short), timeout=1) as client:
        sent = 0
        with pytest.raises(TimeoutError):
            while sent < 10_000:
                client.sendall(message)
                sent += 1
        client.settimeout(CEILING)
        received = 0
        while chunk := client.recv(1 << 20):
            received += chunk.count(b"HTTP/1.1 200 OK")
            if received >= sent:
                break
    assert received >= sent


def test_a_stop_waits_for_the_body_of_a_request(sqlite_url: str) -> None:
    """A request that has begun when its server is stopped is answered, and its connection closed."""
    message = PLAIN["a comparison"]
    head = message.index(END) + len(END)
    app = CareerGraph(local(Config(database_url=sqlite_url, work=False), "127.0.0.1"))
    config = uvicorn_settings(app.asgi(), app.shortcut())
    server = uvicorn.Server(config)
    with listening("127.0.0.1", 0) as listener, socket.socket() as client:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        client.settimeout(CEILING)
        client.connect(listener.getsockname())
        client.sendall(message)
        answer = b""
        while not answer.endswith(b"}}}"):
            answer += client.recv(100_000)
        client.sendall(message[:head])
        time.sleep(0.02)
        server.should_exit = True
        while not server.server_state.tasks:
            time.sleep(0.002)  # the head is uvicorn's now
        client.sendall(message[head:])
        answer = b""
        while data := client.recv(100_000):
            answer += data
        thread.join(CEILING)
    assert answer.startswith(b"HTTP/1.1 200") and b"\r\nconnection: close\r\n" in answer
