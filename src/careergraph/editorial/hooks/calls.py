"""Calls of the host's functions, each within a time limit, in a thread of its own: a hanging one blocks nothing."""

import asyncio
import inspect
from collections.abc import Awaitable
from concurrent.futures import Future
from contextvars import copy_context
from threading import BoundedSemaphore, Thread

from careergraph.editorial.hooks.change import Change, Hook

MOST_CALLS = 16
"""The most calls of one workflow at once, those that hang included."""


class Calls:
    """Calls hooks, each within `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._places = BoundedSemaphore(MOST_CALLS)

    def call(self, hook: Hook, change: Change) -> None:
        """Call a hook, and await an async one. Raises TimeoutError, and any exception of the hook."""
        if not self._places.acquire(timeout=self.seconds):
            raise TimeoutError
        done: Future[None] = Future()
        Thread(target=self._run, args=(hook, change, done), name="careergraph-hook", daemon=True).start()
        done.result(self.seconds)

    def _run(self, hook: Hook, change: Change, done: Future[None]) -> None:
        try:
            result = copy_context().run(hook, change)
            if inspect.isawaitable(result):
                asyncio.run(_finish(result))
        except BaseException as problem:
            done.set_exception(problem)
        else:
            done.set_result(None)
        finally:
            self._places.release()


async def _finish(result: Awaitable[object]) -> None:
    await result
