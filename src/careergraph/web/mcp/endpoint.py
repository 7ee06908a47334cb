"""The MCP server over streamable HTTP: each POST is a message of its own, without sessions and open streams."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Literal, TypeAlias

import msgspec
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.execution.authentication import PREVIEW
from careergraph.web.graphql import GraphQL
from careergraph.web.mcp.server import Assistants
from careergraph.web.request.body import BodyReader
from careergraph.web.request.endpoint import json_response
from careergraph.web.request.parameters import check_content_type

SENT = ("Mcp-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name", "Last-Event-ID")
"""The headers of the protocol, which pages of allowed origins may send."""


Id: TypeAlias = str | int | None
"""The id of a message of JSON-RPC; None where it cannot be read."""

LONGEST_METHOD = 100
"""The most characters of the name of a method: those of the protocol are shorter."""


class McpEndpoint:
    """Answers assistants over HTTP."""

    sent = SENT

    def __init__(self, config: Config, graphql: GraphQL, assistants: Assistants) -> None:
        self._assistants = assistants
        self._graphql, self._config = graphql, config
        self._body_reader = BodyReader(config.requests.max_body_bytes, config.requests.body_seconds)

    async def respond(self, request: Request) -> Response:
        """The response to one message. Raises Refusal."""
        headers = dict(request.scope["headers"])
        self._check_sender(headers)
        check_content_type(headers)
        body = self._body_reader.read(headers, request.receive)
        content = body if isinstance(body, bytes) else await body
        problem = _problem_of(content)
        await self._assistants.reader.admit(request.scope)
        response = await self._handle(request, content) if problem is None else problem
        for name, value in self._graphql.allowance(request.scope):
            response.headers[name.decode()] = value.decode()
        return response

    def _check_sender(self, headers: dict[bytes, bytes]) -> None:
        """Raise Refusal for a page of an origin that may not read responses (CROSS_SITE), for a preview, and for a
        session, as there are none."""
        origin = headers.get(b"origin")
        if origin is not None and not self._config.cors.allowed.allow(origin.decode("latin-1")):
            raise Refusal(
                WebCode.CROSS_SITE, "Pages of this origin may not ask; the setting cors_origins lists those that may."
            )
        if PREVIEW.encode() in headers:
            raise Refusal(WebCode.BAD_PREVIEW, "Assistants read what is published only: leave out the preview.")
        if b"mcp-session-id" in headers:  # what the protocol says of a session that has ended: the client begins anew
            raise Refusal(WebCode.NOT_FOUND, "There are no sessions here: leave out Mcp-Session-Id.")

    async def _handle(self, request: Request, content: bytes) -> Response:
        """The SDK's response to a message. Nothing of the SDK lasts longer than the request."""
        collected = _Collected()
        manager = StreamableHTTPSessionManager(
            self._assistants.server,
            json_response=True,
            stateless=True,
            max_request_body_size=self._config.requests.max_body_bytes,
        )
        async with manager.run():
            await manager.handle_request(request.scope, _replay(content, request.receive), collected.send)
        return collected.response(_id_of(content))


class _Message(msgspec.Struct):
    """A message of JSON-RPC: a request, a notification, which has no id, or a response, which has no method."""

    version: Literal["2.0"] = msgspec.field(name="jsonrpc")
    id: str | int | msgspec.UnsetType = msgspec.UNSET
    method: str | None = None
    params: dict[str, msgspec.Raw] | None = None
    result: msgspec.Raw = msgspec.Raw()
    error: msgspec.Raw = msgspec.Raw()


_INVALID = "The body is no message of JSON-RPC 2.0: an object with a method, whose id is a text or a whole number."


def _problem_of(content: bytes) -> Response | None:
    """The error for what is no message; None for one. The SDK would answer it with its own insides, and take an id of
    another kind for none, so that whoever asked would wait. Raises Refusal (BAD_REQUEST) for a method with a long name,
    which the SDK would answer back."""
    try:
        message = msgspec.json.decode(content, type=_Message)
    except (msgspec.ValidationError, RecursionError):
        return _error(-32600, _INVALID, _id_of(content))
    except (msgspec.DecodeError, UnicodeError):
        return _error(-32700, "The body is no JSON in UTF-8.", None)
    if message.method is None and not (bytes(message.result) or bytes(message.error)):
        return _error(-32600, _INVALID, _id_of(content))
    if len(message.method or "") > LONGEST_METHOD:
        raise Refusal(WebCode.BAD_REQUEST, "There is no such method.")
    return None


def _error(code: int, message: str, identity: Id) -> Response:
    return json_response({"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": message}}, 400)


class _Identified(msgspec.Struct):
    """The id of what may be no message otherwise."""

    id: Id = None


def _id_of(content: bytes) -> Id:
    """The id of a request, by which an error is answered; None where there is none that can be read."""
    try:
        return msgspec.json.decode(content, type=_Identified).id
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


class _Collected:
    """A response that is sent to nobody yet."""

    def __init__(self) -> None:
        self._status, self._headers, self._body = 500, [(b"", b"")], bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], list(message["headers"])
        else:
            self._body += message.get("body", b"")

    def response(self, identity: Id) -> Response:
        """The whole response, an error by the id of its request: the SDK has none where a header is refused."""
        response = Response(self._content(identity), self._status)
        length = [it for it in response.raw_headers if it[0] == b"content-length"]
        response.raw_headers = [*[it for it in self._headers if it[0].lower() != b"content-length"], *length]
        return response

    def _content(self, identity: Id) -> bytes:
        body = bytes(self._body)
        if self._status < HTTPStatus.BAD_REQUEST or identity is None:
            return body
        try:
            answer = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        except msgspec.DecodeError:  # not by the protocol
            return body
        return msgspec.json.encode({**answer, "id": identity}) if bytes(answer.get("id", b"")) == b"null" else body


def _replay(content: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A receiver of a body that is read already."""
    messages: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
