"""Unpublish documents, which stay as drafts; or archive them, neither live nor drafts."""

from collections.abc import Collection, Mapping
from functools import partial

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.editing.document_state import (
    is_present,
    is_stale,
    live_bodies,
    not_live,
    require_all,
    seen_states,
    unknown_document,
)
from careergraph.editorial.editing.guards import call_off
from careergraph.editorial.editing.newer_drafts import keep_drafted, newer_drafts
from careergraph.editorial.editing.publication import Published, Step, make_live
from careergraph.store.access.audit import record_all
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import append_all, bodies, bundle, close, states
from careergraph.store.editing.drafts import archive as put_away
from careergraph.store.editing.revisions import Cause
from careergraph.store.editing.schedules import Action


def unpublish(session: Session, actor: Actor, bases: Mapping[Key, int], note: str = "") -> Published:
    """Make documents live no longer, as one version. Raises Denied, Conflict for a base that is not the newest
    revision, and Rejected for one that is not live, or that live documents refer to (IN_USE names them)."""
    for key in bases:
        permit(actor, Verb.UNPUBLISH, key)
    live = {} if actor.scope.whole else live_bodies(session, bases)
    for key in bases:
        permit(actor, Verb.UNPUBLISH, key, live.get(key), None)
    seen_states(session, bases)
    return take_down(session, actor.name, bases, note)


def take_down(session: Session, author: str, keys: Collection[Key], note: str) -> Published:
    """Unpublish documents without checking rights. Raises Rejected."""
    current, live = states(session, keys), live_bodies(session, keys)
    require_all(partial(unknown_document, session), [it for it in keys if not is_present(current[it])])
    require_all(not_live, [it for it in keys if it not in live])
    newer = {
        key: drafts
        for key, state in current.items()
        if not is_stale(state) and (drafts := newer_drafts(session, state, state.published or 0))
    }
    published = make_live(session, author, Step(removed=list(keys), cause=Cause.UNPUBLISHED), note)
    close(session, keys)
    for key, drafts in newer.items():  # they come after the removal, so that they are the newer ones
        keep_drafted(session, current[key], drafts, author)
    numbers = append_all(session, {key: live[key] for key in keys if key not in newer}, author, note, Cause.UNPUBLISHED)
    for release in {current[key].release for key in numbers}:
        bundle(session, {key: it for key, it in numbers.items() if current[key].release == release}, release)
    for key in keys:
        call_off(session, key, Action.UNPUBLISH)
    detail = {"version": published.version, "note": note}
    record_all(session, author, Verb.UNPUBLISH, dict.fromkeys(keys, detail))
    return published


def archive(session: Session, actor: Actor, bases: Mapping[Key, int], note: str = "") -> Published:
    """Unpublish documents, as one version, and close their drafts. Their history stays, and a revert brings them back.
    Raises Denied, Conflict for a base that is not the newest revision, and Rejected for one that live documents refer
    to (IN_USE names them)."""
    for key in bases:
        permit(actor, Verb.ARCHIVE, key)
    current = seen_states(session, bases)
    before = {} if actor.scope.whole else {**bodies(session, bases), **live_bodies(session, bases)}
    for key in bases:
        permit(actor, Verb.ARCHIVE, key, before.get(key), None)
    step = Step(removed=[key for key, state in current.items() if state.live], cause=Cause.ARCHIVED)
    published = make_live(session, actor.name, step, note)
    close(session, bases)
    for key in bases:
        put_away(session, key)
        call_off(session, key, Action.PUBLISH, Action.UNPUBLISH)
    detail = {"version": published.version, "note": note}
    record_all(session, actor.name, Verb.ARCHIVE, dict.fromkeys(bases, detail))
    return published
