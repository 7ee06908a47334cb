"""Unpublish: take a document from what is live. It stays as a draft."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import Body, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import existing_state, is_stale, live_body
from careergraph.editorial.editing.publication import Published, Step, make_live
from careergraph.editorial.editing.schedule_guard import call_off
from careergraph.store.access.audit import record
from careergraph.store.editing.drafts import append, bodies, bundle, close
from careergraph.store.editing.schedules import Action


def unpublish(session: Session, actor: Actor, key: Key, note: str = "") -> Published:
    """Makes a document live no longer. Raises Denied, and Rejected where it is not live, or where others that stay live
    refer to it (IN_USE names them)."""
    permit(actor, Verb.UNPUBLISH, key)
    permit(actor, Verb.UNPUBLISH, key, live_body(session, key), None)
    return take_down(session, actor.name, key, note)


def take_down(session: Session, author: str, key: Key, note: str) -> Published:
    """Unpublishes what nobody needs to be asked about any more."""
    current = existing_state(session, key)
    body = live_body(session, key)
    if body is None:
        raise rejection(ProblemCode.NOT_LIVE, "it is not live", key)
    draft: Body | None = body if is_stale(current) else bodies(session, [key]).get(key, body)
    published = make_live(session, author, Step(removed=[key]), note)
    close(session, [key])
    append(session, key, draft, author, note)  # after the removal, so that the draft is not older than what is live
    bundle(session, [key], current.release)
    call_off(session, key, Action.UNPUBLISH)
    record(session, author, Verb.UNPUBLISH, key, {"version": published.version, "note": note})
    return published
