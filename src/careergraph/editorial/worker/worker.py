"""The worker: does what is scheduled and sends what waits, beside a server or on its own, one of it or several."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread

from sqlalchemy import Engine

from careergraph.editorial.webhooks.couriers import Couriers
from careergraph.editorial.webhooks.settings import Settings
from careergraph.editorial.webhooks.trusted_clock import TrustedClock, utc_now
from careergraph.editorial.worker.scheduled import Done, do_next, is_due
from careergraph.store.database.database import DatabaseProblem

LOG = logging.getLogger("careergraph.worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The result of a round: the schedules that fell due, and how many deliveries were taken or failed."""

    done: tuple[Done, ...] = ()
    taken: int = 0
    refused: int = 0


class Worker:
    """Works on one database. Any number of workers, in any number of processes, do everything once."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings | None = None,
        *,
        every: float = 1.0,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """`every` is the time between two rounds of `run`, in seconds."""
        self._engine, self._every, self._clock = engine, every, clock
        self._couriers = Couriers(engine, settings or Settings(), clock)

    def run_once(self, now: datetime | None = None) -> Worked:
        """Does all that is due, then sends all that is due. Raises DatabaseProblem."""
        done = self.publish_due(now)
        taken, refused = self.deliver_due(now)
        return Worked(done=done, taken=taken, refused=refused)

    def publish_due(self, now: datetime | None = None) -> tuple[Done, ...]:
        """Does what is scheduled and due, in the order in which it fell due. Raises DatabaseProblem."""
        instant, done = now or self._clock(), []
        while is_due(self._engine, instant) and (one := do_next(self._engine, instant)) is not None:
            done.append(one)
        return tuple(done)

    def deliver_due(self, now: datetime | None = None, stop: Event | None = None) -> tuple[int, int]:
        """Sends what is due. Answers how many deliveries were taken, and how many were not. Raises DatabaseProblem."""
        return self._couriers.deliver_due(now, stop)

    def run(self, stop: Event) -> None:
        """Works until it is told to stop. A database that cannot be reached is tried again, and logged once.

        Sending has a thread of its own, so that slow endpoints delay no schedule.
        """
        sending = Thread(target=self._repeat, args=(lambda: self.deliver_due(stop=stop), stop), daemon=True)
        sending.start()
        steady = TrustedClock(self._clock)
        self._repeat(lambda: self._publish_at(steady.now()), stop)
        sending.join()

    def _publish_at(self, now: datetime | None) -> None:
        if now is not None:
            self.publish_due(now)

    def _repeat(self, work: Callable[[], object], stop: Event) -> None:
        problem = None
        while not stop.is_set():
            try:
                work()
                problem = None
            except DatabaseProblem as found:
                if str(found) != problem:
                    LOG.warning("the worker waits: %s", found)
                problem = str(found)
            except Exception:  # a mistake of ours must not end all work for good
                LOG.exception("the worker goes on after an error")
            stop.wait(self._every)
