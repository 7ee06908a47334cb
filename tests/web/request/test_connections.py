"""Connections: that small answers are sent at once, by each event loop and to ordinary clients."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import uvicorn

from careergraph.web.server import listening, settings
from waiting import CEILING
from web.stub import stub
from web.test_server import PROGRAM, lines_of, serving

BODY = b'{"query": "{ versions }"}'
HEAD = (
    b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
)
WITHOUT_UVLOOP = "import sys; sys.modules['uvloop'] = None\n" + PROGRAM
WITHOUT_BOTH = "import sys; sys.modules['uvloop'] = sys.modules['httptools'] = None\n" + PROGRAM


@contextmanager
def running_on(loop: str) -> Iterator[tuple[uvicorn.Server, int]]:
    """A server on an event loop, in a thread, and its port."""
    config = settings(stub().asgi())
    config.loop = loop
    server = uvicorn.Server(config)
    with listening("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        try:
            yield server, listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(CEILING)


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_accepted_connections_send_at_once(loop: str) -> None:
    """TCP_NODELAY is asked of the very sockets that the server accepted, so no clock and no load decides."""
    with running_on(loop) as (server, port), socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(HEAD + BODY)
        assert client.recv(100_000).startswith(b"HTTP/1.1 200")
        accepted = [it.transport.get_extra_info("socket") for it in server.server_state.connections]
        assert [it.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0 for it in accepted] == [True]


@pytest.mark.parametrize("program", [PROGRAM, WITHOUT_UVLOOP, WITHOUT_BOTH])
def test_a_client_that_sends_head_and_body_apart_does_not_wait(program: str) -> None:
    """As http.client and many others do. Where an answer waits for an acknowledgement, each but the first few takes
    more than 40 ms; where none does, the fastest takes less, however busy the machine is."""
    with serving(program=program) as process:
        port = urlsplit(lines_of(process, 1)[0].removeprefix("careergraph is listening on ")).port
        assert port is not None
        client = HTTPConnection("127.0.0.1", port, timeout=CEILING)
        seconds = []
        for _ in range(40):
            start = time.perf_counter()
            client.request("POST", "/graphql", BODY, {"Content-Type": "application/json", "Accept-Encoding": "gzip"})
            answer = client.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - start)
            assert answer.status == 200
        client.close()
    assert min(seconds[20:]) < 0.03


ENDLESS = {
    "a target": b"GET /healthz?",
    "a header": HEAD[:-4] + b"\r\nX-Long: ",
    "what stands behind a body": HEAD.replace(b"Content-Length: %d" % len(BODY), b"Transfer-Encoding: chunked")
    + b"%x\r\n%b\r\n0\r\nX-Long: " % (len(BODY), BODY),
}


@pytest.mark.parametrize("start", ENDLESS.values(), ids=ENDLESS)
def test_a_head_without_end_is_ended(start: bytes) -> None:
    """httptools keeps a header until it is there, so one client could fill the memory of the server."""
    with running_on("uvloop") as (_, port), socket.create_connection(("127.0.0.1", port), CEILING) as client:
        client.sendall(start)
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            for _ in range(1000):
                client.sendall(b"y" * 65536)


def test_a_long_head_is_answered() -> None:
    """A GET may have as much in its address as a POST in its body."""
    with running_on("uvloop") as (_, port), socket.create_connection(("127.0.0.1", port), CEILING) as client:
        for part in (b"GET /healthz?", *[b"y" * 1000] * 60, b" HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            client.sendall(part)
        assert client.recv(100_000).startswith(b"HTTP/1.1 200")
