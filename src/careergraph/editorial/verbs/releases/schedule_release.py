"""Schedule a release: say when all of its drafts are to be published."""

from datetime import datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.editing.document_state import live_body
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.editing.release_guard import members, require_open
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.access.audit import record
from careergraph.store.editing.schedules import Action, Schedule, add


def schedule_release(  # noqa: PLR0913 - who, what, when, where clocks show it, why
    session: Session, actor: Actor, release: str, *, at: datetime, zone: str, note: str = ""
) -> Schedule:
    """Schedules a release. From then on only who may schedule may change what is in it. Raises Denied, Rejected and
    Conflict, as publishing it now would for its drafts."""
    permit(actor, Verb.SCHEDULE)
    permit(actor, Verb.PUBLISH_RELEASE)
    require_open(session, release)
    for key, body in open_drafts(session, members(session, release)).items():
        permit(actor, Verb.SCHEDULE, key, live_body(session, key), body)
    added = add(session, Action.PUBLISH, release, instant_of(at, zone), zone=zone, author=actor.name)
    detail = {"release": release, "dueAt": added.due_at.isoformat(), "zone": zone, "note": note}
    record(session, actor.name, Verb.SCHEDULE, None, {"number": added.number, **detail})
    return added
