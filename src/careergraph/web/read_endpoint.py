"""ReadEndpoint: an address that is only read, charged, cached, tagged and compressed as responses of GraphQL are."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from careergraph.api.base.errors import fault
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_headers import by_name
from careergraph.web.core.request_record import record
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.request.endpoint import REQUEST_ID, request_id
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.response import NO_STORE, NOSNIFF, Headers, RawResponse

METHODS = ("GET", "HEAD")
ALLOW = "GET, HEAD, OPTIONS"


class ReadEndpoint:
    """One kind of resource, as an ASGI app. `path` has `{names}` in it."""

    def __init__(self, graphql: GraphQL, request_id_header: str, path: str, media: Media) -> None:
        self.graphql, self.path, self.media = graphql, path, media
        self._request_id_header = request_id_header.lower().encode("latin-1")

    async def respond(self, request: GraphQLRequest, caller: Caller) -> RawResponse:
        """The response to an admitted request. Raises Refusal."""
        raise NotImplementedError

    def refuse(
        self, scope: Scope, status: int, message: str, extensions: Mapping[str, Any], headers: Mapping[str, str]
    ) -> RawResponse:
        """The response to a request that is refused, or that met a bug, with the `code` of the error among its
        `extensions`."""
        raise NotImplementedError

    def headers(self, scope: Scope, response: RawResponse) -> Headers:
        """The headers of every response, beside its own."""
        return []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, caller = by_name(scope["headers"]), None
        request = GraphQLRequest(scope, receive, headers, source=scope["query_string"], media=self.media)
        name = scope[REQUEST_ID] = request_id(headers.get(self._request_id_header))
        method = scope["method"]
        try:
            if method == "OPTIONS":
                response = RawResponse(204, [(b"allow", ALLOW.encode()), (b"cache-control", NO_STORE), NOSNIFF], b"")
            elif method not in METHODS:
                message = f"This address does not answer {method[:16]}."
                raise Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers={"Allow": ALLOW})
            else:
                caller = await self.graphql.admission.admit(request)
                response = await self.respond(request, caller)
        except Refusal as refusal:
            record(scope, codes=(str(refusal.code),))
            extensions = {"code": str(refusal.code), **refusal.extensions}
            response = self.refuse(scope, refusal.status, refusal.message, extensions, refusal.headers)
        except ClientDisconnect:
            return  # nobody reads the response
        except Exception as problem:  # a bug: the one place that turns it into a response
            error = fault(problem, f"{method} {self.path} request={name}")
            response = self.refuse(scope, 500, error["message"], error["extensions"], {})
        response = await self.graphql.finish(scope, caller, response)
        more = [*(() if caller is None else caller.headers), (self._request_id_header, name.encode())]
        all_headers = [*response.headers, *self.headers(scope, response), *more]
        await send({"type": "http.response.start", "status": response.status, "headers": all_headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})
