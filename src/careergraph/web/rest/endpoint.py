"""RestEndpoint: the JSON of one resource, without the envelope of a GraphQL response."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import msgspec
from starlette.types import Scope

from careergraph.web.core.codes import WebCode
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_record import record
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.read_endpoint import ReadEndpoint
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.response import RawResponse, private_headers
from careergraph.web.response.response_cache import Key
from careergraph.web.rest.parameters import read_variables
from careergraph.web.rest.problems import problem_response, status_of
from careergraph.web.rest.resources import Resource

_NULL = b"null"


class _Error(msgspec.Struct):
    message: str
    extensions: dict[str, Any] = {}


class _Result(msgspec.Struct):
    data: dict[str, msgspec.Raw] | None = None
    errors: list[_Error] = []


_RESULT = msgspec.json.Decoder(_Result)


class RestEndpoint(ReadEndpoint):
    """One resource, as an ASGI app."""

    def __init__(self, graphql: GraphQL, request_id_header: str, path: str, read: Callable[[], Resource]) -> None:
        """`read` returns the resource. It is called at the first request."""
        super().__init__(graphql, request_id_header, path, Media.JSON)
        self._read = read

    @cached_property
    def _resource(self) -> Resource:
        return self._read()

    async def respond(self, request: GraphQLRequest, caller: Caller) -> RawResponse:
        """The value of the operation's root field. Raises Refusal."""
        graphql, resource = self.graphql, self._resource
        names: Mapping[str, str] = request.scope.get("path_params", {})
        key: Key = (self.path, tuple(names.items()), request.source)
        if caller.shared and (response := graphql.responses.look_up(request, caller, key, key)) is not None:
            return response
        variables = read_variables(resource, names, request.source)
        result, tags = await graphql.run_operation(request, caller, resource.text, variables, paid=1)
        parts = _RESULT.decode(result.content)
        if parts.errors:
            record(request.scope, codes=result.codes)
            error = parts.errors[0]
            status = status_of(error.extensions["code"], addressed=bool(names))
            return problem_response(status, error.message, error.extensions)
        (content,) = map(bytes, (parts.data or {}).values())
        if content == _NULL:
            return problem_response(404, "There is nothing at this address.", {"code": str(WebCode.NOT_FOUND)})
        if not caller.shared:
            return RawResponse(200, private_headers(content, Media.JSON), content)
        record(request.scope, operation=resource.title, version=caller.catalog.version)
        return graphql.responses.share(request, caller, key, content, tags, resource.title)

    def refuse(
        self, scope: Scope, status: int, message: str, extensions: Mapping[str, Any], headers: Mapping[str, str]
    ) -> RawResponse:
        """The problem of a request that is refused."""
        return problem_response(status, message, extensions, headers)
