"""Save many drafts into a release at once, as `save_draft` and `add_to_release` do for each, in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import Body, Conflict
from careergraph.editorial.editing.document_state import body_at, live_bodies, newest, plain
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.guards import refuse_scheduled_release, require_open, require_scope
from careergraph.editorial.hooks.proposals import Moment, propose
from careergraph.store.access.audit import record_all
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import DocumentState, append_all, archive, bundle, states
from careergraph.store.editing.revisions import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document to save. `base` is the revision that it starts from, None for a new document; the `body` None removes
    it."""

    key: Key
    body: Body | None
    base: int | None


def save_drafts(  # noqa: PLR0913, PLR0917 - the drafts, and the fields of their revisions
    session: Session,
    actor: Actor,
    release: str,
    drafts: Sequence[Draft],
    note: str = "",
    cause: Cause = Cause.SAVED,
) -> dict[Key, int]:
    """Write drafts over their base revisions, and put them into an open release. Return the number of each revision.

    Raises Denied, Rejected and Conflict, as `save_draft` and `add_to_release` do for each; a removal needs the right to
    unpublish. Unlike there, an unchanged document makes a revision too.
    """
    for verb in (Verb.SAVE_DRAFT, Verb.ADD_TO_RELEASE):
        permit(actor, verb)
    require_open(session, release)
    refuse_scheduled_release(session, actor, release)
    current = states(session, [draft.key for draft in drafts])
    require_rights(session, actor, drafts)
    for draft in drafts:
        _require_base(session, current[draft.key], draft)
    return _write(session, actor, release, drafts, current, note, cause)


def require_rights(session: Session, actor: Actor, drafts: Sequence[Draft]) -> None:
    """Require the rights to save drafts into a release, a removal included. Raises Denied."""
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


def _write(  # noqa: PLR0913, PLR0917 - the drafts, and the fields of their revisions
    session: Session,
    actor: Actor,
    release: str,
    drafts: Sequence[Draft],
    current: Mapping[Key, DocumentState],
    note: str,
    cause: Cause,
) -> dict[Key, int]:
    bodies = {draft.key: _parsed(draft) for draft in drafts}
    propose(session, Moment.BEFORE_SAVE, Verb.SAVE_DRAFT, actor.name, bodies, note)
    anew = {draft.key for draft in drafts if draft.base is None}
    numbers = append_all(session, bodies, actor.name, note, cause, anew)
    for state in current.values():
        if state.archived and bodies[state.key] is not None:
            archive(session, state.key, archived=False)
    saved = {key: {"revision": number, "note": note} for key, number in numbers.items()}
    going = [key for key, body in bodies.items() if body is None]
    record_all(session, actor.name, Verb.SAVE_DRAFT, {key: state for key, state in saved.items() if key not in going})
    record_all(session, actor.name, Verb.UNPUBLISH, {key: saved[key] | {"drafted": True} for key in going})
    require_scope(session, actor, release, current)
    put_into_release(session, actor, release, current, numbers)
    return numbers


def _parsed(draft: Draft) -> Body | None:
    """Return the body of a draft as it is saved: the very object where nothing is missing, as imports have many."""
    if draft.body is None:
        return None
    body = plain(parse_body(draft.key[0], draft.body))
    return draft.body if body == draft.body else body


def put_into_release(  # noqa: PLR0913, PLR0917 - the drafts, and how they are put in
    session: Session,
    actor: Actor,
    release: str | None,
    current: Mapping[Key, DocumentState],
    revisions: Mapping[Key, int],
    locales: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Put revisions of drafts, with their states until now, into a release, or (None) out of the one of each. The log
    tells which `locales` they have of the drafts."""
    bundle(session, revisions, release)
    details = {key: {"release": release, "before": it.release, **locales} for key, it in current.items()}
    record_all(session, actor.name, Verb.ADD_TO_RELEASE, details)
