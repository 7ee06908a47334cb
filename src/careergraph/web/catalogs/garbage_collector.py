"""The heap: what Python's garbage collector looks through, again and again, as long as a server runs.

A catalog is most of it, never changes and lives long: looking through it costs every request a part of its time, and
finds nothing. So the content that a server starts with is set aside for good: it has no circles, and is freed without
the collector when another catalog has other content. What is derived of a catalog has circles, and stays in view.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 10_000
"""How many new objects the collector waits for. What a request makes goes without it; only circles need it."""


@contextmanager
def filling() -> Iterator[None]:
    """Leaves the collector out while the heap is filled with what stays, and sets that aside."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Collects what is garbage now. It takes as long as what was derived of catalogs is large."""
    gc.collect()
    gc.set_threshold(YOUNG, 20, 20)
