"""RunQueue: which operation runs next. It is bounded, so that under load some requests are refused at once."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple, TypeVar

import anyio
from anyio import to_thread

from careergraph.store.catalogs.lease import LEASE, Lease
from careergraph.web.core.codes import Refusal, WebCode, overloaded
from careergraph.web.core.places import Places

Result = TypeVar("Result")

SLICE = 0.001
"""Seconds for which operations run one after the other before the event loop looks at its sockets again. What came
meanwhile comes out of them in no order of its own, so the longer it is, the longer the unlucky ones wait."""

THREADS = 4
"""The number of operations that run in threads at once: those that wait for a database."""
PAST = 1
"""The number of those that read catalogs of the past: each has up to two in memory, and hardly waits for anything."""

PROVIDER = 2
"""The number of those that wait for a provider of sign-ins: a slow one holds up no database."""


class Turn(NamedTuple):
    """A request that waits for its turn: when `ready` is done, `respond` returns its response; None if it has to wait
    for something else too."""

    ready: asyncio.Future[None]
    respond: Callable[[], Any]


class RunQueue:
    """Runs operations in the order of their requests: at most `max_waiting` wait, none longer than `seconds`."""

    def __init__(self, max_waiting: int, seconds: float) -> None:
        self._max_waiting = max_waiting
        self._seconds = seconds
        self._waiting: deque[tuple[float, asyncio.Future[None]]] = deque()
        self._since = self._until = 0.0
        self._running = 1
        self._open = False
        self._threads: dict[int, anyio.CapacityLimiter] = {}
        self._places = Places(max_waiting)
        self._abandoned: set[asyncio.Future[Any]] = set()

    @property
    def is_busy(self) -> bool:
        """Whether any thread works for a request. For any thread."""
        return any(threads.borrowed_tokens for threads in list(self._threads.values()))

    async def acquire(self) -> None:
        """Return when this request may run: at once, unless the event loop was busy for long. Raises Refusal."""
        if (turn := self.wait()) is not None:
            await turn

    def wait(self) -> asyncio.Future[None] | None:
        """A future that is done when a request may run; None if it may at once, and then it must.

        Raises Refusal, and so does the future.
        """
        now = perf_counter()
        if not self._open:
            self._open = True
            self._since, self._until, self._running = now, now + SLICE, 1
            asyncio.get_running_loop().call_soon(self._release_next)
        if not self._waiting and now < self._until:
            return None
        if len(self._waiting) >= self._max_waiting:
            raise overloaded()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((now + self._seconds, turn))  # a timer for each would cost a tenth of a response
        return turn

    async def run_in_thread(self, work: Callable[[], Result], most: int = THREADS) -> Result:
        """Run blocking work in one of `most` threads. Raises Refusal.

        If the request is given up, the lease tells the thread, which keeps its place until it ends: otherwise threads
        that nobody needs would add up.
        """
        lease = Lease()
        with self._enter_thread(most) as threads:
            run = partial(_run_leased, lease, work)
            task = asyncio.ensure_future(to_thread.run_sync(run, abandon_on_cancel=True, limiter=threads))
            try:
                return await self.with_timeout(asyncio.shield(task))
            finally:
                lease.abandon()
                if not task.done():
                    self._abandon(task, lease)

    async def run_to_completion(self, work: Callable[[], Result]) -> Result:
        """Run in a thread work that, once begun, must not be reported as failed. Raises Refusal."""
        begun = False

        def begin() -> Result:
            nonlocal begun
            begun = True
            return work()

        with self._enter_thread(THREADS) as threads:
            task = asyncio.ensure_future(to_thread.run_sync(begin, limiter=threads))
            await asyncio.wait({task}, timeout=self._seconds)
            if not begun:
                task.cancel()
                raise self._timed_out()
            return await task

    async def with_timeout(self, result: Awaitable[Result]) -> Result:
        """Await a result. Raises Refusal (TIMEOUT)."""
        try:
            async with asyncio.timeout(self._seconds) as clock:
                return await result
        except TimeoutError:
            if not clock.expired():
                raise  # raised by the work itself: a bug
            raise self._timed_out() from None

    def _abandon(self, task: asyncio.Future[Result], lease: Lease) -> None:
        """Let a thread end that nobody waits for; cancel one that has not begun."""
        self._abandoned.add(task)
        task.add_done_callback(self._forget)
        if not lease.begun:
            task.cancel()

    def _forget(self, task: asyncio.Future[Any]) -> None:
        self._abandoned.discard(task)
        if not task.cancelled():
            task.exception()  # reads it, or asyncio would log it

    def _timed_out(self) -> Refusal:
        message = f"The request took longer than {self._seconds:g} seconds."
        return Refusal(WebCode.TIMEOUT, message, headers={"Retry-After": "1"})

    @contextmanager
    def _enter_thread(self, most: int) -> Iterator[anyio.CapacityLimiter]:
        """The limiter of `most` threads, for one more who waits for them. Raises Refusal."""
        if (threads := self._threads.get(most)) is None:
            threads = self._threads[most] = anyio.CapacityLimiter(most)
        with self._places:
            yield threads

    def _release_next(self) -> None:
        """Let as many run as took a slice of time before, and come back when they have."""
        now = perf_counter()
        each = (now - self._since) / self._running
        self._since, self._until, self._running = now, now + SLICE, 0
        while self._waiting and (not self._running or self._running * each < SLICE):
            late, place = self._waiting.popleft()
            if place.done():
                continue  # its client has disconnected
            if late < now:
                place.set_exception(self._timed_out())
            else:
                place.set_result(None)
                self._running += 1
        self._open = self._running > 0
        if self._open:
            asyncio.get_running_loop().call_soon(self._release_next)


def _run_leased(lease: Lease, work: Callable[[], Result]) -> Result:
    """Run work in a thread, whose context is its own, with a lease of catalogs of the past."""
    lease.begun = True
    LEASE.set(lease)
    result: Result | None = None
    try:
        result = work()
        return result
    finally:
        if not isinstance(result, Awaitable):  # an awaitable still reads them
            lease.end()
