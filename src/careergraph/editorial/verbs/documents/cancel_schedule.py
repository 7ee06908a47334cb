"""Cancel a schedule."""

from dataclasses import replace

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.access.audit import record
from careergraph.store.editing.schedules import Schedule, cancel
from careergraph.store.editing.schedules import schedule as find


def cancel_schedule(session: Session, actor: Actor, number: int, note: str = "") -> Schedule:
    """Does not do what is scheduled. Raises Denied, and Rejected where it is done, cancelled, or was never there."""
    permit(actor, Verb.SCHEDULE)
    schedule = find(session, number)
    if schedule is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no schedule {number}")
    key = None if isinstance(schedule.subject, str) else schedule.subject
    permit(actor, Verb.SCHEDULE, key)
    if not cancel(session, number):
        raise rejection(ProblemCode.CLOSED, "it was done or cancelled before")
    record(session, actor.name, Verb.SCHEDULE, key, {"number": number, "cancelled": True, "note": note})
    return replace(schedule, cancelled=True)
