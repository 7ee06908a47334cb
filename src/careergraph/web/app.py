"""careergraph as an ASGI app: alone, mounted under a prefix, or as routes among a host's own."""

from asyncio import get_running_loop
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeAlias
from weakref import WeakMethod

import strawberry
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from careergraph.api.base.context import Context, MediaLinks
from careergraph.api.hosts import schema as host_schema
from careergraph.api.hosts.query import Query as HostQuery
from careergraph.api.readers_schema import readers_schema
from careergraph.web import parts
from careergraph.web.admin.later import LaterAdmin
from careergraph.web.catalogs.aside import Aside
from careergraph.web.catalogs.background import Background, LoadedLater, jobs
from careergraph.web.catalogs.catalog_holder import BUSY, CatalogHolder, Catalogs
from careergraph.web.catalogs.catalog_source import open_catalogs
from careergraph.web.catalogs.host_context import host_context
from careergraph.web.catalogs.locale_route import LOCALE, LocaleRoute
from careergraph.web.catalogs.polling import poll
from careergraph.web.catalogs.version_feed import VersionFeed
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.exact_route import ExactRoute
from careergraph.web.core.extras import import_extra
from careergraph.web.core.origins import CrossOrigin
from careergraph.web.core.request_record import watch
from careergraph.web.developer.assets import ASSETS, Assets
from careergraph.web.developer.graphiql import GraphiQL
from careergraph.web.developer.home import HOME, Home
from careergraph.web.execution.admission import MakeContext
from careergraph.web.execution.authentication import PREVIEW
from careergraph.web.execution.later_uploads import UPLOADS, LaterUploads
from careergraph.web.graphql import GraphQL
from careergraph.web.observability.health import Health
from careergraph.web.observability.watchers import make_watchers
from careergraph.web.request.endpoint import Endpoint, Handler
from careergraph.web.request.routing import FastRoute, FirstSlash, HostFilter, Redirects, refuse_host
from careergraph.web.response.compressor import Compressor
from careergraph.web.response.page_coding import File, PageCoder
from careergraph.web.shortcut import Shortcut

_READ = ("GET", "HEAD")
MEDIA = "/media"
"""The path of uploads of images; their files are below it."""
OpenCatalogs: TypeAlias = Callable[[Config], Catalogs]
_STORED: OpenCatalogs = open_catalogs


