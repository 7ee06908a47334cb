"""Post one message to one checked address. Redirects are not followed, and only the status of the response is read."""

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
"""The most addresses of a host that are tried."""
SHORTEST = 0.1
"""The least time to connect to each of them, in seconds."""


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
    """Send a message. Never raises for failures of the network or the other side."""
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
    """An open connection that never opens another one, whatever http.client tries."""

    auto_open = 0

    def connect(self) -> None:
        raise ConnectionError("the connection is closed")


@contextmanager
def open_connection(to: Destination, timeout: float, deadline: float, late: Event) -> Iterator[HTTPConnection]:
    """Open a connection to a checked address, and cut it off at the deadline, which sets `late`. Raises OSError."""
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
    """Connect to the first of the checked addresses that accepts. All of them share the timeout of one: a name may have
    many, and the sender must finish before its lease ends."""
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
    """Shut a connection down while another thread reads from it."""
    late.set()
    with suppress(OSError):
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)


def reason_of(problem: Exception) -> str:
    """Return the cause of a failed connection, on one line."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"the certificate is not good: {problem.verify_message}"[:200]
    if isinstance(problem, TimeoutError):
        return "timed out"
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return " ".join(f"{type(problem).__name__}: {reason}".split())[:200]
