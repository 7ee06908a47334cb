"""Parts: what an app has where its settings ask for it, imported there alone."""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import Any
from weakref import WeakMethod, ref

import strawberry
from starlette.requests import Request
from starlette.responses import Response

from careergraph.api.readers_schema import readers_schema
from careergraph.store.database.memory import pause_collector
from careergraph.web.admin.first_sign_in_key import FirstSignInKey
from careergraph.web.admin.later import LaterAdmin
from careergraph.web.catalogs.background import LoadedLater, expects_editors
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.extras import import_extra, require_extra
from careergraph.web.core.loading import load
from careergraph.web.execution.executor import Executor
from careergraph.web.graphql import GraphQL
from careergraph.web.response.page_coding import PageCoder

STORE = (
    *("sqlalchemy", "sqlalchemy.dialects.sqlite", "sqlalchemy.orm"),
    *("careergraph.store.tables.content", "careergraph.store.tables.editing"),
    *("careergraph.store.catalogs.catalogs", "careergraph.editorial.access.editing_database"),
)
"""What reads later versions, and editors, each after what it is made of."""


def make_executor(config: Config, schema: strawberry.Schema | None) -> Executor:
    """The executor of operations. Raises ConfigProblem with a schema of the host's as a subgraph."""
    if schema is not None and config.federation:
        raise ConfigProblem("federation is on, and the subgraph is the public schema, not one of your own")
    if config.federation:
        return Executor(load("careergraph.api.federation.subgraph").subgraph(), config)
    return Executor(readers_schema, config, public_schema) if schema is None else Executor(schema, config)


def public_schema() -> strawberry.Schema:
    """The public schema as a whole. The first call takes long, so a server makes it soon after its first responses."""
    with pause_collector():
        schema: strawberry.Schema = load("careergraph.api.schema").schema
    return schema


def loads_for_editors(
    config: Config, admin: LaterAdmin | None, holder: CatalogHolder, pause: Callable[[], None]
) -> LoadedLater:
    """Return what editors need, once the catalog is prepared. It does not refer to the app, which ends without it."""
    load_admin = None if admin is None else WeakMethod(admin.load)
    alive = ref(holder)

    def is_prepared() -> bool:
        return (present := alive()) is None or present.is_prepared

    return LoadedLater(partial(load_editing, load_admin, pause), partial(expects_editors, config), is_prepared)


def load_store(pause: Callable[[], None]) -> None:
    """Load what reads later versions, with a pause before each step."""
    for name in STORE:
        pause()
        _load(name)


def load_editing(admin: WeakMethod[Callable[[], None]] | None, pause: Callable[[], None]) -> None:
    """Load the admin and the whole schema, with a pause before each step."""
    load_store(pause)
    if admin is not None and (load_admin := admin()) is not None:
        _load_below("careergraph.web.admin", pause)
        load_admin()
    _load_below("careergraph.api.editing", pause)
    pause()
    public_schema()


def _load(name: str) -> None:
    with pause_collector():
        load(name)


def _load_below(name: str, pause: Callable[[], None]) -> None:
    for module in walk_packages(load(name).__path__, f"{name}."):
        pause()
        _load(module.name)


def public_sdl() -> str:
    """The public schema as a text."""
    text: str = load("careergraph.api.schema").sdl()
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
    view = load("careergraph.web.rest.view")
    return view.RestView(config, endpoint, readers_schema._schema, coder)


def make_mcp(config: Config, endpoint: GraphQL, assistants: Callable[[], Any]) -> Any:
    """The MCP server over HTTP; None without its path. Raises ConfigProblem without its extra."""
    if not config.graphql.mcp_path:
        return None
    module = import_extra("careergraph.web.mcp.endpoint", "mcp", "mcp_path is set, and")
    return module.McpEndpoint(config, endpoint, assistants())


def make_admin(config: Config, endpoint: GraphQL, coder: PageCoder, pages: Any, media: Any) -> LaterAdmin:
    """The admin. Raises ConfigProblem without its extra."""
    require_extra(("jinja2", "python_multipart"), "admin", "admin_path is set, and")

    def make(first_key: FirstSignInKey) -> Any:
        site = load("careergraph.web.admin.site")
        return site.Admin(config, endpoint, coder, pages, media, first_key)

    return LaterAdmin(config, make)


def make_media(config: Config, endpoint: GraphQL) -> Any:
    """The media; None without a store. Raises ConfigProblem without their extra."""
    if not config.media.store:
        return None
    if not _has_codec():
        raise ConfigProblem("media_store is set, and needs the package Pillow: install careergraph[media]")
    return load("careergraph.web.media.endpoint").Media(config, endpoint.admission)


async def refuse_media(request: Request) -> Response:
    """Refuse an upload with what is missing to keep it. Raises Refusal."""
    missing = "" if _has_codec() else "install the package Pillow (careergraph[media]), and "
    message = f"This server keeps no images: {missing}set media_store to where it shall keep them."
    raise Refusal(WebCode.NO_MEDIA, message)


def _has_codec() -> bool:
    return find_spec("PIL") is not None
