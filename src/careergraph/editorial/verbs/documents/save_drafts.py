"""Save drafts: write many documents down at once, into a release. For each it is what `save_draft` and `add_to_release`
are, in a few statements for all of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import Body, Conflict
from careergraph.editorial.editing.document_state import body_at, live_bodies, newest, no_draft, plain
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.release_guard import refuse_scheduled_release, require_open, require_scope
from careergraph.editorial.editing.schedule_guard import refuse_scheduled
from careergraph.store.access.audit import record_all
from careergraph.store.editing.drafts import DocumentState, append_all, archive, bundle, states


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as it is to be. `base` is the revision it starts from, None where there is no such document yet; None
    as `body` is for a document that is to go."""

    key: Key
    body: Body | None
    base: int | None


def save_drafts(
    session: Session, actor: Actor, release: str, drafts: Sequence[Draft], note: str = ""
) -> dict[Key, int]:
    """Writes drafts over the revisions that they start from, and puts them into an open release. Answers the number of
    each one's revision.

    Raises Denied, Rejected and Conflict, as `save_draft` and `add_to_release` do for each; a document that is to go
    needs the right to unpublish it. Unlike there, a draft that is as the document was is a revision all the same.
    """
    for verb in (Verb.SAVE_DRAFT, Verb.ADD_TO_RELEASE):
        permit(actor, verb)
    require_open(session, release)
    refuse_scheduled_release(session, actor, release)
    current = states(session, [draft.key for draft in drafts])
    _require_rights(session, actor, drafts)
    for draft in drafts:
        _require_base(session, current[draft.key], draft)
        refuse_scheduled(session, actor, current[draft.key])
    return _write(session, actor, release, drafts, current, note)


def add_drafts(session: Session, actor: Actor, release: str, keys: Collection[Key]) -> None:
    """Puts open drafts into an open release, as `add_to_release` does for each. Raises Denied and Rejected."""
    for key in keys:
        permit(actor, Verb.ADD_TO_RELEASE, key)
    require_open(session, release)
    refuse_scheduled_release(session, actor, release)
    current = states(session, keys)
    for key in keys:
        if current[key].draft is None:
            raise no_draft(key)
        refuse_scheduled(session, actor, current[key])
    _put(session, actor, release, current)


def _require_rights(session: Session, actor: Actor, drafts: Sequence[Draft]) -> None:
    live = {} if actor.scope.whole else live_bodies(session, [draft.key for draft in drafts])
    for draft in drafts:
        permit(actor, Verb.ADD_TO_RELEASE, draft.key)
        if draft.body is None:
            permit(actor, Verb.UNPUBLISH, draft.key, live.get(draft.key), None)
        else:
            before = None if actor.scope.whole else body_at(session, draft.key, draft.base)
            permit(actor, Verb.SAVE_DRAFT, draft.key, before, draft.body)


def _require_base(session: Session, current: DocumentState, draft: Draft) -> None:
    last = newest(current)
    if last != draft.base:
        started, theirs = body_at(session, draft.key, draft.base), body_at(session, draft.key, last)
        raise Conflict(draft.key, last or 0, started, draft.body, theirs)


def _write(  # noqa: PLR0913, PLR0917 - what is written where, by whom, over what, why
    session: Session,
    actor: Actor,
    release: str,
    drafts: Sequence[Draft],
    current: Mapping[Key, DocumentState],
    note: str,
) -> dict[Key, int]:
    bodies = {
        state.key: None if state.body is None else plain(parse_body(state.key[0], state.body)) for state in drafts
    }
    numbers = append_all(session, bodies, actor.name, note)
    for state in current.values():
        if state.archived and bodies[state.key] is not None:
            archive(session, state.key, archived=False)
    saved = {key: {"revision": number, "note": note} for key, number in numbers.items()}
    going = [key for key, body in bodies.items() if body is None]
    record_all(session, actor.name, Verb.SAVE_DRAFT, {key: state for key, state in saved.items() if key not in going})
    record_all(session, actor.name, Verb.UNPUBLISH, {key: saved[key] | {"drafted": True} for key in going})
    _put(session, actor, release, current)
    return numbers


def _put(session: Session, actor: Actor, release: str, current: Mapping[Key, DocumentState]) -> None:
    require_scope(session, actor, release, current)
    bundle(session, list(current), release)
    details = {key: {"release": release, "before": it.release} for key, it in current.items()}
    record_all(session, actor.name, Verb.ADD_TO_RELEASE, details)
