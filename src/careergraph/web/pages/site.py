"""The site: every page, the addresses they are at, and the files that they load."""

from collections.abc import Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.web.catalogs.locale_route import LOCALE
from careergraph.web.core.config import Config
from careergraph.web.core.media_types import Media
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.pages import lists
from careergraph.web.pages.career import career
from careergraph.web.pages.comparison import compare
from careergraph.web.pages.downloads import careers_csv, category_csv, collection_csv, comparison_csv, skill_csv
from careergraph.web.pages.endpoint import SECURITY, Page, PageEndpoint
from careergraph.web.pages.errors import missing
from careergraph.web.pages.rendering.files import Files
from careergraph.web.pages.rendering.rendering import STATIC, Rendering, environment
from careergraph.web.pages.rendering.titles import prepare_titles
from careergraph.web.pages.search_page import search, titles
from careergraph.web.pages.sitemap import INDEX, Sitemaps
from careergraph.web.pages.tool import tool
from careergraph.web.pages.warm_up import prepare_pages
from careergraph.web.request.endpoint import Handler
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.page_coding import PageCoder

PAGES: Mapping[str, Page] = {
    "/": tool,
    "/compare": tool,
    "/compare/{slugs}": compare,
    "/careers": lists.careers,
    "/careers/{slug}": career,
    "/skills": lists.skills,
    "/skills/{slug}": lists.skill,
    "/categories": lists.categories,
    "/categories/{slug}": lists.category,
    "/collections": lists.collections,
    "/collections/{slug}": lists.collection,
    "/search": search,
}
"""Every page by its path in the default language."""

DOWNLOADS: Mapping[str, Page] = {
    "/compare/{slugs}.csv": comparison_csv,
    "/careers.csv": careers_csv,
    "/categories/{slug}.csv": category_csv,
    "/skills/{slug}.csv": skill_csv,
    "/collections/{slug}.csv": collection_csv,
}
"""Every download by its path in the default language."""

TITLES = "/titles.json"
"""The path of suggestions for the boxes of the tool."""

FILES = f"{STATIC}/{{name}}"
"""The path of a static file."""

EMBED = "/embed.js"
"""The path of the web component."""


class Missing:
    """The app for unknown addresses: `page` for people, `app` for programs and for redirects."""

    def __init__(self, page: ASGIApp, app: ASGIApp) -> None:
        self._page, self._app = page, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = dict(scope.get("headers", ())).get(b"accept", b"")
        people = b"text/html" in accepted and not scope["path"].endswith("/")
        await (self._page if people else self._app)(scope, receive, send)


class Pages:
    """The pages of one app by path: in the default language, then below the code of any other."""

    def __init__(self, config: Config, graphql: GraphQL, coder: PageCoder) -> None:
        self._files, self._coder = Files(config.pages.folder), coder
        graphql.catalog_holder.preparations.append(prepare_titles)
        templates = environment(self._files)
        self._files.check(templates)
        rendering = self._rendering = Rendering(config, graphql, self._files, templates)
        graphql.catalog_holder.preparations.append(partial(prepare_pages, rendering))
        pages: dict[str, PageEndpoint] = {
            path: PageEndpoint(rendering, path, page, Media.CSV) for path, page in DOWNLOADS.items()
        }
        pages |= {path: PageEndpoint(rendering, path, page) for path, page in PAGES.items()}  # after .csv
        pages[TITLES] = PageEndpoint(rendering, TITLES, titles, Media.JSON)
        self._pages = pages
        self._embed = self._files.component(config.graphql.path)
        self.sitemaps = Sitemaps(config, graphql)
        self.endpoints: Mapping[str, ASGIApp] = pages | {_localized(path): page for path, page in pages.items()}

    def instead_of(self, app: ASGIApp) -> ASGIApp:
        """An app for unknown addresses: a page for people, and `app` for programs."""
        return Missing(PageEndpoint(self._rendering, "/{path}", missing), app)

    async def show(self, request: Request, caller: Caller, path: str, names: Mapping[str, str], up: str) -> Response:
        """The page at one of `PAGES` for a caller who was admitted, at another address, from which `up` leads to the
        root: for a frame of this site. Raises Refusal."""
        scope = {**request.scope, "path_params": dict(names), "query_string": b""}
        page = await self._pages[path].respond(GraphQLRequest(scope, request.receive, {}), caller, up)
        headers = {name.decode(): value.decode("latin-1") for name, value in [*page.headers, *SECURITY]}
        return Response(page.body, page.status, headers)

    def handlers(self) -> Mapping[str, Handler]:
        """The handlers of files, sitemaps and the web component, by path."""
        return {
            FILES: self.file,
            INDEX: self.sitemaps.index,
            "/sitemap/{name}.xml": self.sitemaps.file,
            "/robots.txt": self.sitemaps.robots,
            EMBED: self.component,
        }

    async def file(self, request: Request) -> Response:
        """Return the static file `{name}`. Raises Refusal (NOT_FOUND)."""
        return await self._coder.static(request, self._files.static.get(request.path_params["name"]))

    async def component(self, request: Request) -> Response:
        """The web component that compares two careers on any site."""
        headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
        headers["Cache-Control"] = "public, max-age=3600"
        return await self._coder.file(request, self._embed, **headers)


def _localized(path: str) -> str:
    return LOCALE + ("" if path == "/" else path)
