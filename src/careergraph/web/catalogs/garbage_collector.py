"""The garbage collector of a server process.

A catalog is most of the heap, long-lived and immutable: collections over it cost time and free nothing. So the content
that a server starts with is frozen: it has no reference cycles, and is freed without the collector. Data derived from a
catalog has cycles, and is not frozen. They are cut when the catalog is retired; where somebody derives data anew after
that, it is left to the collector.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

YOUNG = 10_000
"""The threshold of new objects. The objects of a request need no collector; only cycles do."""

COLLECTIONS = 4
"""Collections of new objects after which those that survived are looked through once more. The more of them,
the longer all requests wait for it while a new catalog is rendered."""


@contextmanager
def filling() -> Iterator[None]:
    """Pause the collector while long-lived objects are made, and freeze them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG, COLLECTIONS, 20)
        gc.enable()


RARELY = 20
"""How many times as long as a collection took there is none after it: at most a twentieth of the time is spent on them,
and all requests wait meanwhile. Left for longer, catalogs of before would take more memory than the live one."""


class Settling:
    """Collections of what retired catalogs leave."""

    def __init__(self) -> None:
        self._due = 0.0

    def settle(self) -> bool:
        """Collect now, unless that was done just now. Return whether it did. It takes time in proportion to the data
        derived from catalogs."""
        start = monotonic()
        if start < self._due:
            return False
        gc.collect()
        end = monotonic()
        self._due = end + RARELY * (end - start)
        return True
