"""Budget: the most that one operation may really do, whatever it was measured to cost before it ran."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What an operation may use up: objects and list items that it shows, bytes of its text, and time in seconds."""

    objects: int = 50_000
    size: int = 4 * 1024 * 1024
    seconds: float = 5.0


class BudgetSpent(BaseException):
    """An operation that used up its budget. `resource` is `objects`, `bytes` or `time`.

    No Exception, because executors turn each Exception of a field into an error of that field and go on.
    """

    def __init__(self, resource: str) -> None:
        super().__init__(resource)
        self.resource = resource


class Budget:
    """What is left to one running operation."""

    __slots__ = ("_deadline", "_ended", "_objects", "_size")

    def __init__(self, allowance: Allowance, seconds: float | None = None) -> None:
        self._objects = allowance.objects
        self._size = allowance.size
        self._deadline = perf_counter() + (allowance.seconds if seconds is None else min(seconds, allowance.seconds))
        self._ended = False

    def spend(self, objects: int, size: int = 0) -> None:
        """Takes objects and bytes off, and looks at the clock. Raises BudgetSpent."""
        self._objects -= objects
        self._size -= size
        if self._objects < 0:
            raise BudgetSpent("objects")
        if self._size < 0:
            raise BudgetSpent("bytes")
        if self._ended or perf_counter() > self._deadline:
            raise BudgetSpent("time")

    def restart(self, allowance: Allowance) -> None:
        """Starts the clock anew. A budget that has ended stays so."""
        self._deadline = perf_counter() + allowance.seconds

    def end(self) -> None:
        """Takes all time that is left, from any thread: the operation stops where it is."""
        self._ended = True

    @contextmanager
    def running(self) -> Iterator[None]:
        """Has what runs within spend this budget."""
        token = CURRENT.set(self)
        try:
            yield
        finally:
            CURRENT.reset(token)


CURRENT: ContextVar[Budget | None] = ContextVar("careergraph_budget", default=None)
"""The budget of the operation that runs."""
