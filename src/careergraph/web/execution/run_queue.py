"""Turns: who runs next. A bounded queue, so that over load a request is refused at once and the rest is answered."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

import anyio
from anyio import to_thread

from careergraph.store.catalogs.lease import LEASE, Lease
from careergraph.web.core.codes import Refusal, WebCode

Result = TypeVar("Result")

SLICE = 0.005
"""How long operations run one after the other before the event loop looks at its sockets again, in seconds."""

THREADS = 4
"""How many operations run beside the event loop at once: those that wait for a database."""
PAST = 1
"""How many of those that read catalogs of the past do: each has up to two in memory, and hardly waits for anything."""


class RunQueue:
    """Lets operations run in the order they came, at most `most` of them waiting and none longer than `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()
        self._since = self._until = 0.0
        self._running = 1
        self._open = False
        self._threads: dict[int, anyio.CapacityLimiter] = {}
        self._aside = 0
        self._left: set[asyncio.Future[Any]] = set()

    async def turn(self) -> None:
        """Returns when it is this request's turn: at once, unless the event loop was busy for long. Raises Refusal."""
        now = perf_counter()
        if not self._open:
            self._open = True
            self._since, self._until, self._running = now, now + SLICE, 1
            asyncio.get_running_loop().call_soon(self._next)
        if not self._waiting and now < self._until:
            return
        if len(self._waiting) >= self._most:
            raise overloaded()
        place = asyncio.get_running_loop().create_future()
        self._waiting.append((now + self._seconds, place))  # a timer for each would cost a tenth of an answer
        await place

    async def aside(self, work: Callable[[], Result], most: int = THREADS) -> Result:
        """Does in a thread what would block the event loop, with at most so many alike at once. Raises Refusal.

        Where nobody waits any longer, the thread is told so by its lease, and keeps its place until it has ended: else
        threads that nobody needs would add up.
        """
        lease = Lease()
        with self._beside(most) as threads:
            run = partial(_leased, lease, work)
            task = asyncio.ensure_future(to_thread.run_sync(run, abandon_on_cancel=True, limiter=threads))
            try:
                return await self.within(asyncio.shield(task))
            finally:
                lease.abandon()
                if not task.done():
                    self._leave(task, lease)

    async def to_the_end(self, work: Callable[[], Result]) -> Result:
        """Does in a thread what nobody may be told has failed once it has begun. Raises Refusal."""
        begun = False

        def begin() -> Result:
            nonlocal begun
            begun = True
            return work()

        with self._beside(THREADS) as threads:
            task = asyncio.ensure_future(to_thread.run_sync(begin, limiter=threads))
            await asyncio.wait({task}, timeout=self._seconds)
            if not begun:
                task.cancel()
                raise self._late()
            return await task

    async def within(self, result: Awaitable[Result]) -> Result:
        """What is awaited, if it comes in time. Raises Refusal (TIMEOUT)."""
        try:
            async with asyncio.timeout(self._seconds) as clock:
                return await result
        except TimeoutError:
            if not clock.expired():
                raise  # somebody else's: a fault
            raise self._late() from None

    def _leave(self, task: asyncio.Future[Result], lease: Lease) -> None:
        """Lets a thread end that nobody waits for; one that has not begun never does."""
        self._left.add(task)
        task.add_done_callback(self._forget)
        if not lease.begun:
            task.cancel()

    def _forget(self, task: asyncio.Future[Any]) -> None:
        self._left.discard(task)
        if not task.cancelled():
            task.exception()  # nobody wants to know: else asyncio would log it

    def _late(self) -> Refusal:
        message = f"The request took longer than {self._seconds:g} seconds."
        return Refusal(WebCode.TIMEOUT, message, headers={"Retry-After": "1"})

    @contextmanager
    def _beside(self, most: int) -> Iterator[anyio.CapacityLimiter]:
        """The threads, for one more who waits for them."""
        if self._aside >= self._most:
            raise overloaded()
        if (threads := self._threads.get(most)) is None:
            threads = self._threads[most] = anyio.CapacityLimiter(most)
        self._aside += 1
        try:
            yield threads
        finally:
            self._aside -= 1

    def _next(self) -> None:
        """Lets so many run as took a slice of time before, and comes back when they have."""
        now = perf_counter()
        each = (now - self._since) / self._running
        self._since, self._until, self._running = now, now + SLICE, 0
        while self._waiting and (not self._running or self._running * each < SLICE):
            late, place = self._waiting.popleft()
            if place.done():
                continue  # its client went away
            if late < now:
                place.set_exception(self._late())
            else:
                place.set_result(None)
                self._running += 1
        self._open = self._running > 0
        if self._open:
            asyncio.get_running_loop().call_soon(self._next)


def _leased(lease: Lease, work: Callable[[], Result]) -> Result:
    """Works in a thread, whose context is its own, with a lease of catalogs of the past."""
    lease.begun = True
    LEASE.set(lease)
    result: Result | None = None
    try:
        result = work()
        return result
    finally:
        if not isinstance(result, Awaitable):  # else there is more to do with them
            lease.end()


def overloaded() -> Refusal:
    """The refusal of a request that finds too many waiting."""
    message = "The server has more to do than it can; try again in a second."
    return Refusal(WebCode.OVERLOADED, message, headers={"Retry-After": "1"})
