"""Discard a release: close it without publishing it."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.editing.release_guard import require_open
from careergraph.editorial.editing.schedule_guard import call_off
from careergraph.store.access.audit import record
from careergraph.store.editing.releases import discard
from careergraph.store.editing.schedules import Action


def discard_release(session: Session, actor: Actor, release: str, note: str = "") -> None:
    """Closes a release; its drafts stay open, in none. Raises Denied and Rejected."""
    permit(actor, Verb.DISCARD_RELEASE)
    require_open(session, release)
    discard(session, release)
    call_off(session, release, Action.PUBLISH)
    record(session, actor.name, Verb.DISCARD_RELEASE, None, {"release": release, "note": note})
