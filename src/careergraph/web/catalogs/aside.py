"""Standing aside: what runs in the background of a server begins its next step only when no request waits.

Threads of Python take turns, so each that works behind a request doubles its time. A step begins once the event loop
has come round, which it does as soon as it has answered what it works on, and once no thread works for a request.
"""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from threading import Event
from time import monotonic, sleep

PAUSE = 0.001
"""The least pause between two steps, in seconds."""
LONGEST = 0.5
"""The most seconds that a step stands aside: under a load that never ends it has to come about too."""
TOTAL = 2.0
"""The most seconds that all steps stand aside together: under a load that never ends the first catalog has to be
prepared, as no later version is taken before."""
LOOK = 0.005
"""How often it looks whether threads still work for requests, in seconds."""


class Aside:
    """The place beside the requests of one app. Until it is `open` to them, steps only pause."""

    def __init__(self) -> None:
        self._loop: AbstractEventLoop | None = None
        self._is_busy: Callable[[], bool] = bool
        self._left = TOTAL

    def open(self, loop: AbstractEventLoop, is_busy: Callable[[], bool]) -> None:
        """Stand aside for the requests of an event loop; `is_busy` is whether threads work for some."""
        self._loop, self._is_busy = loop, is_busy

    def close(self) -> None:
        """Stand aside for nobody: the event loop ends."""
        self._loop, self._is_busy = None, bool

    def wait(self) -> None:
        """Return when no request waits, in a thread of the background."""
        sleep(PAUSE)
        start = monotonic()
        self._stand_aside(start + min(LONGEST, self._left))
        self._left = max(0.0, self._left - (monotonic() - start))

    def _stand_aside(self, until: float) -> None:
        while self._is_busy() and monotonic() < until:
            sleep(LOOK)
        if (loop := self._loop) is not None:
            idle = Event()
            try:
                loop.call_soon_threadsafe(idle.set)
            except RuntimeError:  # it has ended meanwhile
                return
            while not idle.wait(LOOK) and self._loop is loop and monotonic() < until:
                pass
