"""The MCP server of one app, over the official SDK: tools and resources that read what is published.

It is made of the SDK's low-level server, since the other one drops arguments that a tool does not have.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import mcp_types as types
import msgspec
from graphql import GraphQLSchema
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from starlette.types import Scope

import careergraph
from careergraph.api.base.errors import fault
from careergraph.web.core.codes import Refusal
from careergraph.web.graphql import GraphQL
from careergraph.web.mcp.pages import SCHEME, Pages, template_of
from careergraph.web.mcp.reader import Reader, ReadProblem, local_scope
from careergraph.web.mcp.tools import LABELS, Tool, read_tools

INSTRUCTIONS = (
    "Careers and their comparisons, to be read. Each sentence of an answer follows a stated rule from the facts beside "
    "it: repeat no figure without its source and licence, and say of what is not known that it is not known. Find the "
    "slugs of careers with `search`."
)
PAIRS_AT_ONCE = 50
"""How many pairs a page of the list of resources has."""

JSON = "application/json"

Context = ServerRequestContext[Any, Any]

_READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class Assistants:
    """Answers the requests of assistants."""

    def __init__(self, graphql: GraphQL, schema: GraphQLSchema) -> None:
        self.reader = Reader(graphql)
        self._tools = read_tools(schema)
        self._pages = Pages(schema)
        self._pairs = self._pages.find(f"{SCHEME}/comparisons")[0]
        self.server: Server[Any] = Server(
            "careergraph",
            version=careergraph.__version__,
            title="careergraph",
            instructions=INSTRUCTIONS,
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            on_list_resources=self.list_resources,
            on_list_resource_templates=self.list_templates,
            on_read_resource=self.read_resource,
        )

    async def list_tools(self, context: Context, params: object) -> types.ListToolsResult:
        """All tools."""
        return types.ListToolsResult(tools=[_described(it) for it in self._tools.values()])

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        """The structured answer of a tool with its text, or the error of its call. Raises MCPError for no tool."""
        tool = self._tools.get(params.name)
        if tool is None:
            message = f"There is no tool {params.name[:40]!r}; there are: {', '.join(self._tools)}."
            raise MCPError(types.INVALID_PARAMS, message)
        try:
            async with _masking(f"tool {tool.name}"):
                operation, variables = tool.operation, tool.variables(params.arguments or {})
                data = await self.reader.read(_scope(context), operation.title, operation.text, variables)
                text = "\n".join(tool.write(data, data.pop(LABELS)))
        except (ReadProblem, Refusal) as problem:
            return _failed(problem)
        return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=data)

    async def list_templates(self, context: Context, params: object) -> types.ListResourceTemplatesResult:
        """The templates of all resources."""
        templates = [
            types.ResourceTemplate(
                name=page.title, uri_template=template_of(page), description=page.summary, mime_type=JSON
            )
            for page in self._pages.resources
        ]
        return types.ListResourceTemplatesResult(resource_templates=templates)

    async def list_resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        """The comparisons that are worth a page, the best first. Raises MCPError."""
        variables = {"first": PAIRS_AT_ONCE, "after": params.cursor if params else None}
        pairs = (await self._read(context, self._pairs.title, self._pairs.text, variables))["comparisons"]
        resources = [
            types.Resource(
                name=pair["slug"],
                title=pair["title"],
                uri=f"{SCHEME}/comparisons/{pair['a']['slug']}/{pair['b']['slug']}",
                mime_type=JSON,
            )
            for pair in (edge["node"] for edge in pairs["edges"])
        ]
        page = pairs["pageInfo"]
        return types.ListResourcesResult(
            resources=resources, next_cursor=page["endCursor"] if page["hasNextPage"] else None
        )

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """The response of the REST view at the resource's address. Raises MCPError."""
        uri = str(params.uri)
        try:
            resource, variables = self._pages.find(uri)
        except Refusal as refusal:
            raise _error(refusal) from None
        (value,) = (await self._read(context, resource.title, resource.text, variables)).values()
        text = msgspec.json.encode(value).decode()
        contents = types.TextResourceContents(uri=uri, mime_type=JSON, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def _read(self, context: Context, title: str, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        try:
            async with _masking(f"resource {title}"):
                return await self.reader.read(_scope(context), title, text, variables)
        except (ReadProblem, Refusal) as problem:
            raise _error(problem) from None


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.operation.comment,
        input_schema=tool.takes,
        output_schema=tool.answers,
        annotations=_READ_ONLY,
    )


def _scope(context: Context) -> Scope:
    """The ASGI scope of a message; one of this machine for a message that came over no network."""
    return local_scope() if context.request is None else context.request.scope


@asynccontextmanager
async def _masking(where: str) -> AsyncIterator[None]:
    """Mask a bug with an id, as everywhere. Raises MCPError for it."""
    try:
        yield
    except (ReadProblem, Refusal):
        raise
    except Exception as problem:
        masked = fault(problem, where)
        raise MCPError(types.INTERNAL_ERROR, masked["message"], masked["extensions"]) from None


def _failed(problem: ReadProblem | Refusal) -> types.CallToolResult:
    """A failed call: an assistant reads the text, and mends its arguments."""
    close = problem.extensions.get("suggestions")
    hint = f" Did you mean: {', '.join(map(str, close))}?" if isinstance(close, list) and close else ""
    error = {"code": str(problem.code), "message": problem.message, **problem.extensions}
    return types.CallToolResult(
        content=[types.TextContent(text=f"{problem.code}: {problem.message}{hint}")],
        is_error=True,
        _meta={"error": error},
    )


def _error(problem: ReadProblem | Refusal) -> MCPError:
    return MCPError(types.INVALID_PARAMS, problem.message, {"code": str(problem.code), **problem.extensions})
