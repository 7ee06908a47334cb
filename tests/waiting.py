"""How tests wait: until something is true, and no longer. Only what never comes true costs the whole of `CEILING`."""

import time
from collections.abc import Callable
from typing import TypeVar

import anyio

CEILING = 120.0
"""After so many seconds something that should come true soon never will, however busy the machine is."""

Result = TypeVar("Result")


def wait_until(ask: Callable[[], Result], what: str = "", *, every: float = 0.005) -> Result:
    """Return what `ask` returns, once that is true. Ask again `every` so many seconds. Raise AssertionError."""
    end = time.monotonic() + CEILING
    while not (result := ask()):
        assert time.monotonic() < end, f"still not: {what or ask}"
        time.sleep(every)
    return result


async def turn_true(condition: Callable[[], object]) -> None:
    """Wait in an event loop until a condition is true. Raise TimeoutError."""
    with anyio.fail_after(CEILING):
        while not condition():  # noqa: ASYNC110 - threads set no event of the loop
            await anyio.sleep(0.005)
