"""Give freed memory back to the system, have less of it lie between threads, and keep the garbage collector from work
that frees nothing."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any


def _function(name: str) -> Callable[..., Any] | None:
    """Return a function of the GNU C library; None where there is another library."""
    with suppress(AttributeError, OSError, TypeError):
        function: Callable[..., Any] = getattr(ctypes.CDLL(None), name)
        return function
    return None


_TRIM, _OPTION = _function("malloc_trim"), _function("mallopt")

_ARENAS = -8
"""The option of `mallopt` that is called M_ARENA_MAX: how many heaps there are at most."""


def share_one_heap() -> None:
    """Have all threads of the process allocate from one heap. Each thread has its own otherwise, and what it frees
    there serves no other; Python runs one thread at a time, so none waits for the heap. For the process of a server of
    our own, before it starts threads."""
    if _OPTION is not None:
        _OPTION(_ARENAS, 1)


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
