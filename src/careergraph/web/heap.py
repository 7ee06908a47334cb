"""The heap: what Python's garbage collector looks through, again and again, as long as a server runs.

A catalog is most of it, never changes and lives long: looking through it costs every request a part of its time, and
finds nothing. So it is set aside, and taken back when another catalog has taken its place.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 10_000
"""How many new objects the collector waits for. What a request makes goes without it; only circles need it."""


@contextmanager
def filling() -> Iterator[None]:
    """Leaves the collector out while the heap is filled with what stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle() -> None:
    """Collects what is garbage now, and sets all else aside. It takes as long as the heap is large."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
