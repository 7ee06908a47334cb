"""Due: carries out what is scheduled, once, when its time has come."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Refusal
from careergraph.editorial.worker.carry_out import carry_out
from careergraph.store.access.audit import record
from careergraph.store.database.database import reading, transaction
from careergraph.store.editing.schedules import Schedule, claim, finish, next_due
from careergraph.store.events.outbox import enqueue

LOG = logging.getLogger("careergraph.worker")

FAILED = "schedule.failed"
"""The event that something scheduled could not be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One schedule that fell due, how it went in words, and whether it did what it was for."""

    schedule: Schedule
    outcome: str
    good: bool


def is_due(engine: Engine, now: datetime) -> bool:
    """Whether something scheduled waits to be done. Writes nothing, so looking often disturbs nobody."""
    with reading(engine) as session:
        due = next_due(session)
    return due is not None and due <= now


def do_next(engine: Engine, now: datetime) -> Done | None:
    """Carries out the schedule that has been due longest; None where nothing is due.

    Claiming it, carrying it out and noting its outcome are one transaction: after a crash it is still due, and no other
    worker can carry it out too. A failure is noted, recorded and sent as an event, and never tried again. Raises
    DatabaseProblem, after which it is still due.
    """
    with transaction(engine) as session:
        due = claim(session, now)
        if due is None:
            return None
        done = _attempt(session, due)
        finish(session, due.number, done.outcome)
        _record(session, done)
    return done


def _attempt(session: Session, due: Schedule) -> Done:
    """Does it in a savepoint, so that of what fails nothing is kept but the reason."""
    try:
        with session.begin_nested():
            published = carry_out(session, due)
    except Refusal as refusal:
        return Done(schedule=due, outcome=f"failed: {refusal}", good=False)
    except (OperationalError, InterfaceError):
        raise  # the database is what fails: another time
    except Exception as problem:
        LOG.exception("schedule %d failed for no reason that anybody expected", due.number)
        return Done(schedule=due, outcome=f"failed: {type(problem).__name__}", good=False)
    version = "nothing had changed" if published.version is None else f"version {published.version}"
    return Done(schedule=due, outcome=version, good=True)


def _record(session: Session, done: Done) -> None:
    due = done.schedule
    key = None if isinstance(due.subject, str) else due.subject
    detail = {**_event_fields(due), "outcome": done.outcome, "good": done.good}
    record(session, due.author, "carry-out", key, detail)
    if done.good:
        LOG.info("schedule %d: %s", due.number, done.outcome)
    else:
        LOG.error("schedule %d of %s %s", due.number, due.author, done.outcome)
        enqueue(session, FAILED, None, {**_event_fields(due), "reason": done.outcome}, None)


def _event_fields(due: Schedule) -> dict[str, Any]:
    named = due.subject
    about = {"release": named} if isinstance(named, str) else {"type": named[0], "slug": named[1]}
    return {"schedule": due.number, "action": str(due.action), **about, "dueAt": due.due_at.isoformat()}
