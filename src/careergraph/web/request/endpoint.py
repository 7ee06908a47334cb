"""Endpoint: a route as an ASGI app, with its methods, request ids, common headers, and responses to errors."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import getrandbits

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from careergraph.api.base.errors import fault
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_record import record
from careergraph.web.response.page_coding import PageCoder

Handler = Callable[[Request], Awaitable[Response]]

REQUEST_ID = "careergraph.request_id"
"""The entry of an ASGI scope with the id of the request."""

PLAIN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
"""A proxy's id of a request: nothing that could forge a line in a log."""


def request_id(proposed: bytes | None) -> str:
    """The id of a request: the proposed one if it is plain, else a new one."""
    if proposed is not None and PLAIN_ID.fullmatch(proposed):
        return proposed.decode("ascii")
    return getrandbits(64).to_bytes(8, "big").hex()  # tells requests apart, and is no secret


def json_response(
    content: object, status: int, media: Media = Media.JSON, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON response."""
    body = msgspec.json.encode(content)
    return Response(body, status, {**(headers or {}), "Content-Type": f"{media}; charset=utf-8"})


def refusal_response(refusal: Refusal, media: Media = Media.JSON) -> Response:
    """The response to a refused request, in the shape of a GraphQL error."""
    return json_response({"errors": [refusal.formatted()]}, refusal.status, media, refusal.headers)


class Endpoint:
    """A route as an ASGI app, so that it behaves alike in careergraph's own app and among a host's routes. Without
    `methods` the handler responds to every method."""

    def __init__(
        self, handler: Handler, *, methods: Sequence[str], request_id_header: str, coder: PageCoder | None = None
    ) -> None:
        self._handler = handler
        self._coder = coder or PageCoder(None)
        self._methods = methods
        self._header = request_id_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        scope[REQUEST_ID] = request_id(request.headers.get(self._header, "").encode("latin-1"))
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return  # nobody reads the response
        response.headers[self._header] = scope[REQUEST_ID]
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if self._methods and request.method not in self._methods:
            return self._not_allowed(request)
        try:
            return await self._coder.page(request, await self._handler(request))
        except Refusal as refusal:
            record(request.scope, codes=(str(refusal.code),))
            return refusal_response(refusal)
        except ClientDisconnect:
            raise
        except Exception as problem:  # a bug: the one place that turns it into a response
            handler = getattr(self._handler, "__qualname__", "?")
            where = f"{request.method} {handler} request={request.scope[REQUEST_ID]}"
            return json_response({"errors": [fault(problem, where)]}, 500)

    def _not_allowed(self, request: Request) -> Response:
        allow = {"Allow": ", ".join((*self._methods, "OPTIONS"))}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allow)
        message = f"This address does not answer {request.method[:16]}."
        return refusal_response(Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers=allow))
