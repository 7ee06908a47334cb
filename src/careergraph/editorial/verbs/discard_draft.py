"""Discard a draft: close it without publishing it."""

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor
from careergraph.editorial.roles import Verb, permit
from careergraph.editorial.verbs.agenda import call_off, heed
from careergraph.editorial.verbs.standing import draft_body, existing_state, live_body
from careergraph.editorial.world import Key
from careergraph.store.audit import record
from careergraph.store.drafts import close
from careergraph.store.imported import forget
from careergraph.store.schedules import Action


def discard_draft(session: Session, actor: Actor, key: Key, note: str = "") -> None:
    """Closes the open draft of a document, which stays in its history. Raises Denied and Rejected."""
    permit(actor, Verb.DISCARD_DRAFT, key)
    state = existing_state(session, key)
    permit(actor, Verb.DISCARD_DRAFT, key, draft_body(session, key), live_body(session, key))
    heed(session, actor, state)
    close(session, [key])
    forget(session, key, state.published or 0)
    call_off(session, key, Action.PUBLISH)
    record(session, actor.name, Verb.DISCARD_DRAFT, key, {"revision": state.draft, "note": note})
