"""The record of one request, for those who watch the server: its log, its metrics, its spans.

There is none where nobody watches. What a client wrote is not in it, but for the name of its operation.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

RECORD = "careergraph.notes"
"""Where the record of a request is in its ASGI scope."""


@dataclass(slots=True)
class RequestRecord:
    """One request. `route` is the path that is served, not the one that was asked for; `seconds` is how long it took.

    `kept` says that a kept answer was sent; `cost` is of an operation that was run; `codes` are those of errors;
    `version` is the catalog's.
    """

    route: str
    method: str
    scope: Scope
    status: int = 0
    seconds: float = 0.0
    kept: bool = False
    operation: str | None = None
    cost: int | None = None
    version: int | None = None
    codes: tuple[str, ...] = ()
    trace: str | None = None


Watcher = Callable[[RequestRecord], AbstractContextManager[None]]
"""Somebody who watches: entered when a request begins, left when it is answered and the notes are complete."""


def record(scope: Scope, **cells: Any) -> None:
    """Writes something down, where anybody watches."""
    request_record = scope.get(RECORD)
    if request_record is not None:
        for name, value in cells.items():
            setattr(request_record, name, value)


class Watched:
    """A route whose requests are watched."""

    def __init__(self, app: ASGIApp, route: str, watchers: tuple[Watcher, ...]) -> None:
        self._app, self._route, self._watchers = app, route, watchers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_record = scope[RECORD] = RequestRecord(route=self._route, method=scope["method"], scope=scope)
        start = perf_counter()

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                request_record.status = message["status"]
            await send(message)

        with ExitStack() as stack:
            for watcher in self._watchers:
                stack.enter_context(watcher(request_record))
            try:
                await self._app(scope, receive, watched)
            finally:
                request_record.seconds = perf_counter() - start


def watched(app: ASGIApp, route: str, watchers: tuple[Watcher, ...]) -> ASGIApp:
    """A route that is watched, or the route itself where nobody watches."""
    return Watched(app, route, watchers) if watchers else app
