"""Discard a draft: close it without publishing it."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.editing.document_state import draft_body, existing_state, live_body
from careergraph.editorial.editing.schedule_guard import call_off, refuse_scheduled
from careergraph.store.access.audit import record
from careergraph.store.editing.drafts import close
from careergraph.store.editing.imported import forget
from careergraph.store.editing.schedules import Action


def discard_draft(session: Session, actor: Actor, key: Key, note: str = "") -> None:
    """Closes the open draft of a document, which stays in its history. Raises Denied and Rejected."""
    permit(actor, Verb.DISCARD_DRAFT, key)
    state = existing_state(session, key)
    permit(actor, Verb.DISCARD_DRAFT, key, draft_body(session, key), live_body(session, key))
    refuse_scheduled(session, actor, state)
    close(session, [key])
    forget(session, key, state.published or 0)
    call_off(session, key, Action.PUBLISH)
    record(session, actor.name, Verb.DISCARD_DRAFT, key, {"revision": state.draft, "note": note})
