"""Schedules: say when to publish a draft or to unpublish a document, cancel a schedule, or confirm a held one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Body, Denied, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.approval import require_approved
from careergraph.editorial.editing.document_state import live_body, seen_state
from careergraph.editorial.editing.draft_body import decode_draft
from careergraph.editorial.editing.guards import is_scheduled, permit_members
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.editing.validation import require_step_valid
from careergraph.editorial.verbs.documents.publish import EVERYTHING, open_drafts
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import Key, key_of
from careergraph.store.documents.rows import read
from careergraph.store.editing.drafts import DocumentState, bodies_at, drafts
from careergraph.store.editing.schedules import Action, Schedule, add, cancel, confirm, schedules
from careergraph.store.editing.schedules import schedule as find_schedule


def schedule(  # noqa: PLR0913 - the fields of a schedule
    session: Session,
    actor: Actor,
    key: Key,
    action: Action,
    *,
    base: int,
    at: datetime,
    zone: str,
    note: str = "",
    locales: LocaleFilter = EVERYTHING,
) -> Schedule:
    """Schedule a document: its present draft is published, or its texts in some locales, whatever is drafted after it.

    Raises Denied, Conflict if `base` is not the newest revision, and Rejected for a bad time, without a draft or a live
    document, now or scheduled, and for what would fail then, as far as that is known now. Later problems become the
    schedule's outcome.
    """
    permit(actor, Verb.SCHEDULE, key)
    current = seen_state(session, key, base)
    live = live_body(session, key)
    if action is Action.PUBLISH:
        coming = open_drafts(session, {key: current.draft or base}, locales)
        if key not in coming:
            raise rejection(ProblemCode.NO_DRAFT, "the draft changes nothing in these locales", key)
        permit(actor, Verb.SCHEDULE, key, live, coming[key].body)
    else:
        if not locales.whole:
            raise rejection(ProblemCode.BAD_LOCALE, "an unpublish takes the document away in all locales", key)
        permit(actor, Verb.SCHEDULE, key, live, None)
        if live is None and not is_scheduled(session, key):
            raise rejection(ProblemCode.NOT_LIVE, "it is not live, nor scheduled to be", key)
    revision, due = current.draft if action is Action.PUBLISH else None, instant_of(at, zone)
    if revision is not None:
        require_approved(session, {key: revision})
    _refuse_again(session, current, action, due, locales)
    _require_workable(session, key, revision, due, locales)
    kept = locales.to_json()
    added = add(session, action, key, due, zone=zone, author=actor.name, revision=revision, locales=kept)
    detail = {"action": action, "revision": revision, "dueAt": added.due_at.isoformat(), "zone": zone, "note": note}
    record(session, actor.name, Verb.SCHEDULE, key, {"number": added.number, **detail, **kept})
    return added


def _refuse_again(
    session: Session, current: DocumentState, action: Action, due: datetime, locales: LocaleFilter
) -> None:
    """Raise Rejected for an action that is scheduled already, for the document or for its release: of two of one
    document, the later one must publish something that the earlier one does not."""
    same = [it for it in schedules(session, current.key) if it.action is action]
    if action is Action.PUBLISH and current.release is not None:
        same += schedules(session, current.release)
    for other in same:
        earlier, later = LocaleFilter.read(other.locales), locales
        if other.due_at > due:
            earlier, later = later, earlier
        if earlier.covers(later):
            of = other.subject if isinstance(other.subject, str) else current.key[1]
            message = f"schedule {other.number} of {quoted(of)} does that already, at {other.due_at.isoformat()}"
            raise rejection(ProblemCode.SCHEDULED, f"{message}; cancel it first", current.key)


def _require_workable(session: Session, key: Key, revision: int | None, due: datetime, locales: LocaleFilter) -> None:
    """Raise Rejected with the problems that a publish of a revision, or (None) an unpublish, adds to those of what is
    scheduled before it."""
    coming: dict[Key, Body | None] = {}
    for earlier in schedules(session):
        if earlier.due_at > due:
            break
        if isinstance(earlier.subject, str):
            coming |= bodies_at(session, {it.key: it.release_revision or 0 for it in drafts(session, earlier.subject)})
        else:
            _lay(session, coming, earlier.subject, earlier.revision, LocaleFilter.read(earlier.locales))
    former = _problems(session, coming)
    _lay(session, coming, key, revision, locales)
    if fresh := [it for it in _problems(session, coming) if it not in former]:
        raise Rejected(fresh)


def _lay(
    session: Session, coming: dict[Key, Body | None], key: Key, revision: int | None, locales: LocaleFilter
) -> None:
    """Lay a revision in some locales, or (None) a removal, over the documents that come before it."""
    before = coming[key] if key in coming else live_body(session, key)
    body = None if revision is None else bodies_at(session, {key: revision}).get(key)
    coming[key] = body if body is None or before is None else locales.part(key[0], body, before)


def _problems(session: Session, coming: Mapping[Key, Body | None]) -> tuple[Problem, ...]:
    """Return the problems of documents that come, and of those (None) that go, at once."""
    removed = {key for key, body in coming.items() if body is None}
    before = {key_of(document): document for document in read(session, coming)}
    try:
        documents = [decode_draft(key, body) for key, body in coming.items() if body is not None]
        require_step_valid(session, before, documents, removed)
    except Rejected as refused:
        return refused.problems
    return ()


def cancel_schedule(session: Session, actor: Actor, number: int, note: str = "") -> Schedule:
    """Cancel a schedule. Raises Denied, and Rejected for one that is done, cancelled or unknown."""
    pending, key = _permitted_schedule(session, actor, number)
    if not cancel(session, number):
        raise rejection(ProblemCode.CLOSED, "it was done or cancelled before")
    record(session, actor.name, Verb.SCHEDULE, key, {"number": number, "cancelled": True, "note": note})
    return replace(pending, cancelled=True)


def confirm_schedule(session: Session, actor: Actor, number: int, note: str = "") -> Schedule:
    """Let a held schedule run, in the actor's name; at once if it is overdue. Raises Denied, and Rejected for one that
    is not held."""
    waiting, key = _permitted_schedule(session, actor, number)
    if not confirm(session, number, actor.name):
        raise rejection(ProblemCode.CLOSED, "it is not held")
    record(session, actor.name, Verb.SCHEDULE, key, {"number": number, "confirmed": True, "note": note})
    return replace(waiting, held_reason=None, author=actor.name)


def _permitted_schedule(session: Session, actor: Actor, number: int) -> tuple[Schedule, Key | None]:
    """Return a schedule that the actor may change, with its document. Raises Denied, within limits also for one that is
    not there, and Rejected."""
    permit(actor, Verb.SCHEDULE)
    pending = find_schedule(session, number)
    if pending is None:
        if actor.scope.limited:
            raise Denied
        raise rejection(ProblemCode.UNKNOWN, f"there is no schedule {number}")
    if isinstance(pending.subject, str):
        permit_members(session, actor, Verb.SCHEDULE, pending.subject)
        return pending, None
    key, coming = pending.subject, dict[Key, Body | None]()
    if not actor.scope.whole:
        _lay(session, coming, key, pending.revision, LocaleFilter.read(pending.locales))
    permit(actor, Verb.SCHEDULE, key, live_body(session, key) if coming else None, coming.get(key))
    return pending, key
