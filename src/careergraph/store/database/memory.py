"""Memory: what was freed is given back to the system, where the C library has to be told to."""

import ctypes
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def _trim_function() -> Callable[[int], Any] | None:
    """The function of the GNU C library that gives memory back; None where there is another library."""
    with suppress(AttributeError, OSError, TypeError):
        trim: Callable[[int], Any] = ctypes.CDLL(None).malloc_trim
        return trim
    return None


_TRIM = _trim_function()


def trim() -> None:
    """Gives back what is free. It takes some milliseconds, in which other threads run."""
    if _TRIM is not None:
        _TRIM(0)
