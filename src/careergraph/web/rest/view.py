"""RestView: all resources of the REST view, and their description."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import msgspec
from graphql import GraphQLSchema
from starlette.requests import Request
from starlette.responses import Response

import careergraph
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.request_record import record
from careergraph.web.graphql import GraphQL
from careergraph.web.response.page_coding import File, PageCoder
from careergraph.web.rest.endpoint import RestEndpoint
from careergraph.web.rest.openapi import describe
from careergraph.web.rest.problems import problem_response
from careergraph.web.rest.resources import PATHS, read_resource, read_resources

DESCRIPTION = "/openapi.json"
"""Where the description is, below the addresses of the view."""


class RestView:
    """The REST view of one app."""

    def __init__(self, config: Config, graphql: GraphQL, schema: GraphQLSchema, coder: PageCoder) -> None:
        self._schema, self._coder, self._path = schema, coder, config.graphql.rest_path
        self._file: File | None = None
        self.description_path = self._path + DESCRIPTION
        header = config.observability.request_id_header
        self.endpoints: Mapping[str, RestEndpoint] = {
            (path := self._path + place): RestEndpoint(graphql, header, path, partial(read_resource, schema, place))
            for place in PATHS
        }

    async def description(self, request: Request) -> Response:
        """The OpenAPI document."""
        if self._file is None:
            document = describe(self._schema, read_resources(self._schema), careergraph.__version__, self._path)
            self._file = File(msgspec.json.encode(document), "application/json")
        return await self._coder.file(request, self._file, **{"Cache-Control": "no-cache"})

    def instead_of(self, nothing: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """A handler of addresses that lead nowhere, which refuses those below the view's by a problem."""

        async def respond(request: Request) -> Response:
            try:
                return await nothing(request)
            except Refusal as refusal:
                scope = request.scope
                root = scope.get("root_path", "")
                if not f"{scope['path'].removeprefix(root)}/".startswith(f"{self._path}/"):
                    raise
                record(scope, codes=(str(refusal.code),))
                message = f"{refusal.message} {root}{self.description_path} describes the addresses that there are."
                problem = problem_response(refusal.status, message, {"code": str(refusal.code)})
                headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in problem.headers}
                return Response(problem.body, problem.status, headers)

        return respond
