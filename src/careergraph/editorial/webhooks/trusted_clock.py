"""Steady: a clock that notices when it was put forward, so that nothing is published years too early."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

LEAP = 120.0
"""A clock that gains more than this on the machine's uptime between two looks was put forward, in seconds."""
PATIENCE = 60.0
"""How long a clock that was put forward must go on as it should before it is believed, in seconds."""


def utc_now() -> datetime:
    """What the machine's clock says."""
    return datetime.now(UTC)


class TrustedClock:
    """A clock for one thread that looks at it every few seconds.

    A clock that was put back needs no such care: what was done is marked as done, whatever the time.
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
        """The time; None while it cannot be believed."""
        instant, uptime = self._clock(), self._uptime()
        lead = instant.timestamp() - uptime
        if self._lead is not None and lead - self._lead > LEAP:
            self._doubtful_until = uptime + self._patience
        self._lead = lead
        return None if uptime < self._doubtful_until else instant
