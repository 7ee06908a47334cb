"""RestView: all resources of the REST view, and their description."""

from collections.abc import Mapping

import msgspec
from graphql import GraphQLSchema
from starlette.requests import Request
from starlette.responses import Response

import careergraph
from careergraph.web.core.config import Config
from careergraph.web.graphql import GraphQL
from careergraph.web.response.page_coding import File, PageCoder
from careergraph.web.rest.endpoint import RestEndpoint
from careergraph.web.rest.openapi import describe
from careergraph.web.rest.resources import read_resources


class RestView:
    """The REST view of one app."""

    def __init__(self, config: Config, graphql: GraphQL, schema: GraphQLSchema, coder: PageCoder) -> None:
        self._schema, self._coder, self._path = schema, coder, config.graphql.rest_path
        self._resources = read_resources(schema)
        self._file: File | None = None
        header = config.observability.request_id_header
        self.endpoints: Mapping[str, RestEndpoint] = {
            (path := self._path + resource.path): RestEndpoint(graphql, header, path, resource)
            for resource in self._resources
        }

    async def description(self, request: Request) -> Response:
        """The OpenAPI document."""
        if self._file is None:
            document = describe(self._schema, self._resources, careergraph.__version__, self._path)
            self._file = File(msgspec.json.encode(document), "application/json")
        return await self._coder.file(request, self._file, **{"Cache-Control": "no-cache"})
