"""Patience: how long a request may keep a reader waiting for its body."""

import asyncio
from collections.abc import Awaitable
from time import monotonic
from typing import Any, TypeVar

from careergraph.web.core.codes import Refusal, WebCode

Result = TypeVar("Result")

GLANCE = 1.0
"""How often it is looked who has waited for too long, in seconds: a wait may last so much longer."""


class BodyDeadline:
    """Ends waits that last longer than so many seconds. One timer looks after all of them."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: dict[asyncio.Task[Any], float] = {}
        self._ended: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def with_(self, result: Awaitable[Result]) -> Result:
        """What is awaited. Raises Refusal (BODY_TIMEOUT) where it takes too long."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - who awaits is a task
        self._since[task] = monotonic()
        if self._loop is not (loop := asyncio.get_running_loop()):
            self._loop = loop
            self._look()
        try:
            return await result
        except asyncio.CancelledError:
            if task not in self._ended or task.uncancel() > 0:
                raise  # somebody else wants it to end
            problem = f"The body did not arrive within {self._seconds:g} seconds."
            raise Refusal(WebCode.BODY_TIMEOUT, problem, headers={"Connection": "close"}) from None
        finally:
            self._since.pop(task, None)
            self._ended.discard(task)

    def _look(self) -> None:
        late = monotonic() - self._seconds
        for task in [task for task, since in self._since.items() if since <= late]:
            del self._since[task]
            self._ended.add(task)
            task.cancel()
        if self._since and self._loop is not None:
            self._loop.call_later(min(GLANCE, self._seconds), self._look)
        else:
            self._loop = None
