"""HttpTools: uvicorn's protocol over httptools, with a short cut past ASGI for plain requests.

A request that arrives whole in one read, or with its body in a second one, is answered in `data_received`: without a
task, a scope or a turn. The parser never sees it. Every other request takes uvicorn's way.
"""

import logging
from asyncio import Future
from typing import Any

import httptools
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from careergraph.web.execution.heads import Head
from careergraph.web.execution.run_queue import Turn
from careergraph.web.request.target import split_target, with_host
from careergraph.web.shortcut import HOLD_SECONDS, MAX_BODY, Shortcut

MAX_HEAD = 256 * 1024
"""The longest head that may arrive in several reads, in bytes: httptools has no bound. One read has at most as many."""

_END = b"\r\n\r\n"
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 33\r\nconnection: close\r\n\r\nThe head of a request is too long"
)


class HttpTools(HttpToolsProtocol):
    """uvicorn's own protocol, which resolves the targets of requests with an absolute address and has a short cut.

    Between two messages the parser is in the same state as at the start of a connection, so that messages that it never
    sees change nothing for those that it does.
    """

    def __init__(self, *arguments: Any, shortcut: Shortcut | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        has_log = self.access_log and self.access_logger.isEnabledFor(logging.INFO)
        usable = shortcut is not None and not has_log and self.limit_concurrency is None
        self._shortcut = shortcut if usable else None
        self._is_between = usable  # two messages, as the parser sees it
        self._start = b""
        self._head: Head | None = None  # that of `_start`, where that waits for the body
        self._head_size = 0
        self._turn: Turn | None = None
        self._responded_at = 0.0
        self._unreported = 0

    def data_received(self, data: bytes) -> None:
        """Answer a plain request at once; leave all else to uvicorn."""
        start, self._start = self._start, b""
        if (
            (self._turn is not None and self._leave_turn())
            or not self._is_between
            or self.flow.write_paused
            or (self.cycle is not None and not self.cycle.response_complete)
            or not (self._take_body(start, data) if start else self._take_shortcut(data))
        ):
            self._feed(start + data)

    def _feed(self, data: bytes) -> None:
        """Leave bytes to uvicorn. A head, or what follows a body, that goes on for too long ends the connection."""
        self._unreported += len(data)
        super().data_received(data)
        if self._unreported > MAX_HEAD and not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(_TOO_LARGE)
            self.transport.close()

    def _take_shortcut(self, data: bytes) -> bool:
        """Answer a request, or hold it until its body or its turn comes. Return whether either was possible."""
        shortcut: Shortcut = self._shortcut  # type: ignore[assignment]  # `_is_between` implies one
        size = data.find(_END) + len(_END)
        start = data[:size]
        try:
            head = shortcut.heads[start]
        except KeyError:
            head = shortcut.add_head(start, read_head)
        if head is None:
            return False
        if len(data) - size < head.length:
            self._start, self._head, self._head_size = data, head, size
            shortcut.wait(self)
            return True
        return self._respond(head, start, data[size:])

    def _take_body(self, start: bytes, data: bytes) -> bool:
        """Do the same for a request that was held until its body came."""
        size, head, self._head = self._head_size, self._head, None
        return head is not None and self._respond(head, start[:size], start[size:] + data)

    def _respond(self, head: Head, start: bytes, body: bytes) -> bool:
        shortcut: Shortcut = self._shortcut  # type: ignore[assignment]  # see above
        if len(body) != head.length:
            return False
        response = shortcut.respond(head, body, self.server_state.default_headers, self.client)
        if response is None:
            return False
        if isinstance(response, Turn):
            self._start, self._turn = start + body, response
            response.ready.add_done_callback(self._take_turn)
        else:
            self._send(response)
        return True

    def _take_turn(self, ready: Future[None]) -> None:
        """Answer the request whose turn it is; leave it to uvicorn if that is not possible."""
        if self._turn is None or self._turn.ready is not ready:
            return  # the request is uvicorn's by now
        turn, self._turn = self._turn, None
        start, self._start = self._start, b""
        response = None if ready.cancelled() or ready.exception() is not None else turn.respond()
        if response is None:
            self._feed(start)
        else:
            self._send(response)

    def _leave_turn(self) -> bool:
        """Wait for no turn any longer. Return whether a request waited for one."""
        if self._turn is None:
            return False
        turn, self._turn = self._turn, None
        turn.ready.cancel()
        return True

    def _send(self, response: bytes) -> None:
        self.transport.write(response)
        self.server_state.total_requests += 1
        self._responded_at = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._call_after(self.timeout_keep_alive)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the request of a client that is gone."""
        self._leave_turn()
        super().connection_lost(exc)

    def release(self) -> None:
        """Leave a request that waits, for its body or its turn, to uvicorn."""
        self._leave_turn()
        start, self._start = self._start, b""
        if start:
            self._feed(start)

    def shutdown(self) -> None:
        """Close the connection, or let its last request be answered."""
        self.release()
        super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection. The short cut leaves the timer running: a new one costs more than a look-up."""
        idle = self.loop.time() - self._responded_at
        if self._start or idle < self.timeout_keep_alive:
            self._call_after(max(HOLD_SECONDS, self.timeout_keep_alive - idle))
        else:
            super().timeout_keep_alive_handler()

    def _call_after(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        """Start a request."""
        self._is_between, self._unreported = False, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start the response to a request."""
        if not self.url.startswith(b"/"):
            self._resolve_target()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        self._unreported = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request. A connection that is upgraded or closed behind it has no short cut any longer."""
        self._unreported = 0
        super().on_message_complete()
        if self._shortcut is not None and (self.parser.should_upgrade() or not self.parser.should_keep_alive()):
            self._shortcut = None
        self._is_between = self._shortcut is not None

    def _resolve_target(self) -> None:
        if self.url == b"*" and self.parser.get_method() == b"OPTIONS":
            self.url = b"/"
        elif (parts := split_target(self.url)) is not None:
            host, self.url = parts
            self.headers[:] = with_host(self.headers, host)


def read_head(data: bytes) -> tuple[Scope, int] | None:
    """The ASGI scope of a head, and the length of its body.

    None unless httptools takes exactly these bytes, and a body of the declared length behind them, for one message of
    HTTP/1.1 on a connection that stays open.
    """
    message = _Message()
    message.parser = parser = httptools.HttpRequestParser(message)
    try:
        parser.feed_data(data)
        if not message.is_plain or message.length > MAX_BODY:
            return None
        if message.length:
            parser.feed_data(bytes(message.length))
        url = httptools.parse_url(message.url)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    if message.events != ["begin", "headers", "complete"] or message.received != message.length:
        return None
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": parser.get_method().decode("ascii"),
        "scheme": "http",
        "path": url.path.decode("ascii"),
        "raw_path": url.path,
        "query_string": url.query or b"",
        "root_path": "",
        "headers": message.headers,
    }
    return scope, message.length


class _Message:
    """One message, by what httptools reports of it."""

    parser: Any = None

    def __init__(self) -> None:
        self.events: list[str] = []
        self.headers: list[tuple[bytes, bytes]] = []
        self.url = b""
        self.length = self.received = 0
        self.is_plain = False

    def on_message_begin(self) -> None:
        """Start."""
        self.events.append("begin")

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Judge the head."""
        self.events.append("headers")
        headers = dict(self.headers)
        self.length = int(headers.get(b"content-length", b"0"))
        self.is_plain = (
            self.url.startswith(b"/")
            and b"%" not in self.url.partition(b"?")[0]
            and self.parser.get_http_version() == "1.1"
            and self.parser.should_keep_alive()
            and not self.parser.should_upgrade()
            and b"transfer-encoding" not in headers
            and b"expect" not in headers
        )

    def on_body(self, body: bytes) -> None:
        """Count the body."""
        self.received += len(body)

    def on_message_complete(self) -> None:
        """End."""
        self.events.append("complete")
