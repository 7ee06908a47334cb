"""Strays: requests for addresses at which nothing is served, and where some of them are led instead."""

from collections.abc import Iterable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match

from careergraph.web.core.codes import Refusal, WebCode

_READ = ("GET", "HEAD")


class Strays:
    """Answers requests for no page of an app, whose pages are at some routes. All redirects are relative, so they hold
    under any prefix, and behind a proxy that knows another host."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = tuple(routes)

    async def elsewhere(self, request: Request) -> Response:
        """Leads from the address of a page with a slash behind it to the page. Raises Refusal (NOT_FOUND)."""
        path: str = request.path_params["path"]
        page = path.removesuffix("/")
        if page == path or not self._leads(f"/{page}"):
            raise _not_found()
        return _lead(request, f"../{quote(page.rpartition('/')[2])}")

    def _leads(self, path: str) -> bool:
        """Whether there is a page at a path."""
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        return any(route.matches(scope)[0] is Match.FULL for route in self._routes)

    async def slashless(self, request: Request) -> Response:
        """Leads from the address of a mount without its slash to the page there. Raises Refusal (NOT_FOUND)."""
        root = request.scope.get("root_path", "")
        if request.scope["path"] not in ("", root):
            raise _not_found()
        return _lead(request, f"./{quote(root.rpartition('/')[2])}/")


async def misdirected(request: Request) -> Response:
    """Refuses a request for another host."""
    message = "This server does not answer for the host that was asked; `allowed_hosts` says for which it does."
    raise Refusal(WebCode.HOST_NOT_ALLOWED, message)


def _lead(request: Request, address: str) -> Response:
    """The redirect to a relative address, with the query string of the request. Raises Refusal (NOT_FOUND)."""
    if request.method not in _READ:
        raise _not_found()
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{address}?{query}" if query else address, 308)


def _not_found() -> Refusal:
    return Refusal(WebCode.NOT_FOUND, "Nothing is served at this address.")
