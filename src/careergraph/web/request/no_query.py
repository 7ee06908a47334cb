"""Respond to requests to the GraphQL endpoint that hold no query: other methods, OPTIONS, and a browser's visit."""

from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.core.links import link
from careergraph.web.core.request_record import record
from careergraph.web.request.endpoint import refusal_response
from careergraph.web.response.response import RawResponse

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
RESERVING = ("PUT", "DELETE")
"""The methods by which clients of GraphQL over SSE reserve a stream for many operations, and take one out of it."""


def respond_without_query(scope: Scope, headers: Mapping[bytes, bytes], config: Config) -> RawResponse | None:
    """The response to a request that can have no query; None if it may have one."""
    allow, method = {"Allow": ", ".join(METHODS)}, scope["method"]
    if method == "POST":
        return None
    if method not in METHODS:
        refusal = _refuse_method(method, allow)
        record(scope, codes=(str(refusal.code),))
        return RawResponse.of(refusal_response(refusal))
    if method == "OPTIONS":
        return RawResponse.of(Response(status_code=204, headers=allow))
    is_visit = method == "GET" and not scope["query_string"] and b"text/html" in headers.get(b"accept", b"")
    if is_visit and config.graphql.graphiql:
        return RawResponse.of(RedirectResponse(link(config.graphql.path, config.graphql.graphiql_path), 303))
    return None


def _refuse_method(method: str, allow: Mapping[str, str]) -> Refusal:
    if method in RESERVING:
        message = (
            "One connection for all operations is not offered here: leave out singleConnection, and each has its own."
        )
        return Refusal(WebCode.SINGLE_CONNECTION_MODE, message, headers=allow)
    return Refusal(WebCode.METHOD_NOT_ALLOWED, f"This address does not answer {method[:16]}.", headers=allow)
