"""Give freed memory back to the system, and keep the garbage collector from work that frees nothing."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any


def _trim_function() -> Callable[[int], Any] | None:
    """The function of the GNU C library that gives memory back; None where there is another library."""
    with suppress(AttributeError, OSError, TypeError):
        trim: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
        return trim
    return None


_TRIM = _trim_function()


def trim() -> None:
    """Give free memory back. It takes some milliseconds, in which other threads run."""
    if _TRIM is not None:
        _TRIM(0)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Put off the garbage collector: it would look through a growing catalog again and again, and find nothing. That
    is almost half of the time that a large one takes to load."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


RARE = 200_000
"""New objects after which an import or an export looks for garbage: some tens of megabytes."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for garbage rarely, in a process that makes millions of objects and keeps most of them: at the usual rate,
    a fifth of an import is spent on looking through them again and again, and some of an export."""
    before = gc.get_threshold()
    gc.set_threshold(RARE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
