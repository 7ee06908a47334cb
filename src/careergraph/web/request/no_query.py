"""Replies to requests to the GraphQL endpoint that hold no query: other methods, OPTIONS, a browser's visit."""

from starlette.responses import RedirectResponse, Response

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.core.links import link
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.response import RawResponse

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def answer_without_query(graphql_request: GraphQLRequest, config: Config) -> RawResponse | None:
    """The reply to a request without a query; None where there may be one. Raises Refusal (METHOD_NOT_ALLOWED)."""
    allow = {"Allow": ", ".join(METHODS)}
    if graphql_request.method not in METHODS:
        message = f"This address does not answer {graphql_request.method[:16]}."
        raise Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers=allow)
    if graphql_request.method == "OPTIONS":
        return RawResponse.of(Response(status_code=204, headers=allow))
    if _is_visit(graphql_request, config):
        return RawResponse.of(RedirectResponse(link(config.graphql_path, config.graphiql_path), 303))
    return None


def _is_visit(graphql_request: GraphQLRequest, config: Config) -> bool:
    """Whether somebody opened the endpoint in a browser, who is better served by GraphiQL."""
    if not config.graphiql or graphql_request.method != "GET" or graphql_request.scope["query_string"]:
        return False
    return b"text/html" in graphql_request.headers.get(b"accept", b"")
