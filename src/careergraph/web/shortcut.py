"""Shortcut: from the head and the body of a request to the bytes of its response, past ASGI.

It calls the functions of the ASGI endpoint, so that no rule is written twice, and it declines each request that would
have to wait, whose sender matters, or that is unusual: that takes the way through ASGI.
"""

import logging
from asyncio import Future, get_running_loop
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from starlette.types import Scope

from careergraph.engine.content import Catalog
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.request_headers import by_name
from careergraph.web.core.request_record import RECORD, RequestRecord
from careergraph.web.execution.admission import CLIENT, Caller
from careergraph.web.execution.heads import MAX_HEAD, Head, Heads
from careergraph.web.execution.rate_limiter import add_allowance
from careergraph.web.execution.run_queue import Turn
from careergraph.web.graphql import GraphQL
from careergraph.web.ready_operations import NOT_READY
from careergraph.web.request.endpoint import REQUEST_ID, request_id
from careergraph.web.response.response import Headers, RawResponse, header_lines

LOG = logging.getLogger("careergraph.web")

MAX_BODY = 32 * 1024
"""The longest body that has one, in bytes."""

HOLD_SECONDS = 0.05
"""The least time for which a head waits for its body, in seconds; the most is twice that."""

_FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto"}
_END = b"\r\n\r\n"
_STATUS_LINES = {it: b"HTTP/1.1 %d %b\r\n" % (it, HTTPStatus(it).phrase.encode()) for it in (200, 304, 400)}


class Connection(Protocol):
    """A connection that waits for the body of a request."""

    def release(self) -> None:
        """Wait no longer."""


