"""GraphQLRequest: a request to the GraphQL endpoint as its client sent it, and the first step of its journey: parse."""

from collections.abc import Hashable, Mapping

import msgspec
from graphql import OperationType
from starlette.requests import Request
from starlette.types import Receive, Scope

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import EVENT_STREAM, Media, forms
from careergraph.web.core.origins import Origins
from careergraph.web.core.request_headers import by_name
from careergraph.web.request.body import BodyReader
from careergraph.web.request.parameters import (
    Parameters,
    check_content_type,
    from_body,
    from_query_string,
    refuse_cross_site,
)

_JSON = Media.JSON


class GraphQLRequest(msgspec.Struct, frozen=True, eq=False):
    """A request. `media` is the media type that the client prefers; `accepts_json` and `accepts_events` are whether it
    accepts a single response and a stream of them. `source` holds the parameters: the body of a POST, the query string
    of a GET. `spelling` identifies these bytes, a body apart from a query string."""

    scope: Scope
    receive: Receive
    headers: dict[bytes, bytes]
    posted: bool = False
    source: bytes = b""
    spelling: Hashable = b""
    media: Media = _JSON
    accepts_json: bool = True
    accepts_events: bool = False

    @classmethod
    def of(cls, request: Request) -> "GraphQLRequest":
        """A request for something else than GraphQL, to be admitted as one is."""
        return cls(request.scope, request.receive, by_name(request.scope["headers"]))

    def with_body(self, body: bytes, scope: Scope, receive: Receive | None = None) -> "GraphQLRequest":
        """The same request with the body of a POST, in a scope and a way to receive more of its own."""
        return GraphQLRequest(
            scope,
            receive or self.receive,
            self.headers,
            self.posted,
            body if self.posted else self.source,
            body if self.posted else self.spelling,
            self.media,
            self.accepts_json,
            self.accepts_events,
        )

    def parameters(self) -> Parameters:
        """Decode the parameters. Raises Refusal."""
        return from_body(self.source) if self.posted else from_query_string(self.source)

    def check(self, kind: OperationType) -> None:
        """Raise Refusal if the client accepts no response of this kind (NOT_ACCEPTABLE), or a mutation came by GET."""
        if kind is OperationType.SUBSCRIPTION and not self.accepts_events:
            raise Refusal(WebCode.NOT_ACCEPTABLE, f"A subscription is answered as {EVENT_STREAM}.")
        if kind is OperationType.MUTATION and not self.posted:
            allow = {"Allow": "POST, OPTIONS"}
            raise Refusal(WebCode.METHOD_NOT_ALLOWED, "A mutation needs POST.", headers=allow)


def read_headers(scope: Scope, receive: Receive, headers: dict[bytes, bytes], origins: Origins) -> GraphQLRequest:
    """Read a request without its body. Raises Refusal."""
    media: Media | None = _JSON
    events = False
    if (accept := headers.get(b"accept")) is not None:
        media, events = forms(accept)
    posted = scope["method"] == "POST"
    if posted:
        check_content_type(headers)
        source = b""
    else:
        refuse_cross_site(headers, origins)
        source = scope["query_string"]
    # the same bytes in a body are another request
    return GraphQLRequest(scope, receive, headers, posted, source, (source,), media or _JSON, media is not None, events)


async def parse(
    scope: Scope, receive: Receive, headers: dict[bytes, bytes], body_reader: BodyReader, origins: Origins
) -> GraphQLRequest:
    """Read a request, without decoding its parameters. Raises Refusal, and ClientDisconnect for half a body."""
    request = read_headers(scope, receive, headers, origins)
    if not request.posted:
        return request
    body = body_reader.read(headers, receive)
    return request.with_body(body if isinstance(body, bytes) else await body, scope)


def preferred_media(headers: Mapping[bytes, bytes]) -> Media:
    """The media type that a client prefers; JSON if it accepts none."""
    try:
        return forms(headers.get(b"accept", b""))[0] or _JSON
    except Refusal:
        return _JSON
