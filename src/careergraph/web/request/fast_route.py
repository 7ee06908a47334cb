"""The front: requests for the endpoint go straight to it, all others by way of Starlette's routes."""

from starlette.types import ASGIApp, Receive, Scope, Send


class FastRoute:
    """An app of three: `endpoint` at one path, `slashless` where a path begins with no slash, `pages` everywhere else.

    Starlette's middleware and routing take longer than sending an answer that is kept.
    """

    def __init__(self, path: str, endpoint: ASGIApp, slashless: ASGIApp, pages: ASGIApp) -> None:
        self._path, self._endpoint, self._slashless, self._pages = path, endpoint, slashless, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        if scope["type"] == "http" and scope["path"] == root + self._path:
            await self._endpoint(scope, receive, send)
        elif scope["type"] == "http" and not scope["path"].removeprefix(root).startswith("/"):
            await self._slashless(scope, receive, send)
        else:
            await self._pages(scope, receive, send)
