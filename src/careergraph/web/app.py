"""careergraph as an ASGI app: alone, mounted under a prefix, or as routes among a host's own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from importlib import import_module
from typing import Any
from weakref import WeakMethod

import strawberry
from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from careergraph.api.schema import schema as public_schema
from careergraph.api.schema import sdl
from careergraph.web.catalogs.background import Background, jobs
from careergraph.web.catalogs.catalog_holder import BUSY, CatalogHolder, Catalogs, poll
from careergraph.web.catalogs.catalog_source import make_context, open_catalogs
from careergraph.web.catalogs.locale_route import LOCALE, LocaleRoute
from careergraph.web.catalogs.version_feed import VersionFeed
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.origins import CrossOrigin
from careergraph.web.core.request_record import watched
from careergraph.web.developer.assets import ASSETS, Assets
from careergraph.web.developer.graphiql import GraphiQL
from careergraph.web.developer.home import HOME, Home
from careergraph.web.execution.authentication import PREVIEW
from careergraph.web.execution.execution import Executor
from careergraph.web.graphql import GraphQL, MakeContext
from careergraph.web.observability.health import Health
from careergraph.web.observability.watchers import watchers
from careergraph.web.request.endpoint import Endpoint, Handler
from careergraph.web.request.fast_route import FastRoute
from careergraph.web.request.gate import Gate
from careergraph.web.request.strays import Strays, misdirected
from careergraph.web.response.compressor import Compressor
from careergraph.web.response.page_coding import File, PageCoder

_READ = ("GET", "HEAD")
_STORED = open_catalogs
_PUBLIC = make_context


class CareerGraph:
    """One careergraph over one database.

    Nothing is opened before the first request, or before `lifespan` where the host uses it. `open_catalogs`, `schema`
    and `make_context` replace what is behind the web layer: a host's own content source, or a schema with more in it.
    Answers are kept, and caches may keep them, where they are `pure`: functions of the catalog and the request. Those
    of the public schema are; a host has to say so of its own.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        open_catalogs: Callable[[Config], Catalogs] = open_catalogs,
        schema: strawberry.Schema | None = None,
        make_context: MakeContext = make_context,
        pure: bool | None = None,
    ) -> None:
        self.config = config or Config()
        stored = open_catalogs is _STORED  # what a host brings has nothing to work on
        self.runtime = CatalogHolder(lambda: self._open(open_catalogs), self.config.poll_seconds)
        self.news = VersionFeed(self.runtime, self.config.max_listeners)
        if plain := make_context is _PUBLIC:
            make_context = partial(_PUBLIC, at_version=self.runtime.at_version, news=self.news.versions)
        looks = (partial(poll, WeakMethod(self.runtime.look)),) if self.config.poll_seconds >= BUSY else ()
        self.background = Background(*looks, *(jobs(self.config, self.runtime.expire) if stored else ()))
        self._watchers = watchers(self.config, self.runtime)
        self._schema = schema
        self._sdl_file: File | None = None
        compressor = Compressor() if self.config.compression else None
        self._coder = PageCoder(compressor)
        executor = Executor(schema or public_schema, self.config)
        cacheable = schema is None if pure is None else pure
        self._endpoint = GraphQL(
            self.config, self.news, executor, make_context, compressor, pure=cacheable, plain=plain
        )
        self._graphql = _shared(self._endpoint, self.config)
        self._pages = _pages(self.config, self._endpoint, self._coder) if self.config.pages else None

    def asgi(self) -> ASGIApp:
        """The whole app. It runs alone and under any `Mount`, whose lifespan it does not need."""
        routes = [self._route("", path, edge) for path, edge in self._edges().items()]
        strays = Strays(routes)
        nothing: ASGIApp = self._edge(strays.elsewhere)
        if self._pages is not None:
            nothing = self._pages.instead_of(nothing)
        elsewhere = Route("/{path:path}", self._watched("elsewhere", nothing))
        slashless = self._watched("elsewhere", self._edge(strays.slashless))
        pages = Starlette(routes=[*routes, elsewhere], lifespan=self.lifespan)
        path = self.config.graphql_path
        return self._gated(FastRoute(path, self._watched(path, self._graphql), slashless, pages))

    def routes(self, prefix: str = "") -> list[BaseRoute]:
        """The routes for a host that takes them into its own list, below a prefix such as `/careers`."""
        edges = self._edges()
        if not self.config.hosts.every:
            edges = {path: self._gated(edge) for path, edge in edges.items()}
        return [self._route(prefix, path, edge) for path, edge in edges.items()]

    @asynccontextmanager
    async def lifespan(self, app: object = None) -> AsyncIterator[None]:
        """Loads the catalog before the first request. For a host: `async with careergraph.lifespan(app): yield`."""
        self.news.open()
        await self.runtime.start()
        self.background.start()
        self._endpoint.prepare()
        try:
            yield
        finally:
            self.news.close()
            await to_thread.run_sync(self.background.stop)
            await to_thread.run_sync(self._endpoint.close)
            await self.runtime.stop()

    def _open(self, open_catalogs: Callable[[Config], Catalogs]) -> Catalogs:
        self.background.start()
        return open_catalogs(self.config)

    def _edges(self) -> dict[str, ASGIApp]:
        config, health = self.config, Health(self.runtime)
        edges: dict[str, ASGIApp] = {
            config.graphql_path: self._graphql,
            config.graphql_path + "/": self._graphql,
            "/healthz": self._edge(health.up, *_READ),
            "/readyz": self._edge(health.ready, *_READ),
            f"{ASSETS}/{{name}}": self._edge(Assets(self._coder).serve, *_READ),
            HOME: self._edge(Home(config, self.runtime).page, *_READ),
        }
        if config.introspection:
            edges[config.schema_path] = self._edge(self._sdl, *_READ)
        if config.graphiql:
            edges[config.graphiql_path] = self._edge(GraphiQL(config, self.runtime).page, *_READ)
        if self._pages is not None:
            edges |= {path: self._edge(handler, *_READ) for path, handler in self._pages.handlers().items()}
        if self._watchers.metrics is not None:
            edges["/metrics"] = self._edge(self._watchers.metrics, *_READ)
        if self._pages is not None:
            edges |= self._pages.endpoints  # the tool takes the place of the home page
        return {path: self._watched(path, edge) for path, edge in edges.items()}

    def _route(self, prefix: str, path: str, app: ASGIApp) -> BaseRoute:
        if path.startswith(LOCALE):
            return LocaleRoute(prefix + path, app, self.runtime)
        return Route(prefix + path, app, name=None)

    def _gated(self, app: ASGIApp) -> ASGIApp:
        return Gate(app, self.config.hosts, self._watched("elsewhere", self._edge(misdirected)))

    def _watched(self, route: str, app: ASGIApp) -> ASGIApp:
        return watched(app, route, self._watchers.all)

    def _edge(self, handler: Handler, *methods: str) -> Endpoint:
        return Endpoint(handler, methods=methods, request_id_header=self.config.request_id_header, coder=self._coder)

    async def _sdl(self, request: Request) -> Response:
        if self._sdl_file is None:
            text = sdl() if self._schema is None else self._schema.as_str()
            content = text.encode()
            self._sdl_file = File(content, "text/plain", sha256(content).hexdigest()[:16])
        return await self._coder.file(request, self._sdl_file, **{"Cache-Control": "no-cache"})


def _pages(config: Config, endpoint: GraphQL, coder: PageCoder) -> Any:
    """The pages. Raises ConfigProblem where their extra is not installed."""
    try:
        return import_module("careergraph.web.pages.site").Pages(config, endpoint, coder)
    except ModuleNotFoundError as error:
        raise ConfigProblem(f"pages is on, and needs the package {error.name}: install careergraph[pages]") from None


def _shared(endpoint: ASGIApp, config: Config) -> ASGIApp:
    """The endpoint, readable by pages of the configured origins."""
    if not config.origins:
        return endpoint
    both = (PREVIEW, config.request_id_header)
    return CrossOrigin(endpoint, config.origins, sent=(*both, *config.sent_headers), read=both)
