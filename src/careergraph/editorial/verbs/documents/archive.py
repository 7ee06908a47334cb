"""Archive: put a document away, neither live nor a draft."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.editing.document_state import existing_state, live_body
from careergraph.editorial.editing.publication import Published, Step, make_live
from careergraph.editorial.editing.schedule_guard import call_off
from careergraph.store.access.audit import record
from careergraph.store.editing.drafts import archive as put_away
from careergraph.store.editing.drafts import bodies, close
from careergraph.store.editing.schedules import Action


def archive(session: Session, actor: Actor, key: Key, note: str = "") -> Published:
    """Takes a document from what is live, and closes its draft. Its history stays, and a revert brings it back. Raises
    Denied, and Rejected where others that stay live refer to it (IN_USE names them)."""
    permit(actor, Verb.ARCHIVE, key)
    state = existing_state(session, key)
    before = live_body(session, key) or bodies(session, [key]).get(key)
    permit(actor, Verb.ARCHIVE, key, before, None)
    step = Step(removed=[key] if state.live else [])
    published = make_live(session, actor.name, step, note)
    close(session, [key])
    put_away(session, key)
    call_off(session, key, Action.PUBLISH, Action.UNPUBLISH)
    record(session, actor.name, Verb.ARCHIVE, key, {"version": published.version, "note": note})
    return published
