"""Routing around Starlette's router: hosts that are refused, the fast route to the endpoint, and redirects."""

from collections.abc import Awaitable, Iterable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.hosts import Hosts
from careergraph.web.request.target import origin_form


class HostFilter:
    """An app that passes requests for the allowed hosts to `app`, and all others to `refuse`."""

    def __init__(self, app: ASGIApp, hosts: Hosts, refuse: ASGIApp) -> None:
        self._app, self._refuse = app, refuse
        self._hosts = None if hosts.every else hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            if not scope["path"].startswith("/", len(scope.get("root_path", ""))):
                scope = origin_form(scope)
            if self._hosts is not None and not self._hosts.allow(scope):
                app = self._refuse
        await app(scope, receive, send)


class FastRoute:
    """An app that passes requests for one path to `endpoint`, and all others to `others`. Starlette's middleware and
    router take longer than sending a cached response."""

    def __init__(self, path: str, endpoint: ASGIApp, others: ASGIApp) -> None:
        self._path, self._endpoint, self._others = path, endpoint, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == scope.get("root_path", "") + self._path:
            await self._endpoint(scope, receive, send)
        else:
            await self._others(scope, receive, send)


class FirstSlash:
    """An app that passes requests for paths without a first slash to `slashless`, and all others to `pages`."""

    def __init__(self, slashless: ASGIApp, pages: ASGIApp) -> None:
        self._slashless, self._pages = slashless, pages

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if scope["type"] == "http" and not scope["path"].removeprefix(scope.get("root_path", "")).startswith("/"):
            return self._slashless(scope, receive, send)
        return self._pages(scope, receive, send)


class Redirects:
    """Redirects requests for near misses of some routes. Locations are relative, so that they hold under any prefix and
    behind any proxy."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = tuple(routes)

    async def remove_slash(self, request: Request) -> Response:
        """Redirect the path of a page with a slash at its end to the page. Raises Refusal (NOT_FOUND)."""
        path: str = request.path_params["path"]
        page = path.removesuffix("/")
        if page == path or not self._is_route(f"/{page}"):
            raise _not_found()
        return _redirect(request, f"../{quote(page.rpartition('/')[2])}")

    async def add_slash(self, request: Request) -> Response:
        """Redirect the path of a mount without its slash to the page at its root. Raises Refusal (NOT_FOUND)."""
        root = request.scope.get("root_path", "")
        if request.scope["path"] not in ("", root):
            raise _not_found()
        return _redirect(request, f"./{quote(root.rpartition('/')[2])}/")

    async def enter(self, request: Request) -> Response:
        """Redirect the prefix of routes to the page at its root."""
        return _redirect(request, f"./{quote(request.scope['path'].rpartition('/')[2])}/")

    def _is_route(self, path: str) -> bool:
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        return any(route.matches(scope)[0] is Match.FULL for route in self._routes)


async def refuse_host(request: Request) -> Response:
    """Refuse a request for another host."""
    message = "This server does not answer for the host of the request; `allowed_hosts` lists its hosts."
    raise Refusal(WebCode.HOST_NOT_ALLOWED, message)


def _redirect(request: Request, address: str) -> Response:
    """The redirect to a relative address, with the query string of the request. Raises Refusal (NOT_FOUND)."""
    if request.method not in ("GET", "HEAD"):
        raise _not_found()
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{address}?{query}" if query else address, 308)


def _not_found() -> Refusal:
    return Refusal(WebCode.NOT_FOUND, "Nothing is served at this address.")
