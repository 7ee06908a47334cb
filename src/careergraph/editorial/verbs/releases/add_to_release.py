"""Add to a release: put open drafts into it, or take them out of theirs."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.editing.document_state import existing_state, no_draft
from careergraph.editorial.editing.release_guard import refuse_scheduled_release, require_open, require_scope
from careergraph.editorial.editing.schedule_guard import refuse_scheduled
from careergraph.store.access.audit import record
from careergraph.store.editing.drafts import bundle


def add_to_release(session: Session, actor: Actor, release: str, keys: Iterable[Key]) -> None:
    """Puts open drafts into an open release, out of any that they were in. Raises Denied and Rejected."""
    permitted = _permitted_keys(actor, keys)
    require_open(session, release)
    refuse_scheduled_release(session, actor, release)
    require_scope(session, actor, release, permitted)
    _put(session, actor, permitted, release)


def remove_from_release(session: Session, actor: Actor, keys: Iterable[Key]) -> None:
    """Takes drafts out of their releases. They stay open. Raises Denied and Rejected."""
    _put(session, actor, _permitted_keys(actor, keys), None)


def _permitted_keys(actor: Actor, keys: Iterable[Key]) -> tuple[Key, ...]:
    """The keys, each once, when the actor may add them all. Checked before any look-up, so that a refusal reveals
    nothing. Raises Denied."""
    permit(actor, Verb.ADD_TO_RELEASE)
    permitted = tuple(dict.fromkeys(keys))
    for key in permitted:
        permit(actor, Verb.ADD_TO_RELEASE, key)
    return permitted


def _put(session: Session, actor: Actor, keys: tuple[Key, ...], release: str | None) -> None:
    for key in keys:
        state = existing_state(session, key)
        if state.draft is None:
            raise no_draft(key)
        refuse_scheduled(session, actor, state)
        record(session, actor.name, Verb.ADD_TO_RELEASE, key, {"release": release, "before": state.release})
    bundle(session, keys, release)