class CareerGraph:
    """One careergraph over one database.

    Nothing is opened before the first request, or before `lifespan` if the host uses it. `open_catalogs`, `schema` and
    `make_context` replace the content source, the schema and the context of resolvers. Responses are cached, here and
    by others, if they are `pure`: functions of the catalog and the request. Those of the public schema are; a host
    declares it of its own.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        open_catalogs: OpenCatalogs = open_catalogs,
        schema: strawberry.Schema | None = None,
        make_context: MakeContext = Context,
        pure: bool | None = None,
    ) -> None:
        self.config = config or Config()
        stored = open_catalogs is _STORED  # a host's own content source has no outbox
        self.catalog_holder = CatalogHolder(lambda: self._open(open_catalogs), self.config.poll_seconds)
        self.version_feed = VersionFeed(self.catalog_holder, self.config.requests.max_listeners)
        if plain := make_context is Context:
            make_context = partial(
                Context,
                at_version=self.catalog_holder.at_version,
                news=self.version_feed.versions,
                media=MediaLinks(self.config.media_url),
            )
        self._aside = Aside()
        self.catalog_holder.pause = self._aside.wait
        self._loads_alone = False
        self._watchers = make_watchers(self.config, self.catalog_holder)
        self._schema = schema
        self._sdl_file: File | None = None
        compressor = Compressor() if self.config.compression else None
        self._coder = PageCoder(compressor)
        executor = parts.make_executor(self.config, schema)
        cacheable = schema is None if pure is None else pure
        self._endpoint = GraphQL(
            self.config, self.version_feed, executor, make_context, compressor, pure=cacheable, plain=plain
        )
        self._graphql = _add_cors(self._endpoint, self.config)
        self._media = parts.make_media(self.config, self._endpoint)
        self._pages = parts.make_pages(self.config, self._endpoint, self._coder)
        self._rest = parts.make_rest(self.config, self._endpoint, self._coder, schema)
        self._mcp = parts.make_mcp(self.config, self._endpoint, self.assistants)
        self.admin = self._make_admin(schema) if self.config.admin.path else None
        looks = (partial(poll, WeakMethod(self.catalog_holder.look)),) if self.config.poll_seconds >= BUSY else ()
        stores = jobs(self.config, self.catalog_holder.expire, self.catalog_holder.stored) if stored else ()
        self._later: LoadedLater | None = None
        if schema is None and not self.config.federation:
            self._later = parts.loads_for_editors(self.config, self.admin, self.catalog_holder, self._aside.wait)
        later = [LoadedLater(partial(parts.load_store, self._aside.wait))] if stored else []
        later += [] if self._later is None else [self._later]
        self.background = Background(*looks, *stores, *[it.run for it in later])

    def asgi(self) -> ASGIApp:
        """The whole app. It runs alone and under any `Mount`, with or without its lifespan."""
        endpoints = self._endpoints()
        if self._media is None:  # before the pages, which take it for a language; a host may have a path of this name
            endpoints = {MEDIA: self._make_endpoint(parts.refuse_media, "PUT"), **endpoints}
        routes = [self._route("", path, endpoint) for path, endpoint in endpoints.items()]
        redirects = Redirects(routes)
        handler: Handler = redirects.remove_slash
        if self._rest is not None:
            handler = self._rest.instead_of(handler)
        nothing: ASGIApp = self._make_endpoint(handler)
        if self._pages is not None:
            nothing = self._pages.instead_of(nothing)
        elsewhere = ExactRoute("/{path:path}", self._watch("elsewhere", nothing))
        slashless = self._watch("elsewhere", self._make_endpoint(redirects.add_slash))
        pages = Starlette(routes=[*routes, elsewhere], lifespan=self.lifespan)
        path = self.config.graphql.path
        endpoint, others = self._watch(path, self._graphql), self._filter_hosts(FirstSlash(slashless, pages))
        return FastRoute(path, endpoint if self.config.hosts.every else self._filter_hosts(endpoint), others)

    def shortcut(self) -> Shortcut | None:
        """The short cut past ASGI for a server; None if each request is logged, traced or authenticated."""
        usable = self._endpoint.admission.is_plain and self._watchers.only_count
        return Shortcut(self._endpoint, self.config, self._watchers.count) if usable else None

    Query: TypeAlias = HostQuery
    """The root fields for the Strawberry schema of a host: `schema` makes it."""

    def schema(self, query: type, *, prefix: str, **options: Any) -> strawberry.Schema:
        """A schema of the host's own whose `query` has `Query` as its base, or as the type of a field. The names of our
        types begin with `prefix`; `options` are those of `strawberry.Schema`. Raises TypeError for a name of two."""
        return host_schema.build(query, prefix, partial(host_context, self.catalog_holder, self.config), **options)

    def assistants(self) -> Any:
        """The MCP server. Raises ConfigProblem without its extra, and with a schema of the host's."""
        if self._schema is not None:
            raise ConfigProblem("assistants ask the public schema, not one of your own")
        server = import_extra("careergraph.web.mcp.server", "mcp", "the MCP server")
        return server.Assistants(self._endpoint, readers_schema._schema)

    def routes(self, prefix: str = "") -> list[BaseRoute]:
        """The routes for a host's own list, below a prefix such as `/careers`."""
        endpoints = self._endpoints()
        if not self.config.hosts.every:
            endpoints = {path: self._filter_hosts(endpoint) for path, endpoint in endpoints.items()}
        routes = [self._route(prefix, path, endpoint) for path, endpoint in endpoints.items()]
        if prefix:  # the host's router may add no slash, or have a route that takes everything else
            enter = self._make_endpoint(Redirects(routes).enter, *_READ)
            routes.append(ExactRoute(prefix, self._watch("elsewhere", enter)))
        return routes

    @asynccontextmanager
    async def lifespan(self, app: object = None) -> AsyncIterator[None]:
        """Load the catalog before the first request. A host writes `async with careergraph.lifespan(app): yield`."""
        self.version_feed.open()
        await self.catalog_holder.start()
        threads = to_thread.current_default_thread_limiter()
        self._aside.open(get_running_loop(), lambda: threads.borrowed_tokens > 0 or self._endpoint.is_busy)
        self.background.start()
        self._endpoint.prepare()
        try:
            yield
        finally:
            self.version_feed.close()
            self._aside.close()
            await to_thread.run_sync(self.background.stop)
            await to_thread.run_sync(self._endpoint.close)
            await self.catalog_holder.stop()

    def _make_admin(self, schema: strawberry.Schema | None) -> LaterAdmin:
        if schema is not None:  # which may lack its verbs
            raise ConfigProblem("admin_path is set, and the admin asks the public schema, not one of your own")
        return parts.make_admin(self.config, self._endpoint, self._coder, self._pages, self._media)

    def load(self) -> None:
        """Load the catalog before the lifespan, with which the background starts: nothing runs beside that. Raises
        DatabaseProblem."""
        self._loads_alone = True
        try:
            self.catalog_holder.load()
        finally:
            self._loads_alone = False

    def _open(self, open_catalogs: OpenCatalogs) -> Catalogs:
        if not self._loads_alone:
            self.background.start()
        return open_catalogs(self.config)

    def _endpoints(self) -> dict[str, ASGIApp]:
        config, health = self.config, Health(self.catalog_holder)
        endpoints: dict[str, ASGIApp] = {
            config.graphql.path: self._graphql,
            config.graphql.path + "/": self._graphql,
            "/healthz": self._make_endpoint(health.up, *_READ),
            "/readyz": self._make_endpoint(health.ready, *_READ),
            f"{ASSETS}/{{name}}": self._make_endpoint(Assets(self._coder).serve, *_READ),
            f"{UPLOADS}/{{name}}": self._make_endpoint(LaterUploads(config, self._endpoint.admission).take, "PUT"),
            HOME: self._make_endpoint(Home(config, self.catalog_holder).page, *_READ),
        }
        if self._media is not None:
            endpoints |= {
                MEDIA: _add_cors(self._make_file_endpoint(self._media.upload, "PUT"), config, "PUT"),
                f"{MEDIA}/{{name}}": self._make_file_endpoint(self._media.file, *_READ),
            }
        if self._rest is not None:
            description = self._make_endpoint(self._rest.description, *_READ)
            rest = {self._rest.description_path: description, **self._rest.endpoints}
            endpoints |= {path: _add_cors(endpoint, config, "GET") for path, endpoint in rest.items()}
        if self._mcp is not None:
            mcp = self._make_endpoint(self._mcp.respond, "POST")
            endpoints[config.graphql.mcp_path] = _add_cors(mcp, config, "POST", sent=self._mcp.sent)
        if config.graphql.introspection:
            endpoints[config.graphql.schema_path] = self._make_endpoint(self._sdl, *_READ)
        if config.graphql.graphiql:
            endpoints[config.graphql.graphiql_path] = self._make_endpoint(
                self._expecting(GraphiQL(config, self.catalog_holder).page), *_READ
            )
        if self._pages is not None:
            endpoints |= {
                path: self._make_endpoint(handler, *_READ) for path, handler in self._pages.handlers().items()
            }
        if self.admin is not None:
            answer = self._make_endpoint(self._expecting(self.admin.respond), *_READ, "POST")
            endpoints |= {config.admin.path: answer, config.admin.path + "/{path:path}": answer}
        if self._watchers.metrics is not None:
            endpoints["/metrics"] = self._make_endpoint(self._watchers.metrics, *_READ)
        if self._pages is not None:
            endpoints |= self._pages.endpoints  # the tool takes the place of the home page
        return {path: self._watch(path, endpoint) for path, endpoint in endpoints.items()}

    def _expecting(self, handler: Handler) -> Handler:
        """The handler of a page from which people go on to what needs the whole schema."""
        if (later := self._later) is None:
            return handler

        async def respond(request: Request) -> Response:
            later.come()
            return await handler(request)

        return respond

    def _route(self, prefix: str, path: str, app: ASGIApp) -> BaseRoute:
        if path.startswith(LOCALE):
            return LocaleRoute(prefix + path, app, self.catalog_holder)
        return ExactRoute(prefix + path, app)

    def _filter_hosts(self, app: ASGIApp) -> ASGIApp:
        return HostFilter(app, self.config.hosts, self._watch("elsewhere", self._make_endpoint(refuse_host)))

    def _watch(self, route: str, app: ASGIApp) -> ASGIApp:
        return watch(app, route, self._watchers.all)

    def _make_endpoint(self, handler: Handler, *methods: str) -> Endpoint:
        return Endpoint(
            handler, methods=methods, request_id_header=self.config.observability.request_id_header, coder=self._coder
        )

    def _make_file_endpoint(self, handler: Handler, *methods: str) -> Endpoint:
        """An endpoint whose responses are not compressed."""
        return Endpoint(handler, methods=methods, request_id_header=self.config.observability.request_id_header)

    async def _sdl(self, request: Request) -> Response:
        if self._sdl_file is None:
            text = parts.public_sdl() if self._schema is None else self._schema.as_str()
            self._sdl_file = File(text.encode(), "text/plain")
        return await self._coder.file(request, self._sdl_file, **{"Cache-Control": "no-cache"})


def _add_cors(endpoint: ASGIApp, config: Config, *methods: str, sent: Sequence[str] = ()) -> ASGIApp:
    """The endpoint, readable by pages of the configured origins."""
    if not config.cors.allowed:
        return endpoint
    both = (PREVIEW, config.observability.request_id_header)
    return CrossOrigin(
        endpoint,
        config.cors.allowed,
        sent=(*both, *config.cors.sent_headers, *sent),
        read=both,
        methods=methods or ("GET", "POST"),
    )
