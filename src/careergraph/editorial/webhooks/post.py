"""Post: one message to one checked address. Nothing is followed, nothing of the answer but its status is read."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Event, Timer
from time import monotonic

from careergraph.editorial.webhooks.address import Destination

TOO_LONG = "took too long"
MOST_ADDRESSES = 6
"""How many of a host's addresses are tried."""
SHORTEST = 0.1
"""How long each of them has at least to accept a connection, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The result of sending: the status of the response, or None with the reason why there was none."""

    status: int | None
    error: str | None = None

    @property
    def taken(self) -> bool:
        """Whether the endpoint took the message."""
        return self.status is not None and 200 <= self.status < 300


def post(to: Destination, headers: Mapping[str, str], body: bytes, timeout: float, deadline: float) -> Answer:
    """Sends a message. Never raises for what the network, or the other side, does."""
    late = Event()
    try:
        with open_connection(to, timeout, deadline, late) as connection:
            connection.request("POST", to.target, body, dict(headers))
            status = connection.getresponse().status
    except (OSError, HTTPException, ValueError) as problem:
        return Answer(status=None, error=TOO_LONG if late.is_set() else reason_of(problem))
    if late.is_set():
        return Answer(status=None, error=TOO_LONG)  # http.client takes headers that were cut off for whole ones
    if 200 <= status < 300:
        return Answer(status=status)
    return Answer(status=status, error="redirects are not followed" if 300 <= status < 400 else f"answered {status}")


class _Pinned(HTTPConnection):
    """A connection that is open already, and never opens another one, whatever http.client thinks of it."""

    auto_open = 0

    def connect(self) -> None:
        raise ConnectionError("the connection is closed")


@contextmanager
def open_connection(to: Destination, timeout: float, deadline: float, late: Event) -> Iterator[HTTPConnection]:
    """A connection to a checked address, cut off at the deadline, of which `late` tells then. Raises OSError."""
    connection = _Pinned(to.host, to.port)
    connection.default_port = 443 if to.secure else 80
    sock = _open(to, timeout)
    connection.sock = sock
    timer = Timer(deadline, lambda: _cut(connection.sock, late))
    timer.daemon = True
    timer.start()
    try:
        if to.secure:
            context = ssl.create_default_context()
            wrapped = context.wrap_socket(sock, server_hostname=to.host, do_handshake_on_connect=False)
            connection.sock = wrapped
            wrapped.do_handshake()
        yield connection
    finally:
        timer.cancel()
        open_socket = connection.sock
        connection.close()
        if open_socket is not None:
            open_socket.close()


def _open(to: Destination, timeout: float) -> socket.socket:
    """A connection to the first of the checked addresses that accepts one. All of them together have the time of one:
    a name may have many, and whoever sends must be done before its lease ends."""
    problem: OSError = ConnectionError("no address")
    until = monotonic() + timeout
    tried = to.addresses[:MOST_ADDRESSES]
    for left in range(len(tried), 0, -1):
        try:
            sock = socket.create_connection((tried[-left], to.port), max((until - monotonic()) / left, SHORTEST))
        except OSError as refused:
            problem = refused
        else:
            sock.settimeout(timeout)
            return sock
    raise problem


def _cut(sock: socket.socket | None, late: Event) -> None:
    """Ends a connection under the hands of whoever reads from it."""
    late.set()
    with suppress(OSError):
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)


def reason_of(problem: Exception) -> str:
    """The cause of a failed connection, on one line."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"the certificate is not good: {problem.verify_message}"[:200]
    if isinstance(problem, TimeoutError):
        return "timed out"
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return " ".join(f"{type(problem).__name__}: {reason}".split())[:200]
