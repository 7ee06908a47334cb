"""Turns: who runs next. A bounded queue, so that over load a request is refused at once and the rest is answered."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import TypeVar

import anyio
from anyio import to_thread

from careergraph.web.codes import Refusal, WebCode

Result = TypeVar("Result")

SLICE = 0.005
"""How long operations run one after the other before the event loop looks at its sockets again, in seconds."""

THREADS = 4
"""How many operations run beside the event loop at once: those that wait for a database."""


class Turns:
    """Lets operations run in the order they came, at most `most` of them waiting and none longer than `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._until = 0.0
        self._open = False
        self._threads: anyio.CapacityLimiter | None = None
        self._aside = 0

    async def turn(self) -> None:
        """Returns when it is this request's turn: at once, unless the event loop was busy for long. Raises Refusal."""
        if not self._open:
            self._open = True
            self._until = perf_counter() + SLICE
            asyncio.get_running_loop().call_soon(self._next)
        if not self._waiting and perf_counter() < self._until:
            return
        if len(self._waiting) >= self._most:
            raise overloaded()
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        await self.within(place)

    async def aside(self, work: Callable[[], Result]) -> Result:
        """Does in a thread what would block the event loop. Raises Refusal."""
        if self._aside >= self._most:
            raise overloaded()
        if self._threads is None:
            self._threads = anyio.CapacityLimiter(THREADS)
        self._aside += 1
        try:
            return await self.within(to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._threads))
        finally:
            self._aside -= 1

    async def within(self, result: Awaitable[Result]) -> Result:
        """What is awaited, if it comes in time. Raises Refusal (TIMEOUT)."""
        try:
            async with asyncio.timeout(self._seconds) as clock:
                return await result
        except TimeoutError:
            if not clock.expired():
                raise  # somebody else's: a fault
            message = f"The request took longer than {self._seconds:g} seconds."
            raise Refusal(WebCode.TIMEOUT, message, headers={"Retry-After": "1"}) from None

    def _next(self) -> None:
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft()  # its client went away, or it waited too long
        if not self._waiting:
            self._open = False
            return
        self._until = perf_counter() + SLICE
        self._waiting.popleft().set_result(None)
        asyncio.get_running_loop().call_soon(self._next)


def overloaded() -> Refusal:
    """The refusal of a request that finds too many waiting."""
    message = "The server has more to do than it can; try again in a second."
    return Refusal(WebCode.OVERLOADED, message, headers={"Retry-After": "1"})
