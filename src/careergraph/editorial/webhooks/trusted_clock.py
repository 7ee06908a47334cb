"""A clock that notices when it was put forward, so that nothing is published years too early."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

LEAP = 120.0
"""The gain on the uptime between two looks from which the clock was put forward, in seconds."""
PATIENCE = 60.0
"""How long a clock that was put forward must run normally before it is trusted, in seconds."""


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


class TrustedClock:
    """A clock for one thread that reads it every few seconds.

    A clock that was put back needs no such care: finished work is marked as done, regardless of the time.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] = utc_now,
        uptime: Callable[[], float] = monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._clock, self._uptime, self._patience = clock, uptime, patience
        self._lead: float | None = None
        self._doubtful_until = 0.0

    def now(self) -> datetime | None:
        """Return the time; None while it is not trusted."""
        instant, uptime = self._clock(), self._uptime()
        lead = instant.timestamp() - uptime
        if self._lead is not None and lead - self._lead > LEAP:
            self._doubtful_until = uptime + self._patience
        self._lead = lead
        return None if uptime < self._doubtful_until else instant
