"""Parts: what an app has where its settings ask for it, imported there alone."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import strawberry

from careergraph.api.readers_schema import readers_schema
from careergraph.store.database.memory import pause_collector
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.extras import import_extra
from careergraph.web.execution.executor import Executor
from careergraph.web.graphql import GraphQL
from careergraph.web.response.page_coding import PageCoder


def make_executor(config: Config, schema: strawberry.Schema | None) -> Executor:
    """The executor of operations. Raises ConfigProblem with a schema of the host's as a subgraph."""
    if schema is not None and config.federation:
        raise ConfigProblem("federation is on, and the subgraph is the public schema, not one of your own")
    if config.federation:
        return Executor(import_module("careergraph.api.federation.subgraph").subgraph(), config)
    return Executor(readers_schema, config, public_schema) if schema is None else Executor(schema, config)


def public_schema() -> strawberry.Schema:
    """The public schema as a whole. The first call takes long, so a server makes it soon after its first responses."""
    with pause_collector():
        schema: strawberry.Schema = import_module("careergraph.api.schema").schema
    return schema


def public_sdl() -> str:
    """The public schema as a text."""
    text: str = import_module("careergraph.api.schema").sdl()
    return text


def make_pages(config: Config, endpoint: GraphQL, coder: PageCoder) -> Any:
    """The pages; None where they are off. Raises ConfigProblem without their extra."""
    if not config.pages.enabled:
        return None
    return import_extra("careergraph.web.pages.site", "pages", "pages is on, and").Pages(config, endpoint, coder)


def make_rest(config: Config, endpoint: GraphQL, coder: PageCoder, schema: strawberry.Schema | None) -> Any:
    """The REST view; None without its path. Raises ConfigProblem with a schema of the host's, which may lack what it
    asks for."""
    if not config.graphql.rest_path:
        return None
    if schema is not None:
        raise ConfigProblem("rest_path is set, and the REST view asks the public schema, not one of your own")
    view = import_module("careergraph.web.rest.view")
    return view.RestView(config, endpoint, readers_schema._schema, coder)


def make_mcp(config: Config, endpoint: GraphQL, assistants: Callable[[], Any]) -> Any:
    """The MCP server over HTTP; None without its path."""
    if not config.graphql.mcp_path:
        return None
    return import_module("careergraph.web.mcp.endpoint").McpEndpoint(config, endpoint, assistants())


def make_admin(config: Config, endpoint: GraphQL, coder: PageCoder, pages: Any, media: Any) -> Any:
    """The admin. Raises ConfigProblem without its extra."""
    site = import_extra("careergraph.web.admin.site", "admin", "admin_path is set, and")
    return site.Admin(config, endpoint, coder, pages, media)


def make_media(config: Config, endpoint: GraphQL) -> Any:
    """The media; None without a store. Raises ConfigProblem without their extra."""
    if not config.media.store:
        return None
    if find_spec("PIL") is None:
        raise ConfigProblem("media_store is set, and needs the package Pillow: install careergraph[media]")
    return import_module("careergraph.web.media.endpoint").Media(config, endpoint.admission)
