"""The gate: what is looked at before a request comes to any route, which is what it is for."""

from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.web.core.hosts import Hosts
from careergraph.web.request.target import origin_form


class Gate:
    """An app behind it; requests for hosts that are not ours go to `stranger` instead."""

    def __init__(self, app: ASGIApp, hosts: Hosts, stranger: ASGIApp) -> None:
        self._app, self._stranger = app, stranger
        self._hosts = None if hosts.every else hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http":
            if not scope["path"].startswith("/", len(scope.get("root_path", ""))):
                scope = origin_form(scope)
            if self._hosts is not None and not self._hosts.allow(scope):
                app = self._stranger
        await app(scope, receive, send)