class Shortcut:
    """The short cut of one server. Without a log or spans, `count` is all that watches its requests."""

    def __init__(self, endpoint: GraphQL, config: Config, count: Callable[[RequestRecord], None] | None = None) -> None:
        self._catalog_at_hand, self._cached = endpoint.catalog_holder.at_hand, endpoint.responses.at_hand
        self._ready_operations = endpoint.ready_operations
        self._count, self._rate_limiter = count, endpoint.rate_limiter
        self._endpoint, self._hosts, self._origins = endpoint, config.hosts, config.cors.allowed
        self._path = config.graphql.path
        self._max_length = min(MAX_BODY, config.requests.max_body_bytes)
        self._starts = (f"POST {self._path} ".encode(), f"GET {self._path}?".encode())
        self._request_id_header = config.observability.request_id_header.lower().encode("latin-1")
        self._name_line = self._request_id_header + b": "
        self._default_headers: Headers | None = None
        self._first_lines: dict[int, bytes] = {}
        self._waiting: set[Connection] = set()
        self._waiting_longer: set[Connection] = set()
        self._heads = Heads(endpoint.admission, self._origins)
        self.heads = self._heads.remembered
        """The heads that were seen before, by their bytes; None for those without a short cut."""

    def add_head(self, data: bytes, read: Callable[[bytes], tuple[Scope, int] | None]) -> Head | None:
        """Read a head for the first time, and remember it. None if it has no short cut.

        `read` returns its scope and the length of its body; None for a head that is not plain HTTP/1.1.
        """
        if len(data) > MAX_HEAD or not data.endswith(_END) or not data.startswith(self._starts):
            return None
        parts = read(data)
        return self._heads.remember(data, None if parts is None else self._admit(*parts))

    def _admit(self, scope: Scope, length: int) -> Head | None:
        headers = by_name(scope["headers"])
        if scope["path"] != self._path or b"origin" in headers:
            return None
        if self._rate_limiter is not None and not _FORWARDED.isdisjoint(headers):
            return None  # uvicorn knows whose word it takes for who pays
        posted = scope["method"] == "POST"
        if not (0 < length <= self._max_length if posted else scope["query_string"] and not length):
            return None
        if not (self._hosts.every or self._hosts.allow(scope)):
            return None
        if (head := self._heads.read(scope, headers)) is None:
            return None
        return Head(head.request, head.variant if self._count is None else None, length)

    def respond(
        self, head: Head, body: bytes, default_headers: Headers, client: tuple[str, int] | None
    ) -> bytes | Turn | None:
        """The whole response to a request of a client, with the default headers of its server; None if it has no short
        cut."""
        if (catalog := self._catalog_at_hand()) is None:
            return None
        name = request_id(head.request.headers.get(self._request_id_header))
        if (cached := self._cached(head, body, catalog)) is not None:
            return self._written(cached, cached.header_lines(self._origins), default_headers, name)
        response: RawResponse | Turn | None
        try:
            response = self._ready(head, body, catalog)
            if type(response) is RawResponse and response is not NOT_READY:
                return self._written(response, response.header_lines(self._origins), default_headers, name)
        except Exception:  # a refusal or a bug: the longer way meets it again
            response = NOT_READY
        if response is None:
            return None
        scope: Scope = {"client": client, REQUEST_ID: name}
        if isinstance(response, Turn):
            return Turn(response.ready, partial(self._write, scope, default_headers, response.respond))
        return self._respond_at_length(scope, head, body, catalog, default_headers)

    def _ready(self, head: Head, body: bytes, catalog: Catalog) -> RawResponse | Turn | None:
        response = self._ready_operations.respond(head, body, catalog)
        if response is NOT_READY or (caller := head.caller) is None or caller.codings is None:
            return response
        return self._compress(caller, response)

    def _respond_at_length(
        self, scope: Scope, head: Head, body: bytes, catalog: Catalog, default_headers: Headers
    ) -> bytes | Turn | None:
        """The response to a request that takes more than look-ups, or that is counted or charged."""
        scope.update(head.request.scope)
        if self._count is not None:
            scope[RECORD] = RequestRecord(self._path, scope["method"], scope)
        taken = 0 if self._rate_limiter is None else self._rate_limiter.taken
        response = self._write(scope, default_headers, self._respond, scope, head, body, catalog)
        if self._rate_limiter is None or isinstance(response, bytes):
            return response
        give_back = partial(self._rate_limiter.give_back, scope.get(CLIENT, ""), self._rate_limiter.taken - taken)
        if response is None:
            give_back()  # it is charged again on the way through ASGI
            return None
        turn = response
        turn.ready.add_done_callback(lambda ready: _has_come(ready) or give_back())
        return turn._replace(respond=lambda: turn.respond() or give_back())

    def _respond(self, scope: Scope, head: Head, body: bytes, catalog: Catalog) -> RawResponse | Turn | None:
        request = head.request.with_body(body, scope)
        caller = self._heads.caller(head, request, catalog)
        return None if caller is None else self._endpoint.respond_inline(request, caller)

    def _compress(self, caller: Caller, response: RawResponse | Turn | None) -> RawResponse | Turn | None:
        if response is None:
            return None
        if isinstance(response, Turn):
            return Turn(response.ready, lambda: self._compress(caller, response.respond()))
        return self._endpoint.compress_inline(caller, response)

    def _write(
        self,
        scope: Scope,
        default_headers: Headers,
        respond: Callable[..., RawResponse | Turn | None],
        *arguments: Any,
    ) -> bytes | Turn | None:
        try:
            response = respond(*arguments)
            if isinstance(response, Turn):
                return Turn(response.ready, partial(self._write, scope, default_headers, response.respond))
            if response is None or response.status not in _STATUS_LINES:
                return None
            lines = self._header_lines(scope, response)
        except Refusal:
            return None
        except Exception:  # a bug: the way through ASGI meets it again, and tells its client an id
            LOG.exception("a request has no short cut")
            return None
        if self._count is not None:
            request_record: RequestRecord = scope[RECORD]
            request_record.status = response.status
            request_record.end()
            self._count(request_record)
        return self._written(response, lines, default_headers, scope[REQUEST_ID])

    def _written(self, response: RawResponse, lines: bytes, default_headers: Headers, name: str) -> bytes:
        """A response to the request of a name, with these lines of headers."""
        if default_headers is not self._default_headers:
            self._default_headers, self._first_lines = default_headers, {}
        if (first := self._first_lines.get(response.status)) is None:
            first = self._first_lines[response.status] = _STATUS_LINES[response.status] + header_lines(default_headers)
        return b"".join((first, lines, self._name_line, name.encode(), _END, response.body))

    def _header_lines(self, scope: Scope, response: RawResponse) -> bytes:
        """The headers of a response, with the client's allowance where there is a limit: what does not depend on the
        client is written once."""
        if self._rate_limiter is None:
            return response.header_lines(self._origins)
        if scope["method"] != "POST":
            return self._endpoint.with_allowance(scope, response).header_lines(self._origins)
        if response.charged is None:
            headers = add_allowance(response.headers, [], posted=True)
            response.charged = RawResponse(response.status, headers, response.body)
        return response.charged.header_lines(self._origins) + header_lines(self._endpoint.allowance(scope))

    def wait(self, connection: Connection) -> None:
        """Release a connection after a while. One timer serves all of them."""
        if not self._waiting and not self._waiting_longer:
            get_running_loop().call_later(HOLD_SECONDS, self._release)
        self._waiting.add(connection)

    def _release(self) -> None:
        late, self._waiting_longer, self._waiting = self._waiting_longer, self._waiting, set()
        if self._waiting_longer:
            get_running_loop().call_later(HOLD_SECONDS, self._release)
        for connection in late:
            connection.release()


def _has_come(ready: Future[None]) -> bool:
    return not ready.cancelled() and ready.exception() is None
