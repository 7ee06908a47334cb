"""Shared steps: work that any number of threads do together, each step once."""

from collections.abc import Iterator
from threading import Lock


class SharedSteps:
    """The steps of an iterator. Each thread takes the next one that is left; one that finds none has waited for the
    last. Where a step raises, the thread that took it gets the error, and none is left."""

    def __init__(self, steps: Iterator[None]) -> None:
        self._steps = steps
        self._lock = Lock()

    def __iter__(self) -> "SharedSteps":
        return self

    def __next__(self) -> None:
        with self._lock:
            next(self._steps)
