"""The worker: runs schedules and sends deliveries, in a server or on its own, in one process or several."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Refusal
from careergraph.editorial.editing.publication import Published, renew_neighbours
from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.importers.jobs.settings import ImportSettings
from careergraph.editorial.verbs.documents.publish import open_drafts, publish_drafts
from careergraph.editorial.verbs.documents.unpublish import take_down
from careergraph.editorial.verbs.releases import bring_out
from careergraph.editorial.webhooks.couriers import Couriers
from careergraph.editorial.webhooks.settings import Settings
from careergraph.editorial.webhooks.trusted_clock import TrustedClock, utc_now
from careergraph.editorial.worker.imports import ImportRunner
from careergraph.editorial.worker.renewing import Live, Renewing, no_catalog
from careergraph.store.access.audit import record
from careergraph.store.database.database import DatabaseProblem, reading, require_writable, transaction
from careergraph.store.documents.index import index_all
from careergraph.store.editing.import_jobs import ImportJob
from careergraph.store.editing.rehearsal import rehearsed
from careergraph.store.editing.schedules import FAILURE, Action, Schedule, claim, finish, first_due, next_due
from careergraph.store.events.outbox import enqueue, prune

LOG = logging.getLogger("careergraph.worker")

FAILED = "schedule.failed"
"""The event of a failed schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A schedule that was run, its outcome in words, and whether it succeeded."""

    schedule: Schedule
    outcome: str
    good: bool


def is_due(engine: Engine, now: datetime) -> bool:
    """Return whether a schedule is due. Writes nothing, so frequent looks disturb nobody."""
    with reading(engine) as session:
        due = next_due(session)
    return due is not None and due <= now


def do_next(engine: Engine, now: datetime, workflow: Workflow | None = None) -> Done | None:
    """Run the schedule that has been due longest; None if none is due.

    Claiming it, running it and recording its outcome are one transaction: after a crash it is still due, and no other
    worker can run it too. A failure is recorded and sent as an event, and never retried. Raises DatabaseProblem, after
    which it is still due.
    """
    refusals: dict[int, Refusal] = {}
    claimed: list[int] = []

    def run(session: Session) -> Done | None:
        due = claim(session, now)
        if due is None:
            return None
        claimed.append(due.number)
        done = _attempt(session, due, refusals.get(due.number))
        finish(session, due.number, done.outcome)
        _record(session, done)
        return done

    def rehearse(session: Session) -> None:
        if (due := first_due(session, now)) is not None:
            carry_out(session, due)

    runs = workflow or Workflow()
    while True:
        try:
            return runs.run(partial(rehearsed, partial(transaction, engine), partial(reading, engine), rehearse), run)
        except Refusal as refusal:  # by the host's hooks, which judge outside of the transaction
            refusals[claimed[-1]] = refusal


def _attempt(session: Session, due: Schedule, refused: Refusal | None = None) -> Done:
    """Run it in a savepoint, so that a failure leaves nothing but its reason, which may be that the host refused it."""
    try:
        with session.begin_nested():
            if refused is not None:
                raise refused
            published = carry_out(session, due)
    except Refusal as refusal:
        return Done(schedule=due, outcome=f"{FAILURE}{refusal}", good=False)
    except (OperationalError, InterfaceError):
        raise  # the database is what fails: another time
    except Exception as problem:
        LOG.exception("schedule %d failed for no reason that anybody expected", due.number)
        return Done(schedule=due, outcome=f"{FAILURE}{type(problem).__name__}", good=False)
    version = "nothing had changed" if published.version is None else f"version {published.version}"
    return Done(schedule=due, outcome=version, good=True)


def carry_out(session: Session, due: Schedule) -> Published:
    """Publish or unpublish, in the transaction that claimed the schedule. The right was checked when it was scheduled.
    Raises Rejected and Conflict."""
    note = f"scheduled by {due.author}"
    if isinstance(due.subject, str):
        return bring_out(session, due.author, due.subject, note)
    if due.action is Action.UNPUBLISH:
        return take_down(session, due.author, [due.subject], note)
    locales = LocaleFilter.read(due.locales)
    drafts = open_drafts(session, {due.subject: due.revision or 0}, locales)
    return publish_drafts(session, due.author, Verb.PUBLISH, drafts, note, locales=locales)


def _record(session: Session, done: Done) -> None:
    due = done.schedule
    key = None if isinstance(due.subject, str) else due.subject
    detail = {**_event_fields(due), "outcome": done.outcome, "good": done.good}
    record(session, due.author, "carry-out", key, detail)
    if done.good:
        LOG.info("schedule %d: %s", due.number, done.outcome)
    else:
        LOG.error("schedule %d of %s %s", due.number, due.author, done.outcome)
        enqueue(
            session,
            FAILED,
            [] if key is None else [key],
            {**_event_fields(due), "reason": done.outcome, "by": due.author},
            None,
        )


def _event_fields(due: Schedule) -> dict[str, Any]:
    named = due.subject
    about = {"release": named} if isinstance(named, str) else {"type": named[0], "slug": named[1]}
    return {"schedule": due.number, "action": str(due.action), **about, "dueAt": due.due_at.isoformat()}


RENEW_SECONDS = 0.25
"""How often `run` looks for a publish that neighbours are to follow, in seconds, where `every` is not shorter."""
PRUNE_SECONDS = 600.0
"""How often `run` looks for old events to remove, in seconds."""
PAUSE_SECONDS = 0.1
"""The pause between two transactions that remove old events, in seconds, so that other writers come in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The result of a round: the schedules that fell due, how many deliveries were taken or failed, and the
    imports as they ended."""

    done: tuple[Done, ...] = ()
    taken: int = 0
    refused: int = 0
    imports: tuple[ImportJob, ...] = ()


class Worker:
    """Works on one database. Any number of workers, in any number of processes, do everything once."""

    def __init__(  # noqa: PLR0913 - what a worker does, and how
        self,
        engine: Engine,
        settings: Settings | None = None,
        *,
        imports: ImportSettings | None = None,
        every: float = 1.0,
        clock: Callable[[], datetime] = utc_now,
        workflow: Workflow | None = None,
        live: Live = no_catalog,
    ) -> None:
        """`every` is the time between two rounds of `run`, in seconds; `workflow` is the host's say. Without `imports`,
        none is run. `live` is the catalog of the process, of which less has to be read to renew neighbours."""
        self._workflow = workflow or Workflow()
        self._engine, self._every, self._clock, self._live = engine, every, clock, live
        self._settings = settings or Settings()
        self._couriers = Couriers(engine, self._settings, clock, self._workflow)
        self._imports = None if imports is None else ImportRunner(engine, imports, clock, self._workflow)

    def run_once(self, now: datetime | None = None) -> Worked:
        """Do all that is due, then send all that is due. Raises DatabaseProblem."""
        done = self.publish_due(now)
        renew_neighbours(self._engine, self._live())
        index_all(self._engine)
        taken, refused = self.deliver_due(now)
        self.prune(now)
        return Worked(done=done, taken=taken, refused=refused, imports=self.import_due())

    def publish_due(self, now: datetime | None = None) -> tuple[Done, ...]:
        """Run all due schedules, in the order in which they fell due. Raises DatabaseProblem."""
        instant, done = now or self._clock(), []
        while is_due(self._engine, instant) and (one := do_next(self._engine, instant, self._workflow)) is not None:
            done.append(one)
        return tuple(done)

    def deliver_due(self, now: datetime | None = None, stop: Event | None = None) -> tuple[int, int]:
        """Send all due deliveries. Return how many were taken, and how many were not. Raises DatabaseProblem."""
        return self._couriers.deliver_due(now, stop)

    def import_due(self, stop: Event | None = None) -> tuple[ImportJob, ...]:
        """Run all imports that wait, and return them as they ended. Raises DatabaseProblem."""
        return () if self._imports is None else self._imports.run_due(stop)

    def prune(self, now: datetime | None = None, stop: Event | None = None) -> None:
        """Remove events that were delivered longer ago than they are kept, some at a time. Raises DatabaseProblem."""
        before = (now or self._clock()) - self._settings.keep
        while stop is None or not stop.wait(PAUSE_SECONDS):
            with transaction(self._engine) as session:
                if not prune(session, before):
                    break
        if self._imports is not None:
            self._imports.prune()

    def run(self, stop: Event) -> None:
        """Work until told to stop. A database that cannot be reached is tried again, and logged once.

        Sending, renewing, pruning and importing have threads of their own: neither slow endpoints, many careers nor
        large tables delay a schedule.
        """
        steady = TrustedClock(self._clock)

        def publish() -> None:
            if (now := steady.now()) is not None:
                self.publish_due(now)

        works: tuple[tuple[Callable[[], object], float], ...] = (
            (lambda: self.deliver_due(stop=stop), self._every),
            (lambda: self.import_due(stop), self._every),
            (lambda: self._tidy(stop), PRUNE_SECONDS),
        )
        threads = [Thread(target=self._repeat, args=(work, stop, every), daemon=True) for work, every in works]
        threads.append(Thread(target=self._renew, args=(stop,), daemon=True))
        for thread in threads:
            thread.start()
        self._repeat(publish, stop, self._every)
        for thread in threads:
            thread.join()

    def _renew(self, stop: Event) -> None:
        """Renew neighbours after each publish. The first round of publishing comes first: it may publish."""
        stop.wait(self._every)
        self._repeat(Renewing(self._engine, self._live).renew, stop, min(self._every, RENEW_SECONDS))

    def _tidy(self, stop: Event) -> None:
        index_all(self._engine)
        self.prune(stop=stop)

    def _repeat(self, work: Callable[[], object], stop: Event, every: float) -> None:
        problem = None
        while not stop.is_set():
            try:
                require_writable(self._engine)
                work()
                problem = None
            except DatabaseProblem as found:
                if str(found) != problem:
                    LOG.warning("the worker waits: %s", found)
                problem = str(found)
            except Exception:  # a mistake of ours must not end all work for good
                LOG.exception("the worker goes on after an error")
            stop.wait(every)
