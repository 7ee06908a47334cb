"""RequestRecord: the data of one request for logs, metrics and spans.

There is none without a watcher. It holds no text of a client, except for the name of the operation.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

RECORD = "careergraph.record"
"""The entry of an ASGI scope with the record of the request."""


@dataclass(slots=True)
class RequestRecord:
    """A request. `route` is the path of its route, not its own; `seconds` is how long it took; `cached` is whether the
    response came from the cache; `cost` is that of an executed operation; `codes` are those of errors; `version` is
    that of the catalog."""

    route: str
    method: str
    scope: Scope
    status: int = 0
    seconds: float = 0.0
    cached: bool = False
    operation: str | None = None
    cost: int | None = None
    version: int | None = None
    codes: tuple[str, ...] = ()
    trace: str | None = None
    start: float = field(default_factory=perf_counter)

    def end(self) -> None:
        """Measure how long it took."""
        self.seconds = perf_counter() - self.start


Watcher = Callable[[RequestRecord], AbstractContextManager[None]]
"""A context manager around a request: left when it is answered and its record is complete."""


def record(scope: Scope, **cells: Any) -> None:
    """Record something about a request, if anybody watches."""
    request_record = scope.get(RECORD)
    if request_record is not None:
        for name, value in cells.items():
            setattr(request_record, name, value)


class Watched:
    """An app whose requests are watched."""

    def __init__(self, app: ASGIApp, route: str, watchers: tuple[Watcher, ...]) -> None:
        self._app, self._route, self._watchers = app, route, watchers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_record = scope[RECORD] = RequestRecord(route=self._route, method=scope["method"], scope=scope)

        async def send_recorded(message: Message) -> None:
            if message["type"] == "http.response.start":
                request_record.status = message["status"]
            await send(message)

        with ExitStack() as stack:
            for watcher in self._watchers:
                stack.enter_context(watcher(request_record))
            try:
                await self._app(scope, receive, send_recorded)
            finally:
                request_record.end()


def watch(app: ASGIApp, route: str, watchers: tuple[Watcher, ...]) -> ASGIApp:
    """An app whose requests are watched; the app itself without watchers."""
    return Watched(app, route, watchers) if watchers else app
