"""The MCP server over streamable HTTP: each POST is a message of its own, without sessions and open streams."""

from collections.abc import Awaitable, Callable

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
from careergraph.web.request.parameters import check_content_type

SENT = ("Mcp-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name", "Last-Event-ID")
"""The headers of the protocol, which pages of allowed origins may send."""


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
        await self._assistants.reader.admit(request.scope)
        response = await self._handle(request, content)
        for name, value in self._graphql.allowance(request.scope):
            response.headers[name.decode()] = value.decode()
        return response

    def _check_sender(self, headers: dict[bytes, bytes]) -> None:
        """Raise Refusal for a page of an origin that may not read responses (CROSS_SITE), and for a preview."""
        origin = headers.get(b"origin")
        if origin is not None and not self._config.cors.allowed.allow(origin.decode("latin-1")):
            raise Refusal(
                WebCode.CROSS_SITE, "Pages of this origin may not ask; the setting cors_origins lists those that may."
            )
        if PREVIEW.encode() in headers:
            raise Refusal(WebCode.BAD_PREVIEW, "Assistants read what is published only: leave out the preview.")

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
        return collected.response()


class _Collected:
    """A response that is sent to nobody yet."""

    def __init__(self) -> None:
        self._status, self._headers, self._body = 500, [(b"", b"")], bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], list(message["headers"])
        else:
            self._body += message.get("body", b"")

    def response(self) -> Response:
        response = Response(bytes(self._body), self._status)
        response.raw_headers = self._headers
        return response


def _replay(content: bytes, receive: Receive) -> Callable[[], Awaitable[Message]]:
    """A receiver of a body that is read already."""
    messages: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message
