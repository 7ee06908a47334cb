"""A worker in a process of its own, which does what is scheduled and sends events, until somebody kills it."""

import time
from datetime import UTC, datetime, timedelta

from careergraph.editorial.worker.worker import Worker
from durability.nursery import Say
from durability.publisher import engine_of
from editorial.webhooks.receiver import SETTINGS


def main(say: Say, url: str, ahead: float = 0.0, at: float = 0.0, rounds: int | None = None) -> None:
    """Works `rounds` times, or (None) for as long as it lives, by a clock that is `ahead`, in seconds.

    It begins at the instant `at` of the monotonic clock, so that several begin at once.
    """
    engine = engine_of(url)
    worker = Worker(engine, SETTINGS, clock=lambda: datetime.now(UTC) + timedelta(seconds=ahead))
    sleep_until(at)
    while rounds is None or rounds > 0:
        worked = worker.run_once()
        for done in worked.done:
            say({"schedule": done.schedule.number, "outcome": done.outcome, "good": done.good})
        rounds = None if rounds is None else rounds - 1
        if not worked.taken:
            time.sleep(0.005)
    engine.dispose()


def sleep_until(at: float) -> None:
    """Waits for an instant of the monotonic clock, which all processes share."""
    time.sleep(max(0.0, at - time.monotonic()))
