"""Budget: the limit of the work of one running operation."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The budget of an operation: objects and list items of its result, bytes of its text, and time in seconds."""

    objects: int = 50_000
    size: int = 4 * 1024 * 1024
    seconds: float = 5.0


class BudgetExceeded(BaseException):
    """An operation that exceeded its budget. `resource` is `objects`, `bytes` or `time`. No Exception: executors turn
    each Exception of a field into an error of that field and go on."""

    def __init__(self, resource: str) -> None:
        super().__init__(resource)
        self.resource = resource


_ENDED = float("-inf")


class Budget:
    """The remaining budget of a running operation."""

    __slots__ = ("_deadline", "_objects", "_size")

    def __init__(self, allowance: Allowance, seconds: float | None = None) -> None:
        self._objects = allowance.objects
        self._size = allowance.size
        self._deadline = perf_counter() + (allowance.seconds if seconds is None else min(seconds, allowance.seconds))

    def spend(self, objects: int, size: int = 0) -> None:
        """Subtract objects and bytes, and check the clock. Raises BudgetExceeded."""
        self._objects = left = self._objects - objects
        if left < 0:
            raise BudgetExceeded("objects")
        if size:
            self._size -= size
            if self._size < 0:
                raise BudgetExceeded("bytes")
        if perf_counter() > self._deadline:
            raise BudgetExceeded("time")

    def restart(self, allowance: Allowance) -> None:
        """Restart the clock. A budget that has ended stays so."""
        if self._deadline != _ENDED:
            self._deadline = perf_counter() + allowance.seconds

    def extend(self, seconds: float) -> None:
        """Move the deadline."""
        self._deadline += seconds

    def end(self) -> None:
        """End the operation, from any thread."""
        self._deadline = _ENDED

    @contextmanager
    def running(self) -> Iterator[None]:
        """Make this the budget of the code within."""
        token = CURRENT.set(self)
        try:
            yield
        finally:
            CURRENT.reset(token)


CURRENT: ContextVar[Budget | None] = ContextVar("careergraph_budget", default=None)
"""The budget of the running operation."""


@contextmanager
def off_the_clock() -> Iterator[None]:
    """Take no time from the running operation for the work within, which is bounded by itself: once it is done, to end
    the operation would only lose it."""
    start = perf_counter()
    try:
        yield
    finally:
        if (budget := CURRENT.get()) is not None:
            budget.extend(perf_counter() - start)
