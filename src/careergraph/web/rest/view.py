"""RestView: all resources of the REST view, and their description."""

from collections.abc import Mapping
from functools import partial

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
from careergraph.web.rest.resources import PATHS, read_resource, read_resources


class RestView:
    """The REST view of one app."""

    def __init__(self, config: Config, graphql: GraphQL, schema: GraphQLSchema, coder: PageCoder) -> None:
        self._schema, self._coder, self._path = schema, coder, config.graphql.rest_path
        self._file: File | None = None
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
