"""Schedule: say when a draft is to be published, or a document to be published no longer."""

from datetime import datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import existing_state, live_body
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.access.audit import record
from careergraph.store.editing.schedules import Action, Schedule, add, schedules


def schedule(  # noqa: PLR0913 - who, what, when, where clocks show it, why
    session: Session, actor: Actor, key: Key, action: Action, *, at: datetime, zone: str, note: str = ""
) -> Schedule:
    """Schedules a document. From then on only who may schedule may change its draft.

    What is wrong then with what is to be published is found then, and noted as the schedule's outcome. Raises Denied,
    and Rejected for a bad time, and where there is nothing to publish, nor anything scheduled that there would be.
    """
    permit(actor, Verb.SCHEDULE, key)
    existing_state(session, key)
    live = live_body(session, key)
    if action is Action.PUBLISH:
        permit(actor, Verb.SCHEDULE, key, live, open_drafts(session, [key])[key])
    else:
        permit(actor, Verb.SCHEDULE, key, live, None)
        if live is None and not _is_future(session, key):
            raise rejection(ProblemCode.NOT_LIVE, "it is not live, nor scheduled to be", key)
    added = add(session, action, key, instant_of(at, zone), zone=zone, author=actor.name)
    detail = {"action": action, "dueAt": added.due_at.isoformat(), "zone": zone, "note": note}
    record(session, actor.name, Verb.SCHEDULE, key, {"number": added.number, **detail})
    return added


def _is_future(session: Session, key: Key) -> bool:
    return any(it.action is Action.PUBLISH for it in schedules(session, key))
