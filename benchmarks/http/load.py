"""Load: requests over so many connections at once, each of which sends its next when it has its answer.

The client is as plain as it can be, so that it is not what is measured: raw sockets and one loop.
"""

import selectors
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from gzip import decompress
from time import perf_counter

from benchmarks.http.server import Server

END = b"\r\n\r\n"

Request = tuple[bytes, bytes]
"""A whole request, and what must stand in the body of its answer."""


@dataclass(slots=True)
class Load:
    """What came of the requests: seconds that each took, CPU seconds of the server for all of them, wrong answers."""

    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    wrong: list[bytes] = field(default_factory=list)

    @property
    def microseconds(self) -> float:
        """The CPU time of a request."""
        return 1e6 * self.cpu / len(self.seconds)

    def percentile(self, share: float) -> float:
        """How long a request takes at most that is among this share of all, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1e3 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection, and the answer that comes on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.expected = b""
        self.whole = self.length = 0
        self.since = 0.0

    def send(self, request: Request, *, apart: bool = False) -> None:
        """Send a request, its head and its body `apart` in two segments or in one."""
        text, self.expected = request
        self.received, self.whole = b"", 0
        self.since = perf_counter()
        if apart:
            head = text.index(END) + len(END)
            self.socket.sendall(text[:head])
            text = text[head:]
        self.socket.sendall(text)

    def receive(self) -> bool:
        """Takes what has come; whether the answer is whole."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server hung up")
        self.received += chunk
        if not self.whole and (end := self.received.find(END)) >= 0:
            self.length = _length(self.received[:end])
            self.whole = end + 4 + self.length
        return 0 < self.whole <= len(self.received)

    @property
    def right(self) -> bool:
        """Whether the answer is what was asked for: status, no errors ahead of the data, and what only it holds."""
        received, body = self.received, self.whole - self.length
        if b"content-encoding: gzip\r\n" in received[:body]:
            received, body = b"HTTP/1.1 200 " + decompress(received[body:]), 13
        begins = received.startswith(b"HTTP/1.1 200 ") and received.startswith(b'{"data"', body)
        return begins and received.find(self.expected, body) > 0


def run(server: Server, requests: Iterator[Request], count: int, connections: int, *, apart: bool = False) -> Load:
    """Send so many requests, and measure."""
    load = Load()
    selector = selectors.DefaultSelector()
    open_connections = [Connection(server.port) for _ in range(connections)]
    for connection in open_connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    start, left = server.cpu(), count
    for connection in open_connections[:count]:
        connection.send(next(requests), apart=apart)
        left -= 1
    while len(load.seconds) < count:
        for key, _ in selector.select():
            connection = key.data
            if not connection.receive():
                continue
            load.seconds.append(perf_counter() - connection.since)
            if not connection.right:
                load.wrong.append(connection.received)
            if left > 0:
                connection.send(next(requests), apart=apart)
                left -= 1
            else:
                selector.unregister(connection.socket)  # it may be closed while others are still waited for
    load.cpu = server.cpu() - start
    for connection in open_connections:
        connection.socket.close()
    selector.close()
    return load


def ask(port: int, request: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The headers and the body of one answer."""
    connection = Connection(port)
    connection.send((request, b""))
    while not connection.receive():
        pass
    connection.socket.close()
    head, _, body = connection.received.partition(b"\r\n\r\n")
    return [(name, value) for name, _, value in (line.partition(b": ") for line in head.split(b"\r\n")[1:])], body


def post(path: str, body: bytes, *, gzip: bool = False) -> bytes:
    """A POST as front-ends send it, that accepts gzip or no content coding."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + b"\r\nAccept-Encoding: gzip" * gzip + END + body


def _length(head: bytes) -> int:
    lower = head.lower()
    start = lower.index(b"content-length:") + 15
    return int(lower[start:].split(b"\r\n", 1)[0])
