"""The front: requests for the endpoint go straight to it, all others by way of Starlette's routes."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Front:
    """An app of two: `endpoint` at one path, `pages` everywhere else.

    Starlette's middleware and routing take longer than sending an answer that is kept.
    """

    def __init__(self, path: str, endpoint: ASGIApp, pages: ASGIApp) -> None:
        self._path, self._endpoint, self._pages = path, endpoint, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == scope.get("root_path", "") + self._path:
            await self._endpoint(scope, receive, send)
        else:
            await self._pages(scope, receive, send)
