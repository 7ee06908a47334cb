"""Both ways: two servers over one database, of which one has the short cut, and what clients see of each."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from select import select
from typing import Any
from urllib.parse import urlsplit

import pytest

from careergraph import CareerGraph, Config
from careergraph.web.execution.heads import Head
from careergraph.web.execution.run_queue import Turn
from careergraph.web.response import compressor
from careergraph.web.server import local
from careergraph.web.shortcut import Shortcut
from waiting import CEILING
from web.conftest import running

Chunks = Sequence[bytes | float]
"""What a client sends, one segment after the other, and for how many seconds it waits between."""

APART = 0.004
"""Seconds between two segments that the server is to read one by one."""

END = b"\r\n\r\n"
LAST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
"""The request that ends each connection. It is answered only where the server agrees on where the one before ended."""

_CHANGING = re.compile(rb'(?im)(?<=^date: )[^\r]*|(?<=^x-request-id: )[0-9a-f]{16}(?=\r)|(?<="id":")[^"]*')


class CountedShortcut(Shortcut):
    """A short cut that counts its responses."""

    count = waits = 0

    def respond(self, head: Head, body: bytes, default_headers: Any, client: Any) -> bytes | Turn | None:
        """The response."""
        response = super().respond(head, body, default_headers, client)
        if isinstance(response, Turn):
            self.waits += 1
            return Turn(response.ready, lambda: self._counted(response.respond()))
        return self._counted(response)

    def _counted(self, response: bytes | None) -> bytes | None:
        self.count += response is not None
        return response


class AtOnce(Executor):
    """An executor without threads, so that a compressed response is ready on no other request than the next."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run at once."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Both:
    """The ports of both servers."""

    def __init__(self, short: int, ordinary: int, shortcut: CountedShortcut) -> None:
        self.short, self.ordinary, self.shortcut = short, ordinary, shortcut

    def check(self, chunks: Chunks) -> bytes:
        """The bytes that both servers send, but for dates and ids."""
        short, ordinary = [_CHANGING.sub(b"*", exchange(port, chunks)) for port in (self.short, self.ordinary)]
        assert short == ordinary, (chunks, short, ordinary)
        return short


@contextmanager
def both_ways(config: Config, monkeypatch: pytest.MonkeyPatch, timeout_keep_alive: int = 15) -> Iterator[Both]:
    """Both servers, as `careergraph serve` would start them on this machine."""
    monkeypatch.setattr(compressor, "_pool", AtOnce)
    config = local(config, "127.0.0.1")
    first, second = CareerGraph(config), CareerGraph(config)
    shortcut = CountedShortcut(first._endpoint, config, first._watchers.count)
    with (
        running(first.asgi(), shortcut, timeout_keep_alive) as short,
        running(second.asgi(), None, timeout_keep_alive) as ordinary,
    ):
        yield Both(urlsplit(short).port or 0, urlsplit(ordinary).port or 0, shortcut)


def exchange(port: int, chunks: Chunks) -> bytes:
    """Send chunks on a connection of their own, and return all that comes back until the server hangs up.

    When nothing comes for a while, `LAST` is sent.
    """
    received = bytearray()
    is_head = b"".join(it for it in chunks if isinstance(it, bytes)).startswith(b"HEAD")
    with socket.create_connection(("127.0.0.1", port), timeout=CEILING) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(BrokenPipeError, ConnectionResetError):
            for number, chunk in enumerate(chunks):
                if isinstance(chunk, float):
                    time.sleep(chunk)
                    continue
                if number and select([client], [], [], APART)[0]:  # else a refusal is lost, as the connection is reset
                    if not (data := client.recv(262_144)):
                        return bytes(received)
                    received += data
                client.sendall(chunk)
            while not _is_whole(bytes(received), is_head) and (data := client.recv(262_144)):
                received += data
            client.sendall(LAST)
            while data := client.recv(262_144):
                received += data
    return bytes(received)


def _is_whole(received: bytes, is_head: bool) -> bool:
    """Whether a first response is whole."""
    head, end, body = received.partition(END)
    if head.startswith(b"HTTP/1.1 100"):
        return _is_whole(body, is_head)
    if not end or is_head:
        return bool(end)
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return b"transfer-encoding" not in head.lower() and (length is None or len(body) >= int(length[1]))


def splits(message: bytes) -> Iterator[Chunks]:
    """A message in one segment, and cut at each place where a parser may stumble."""
    yield (message,)
    head = message.find(END) + len(END)
    places = {1, head // 2, head - 3, head - 1, head, head + 1, (head + len(message)) // 2, len(message) - 1}
    for place in sorted(it for it in places if 0 < it < len(message)):
        yield message[:place], message[place:]
    if head < len(message) - 2:
        yield message[:head], message[head:-1], message[-1:]


def request(
    body: bytes = b"", start: bytes = b"POST /graphql HTTP/1.1", drop: Sequence[bytes] = (), **headers: bytes
) -> bytes:
    """A request as front-ends send it, with other headers in the place of its own."""
    fields = {b"host": b"localhost", b"content-type": b"application/json", b"content-length": b"%d" % len(body)}
    fields |= {name.replace("_", "-").encode(): value for name, value in headers.items()}
    lines = [b"%b: %b" % field for field in fields.items() if field[0] not in drop]
    return b"\r\n".join((start, *lines)) + END + body
