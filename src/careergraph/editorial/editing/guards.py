"""Guards: the conditions on releases and schedules that verbs require."""

from collections.abc import Collection, Mapping
from hashlib import sha256

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import live_bodies
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import DocumentState, bodies, bodies_at, revisions_in
from careergraph.store.editing.releases import Release, release
from careergraph.store.editing.schedules import Action, Subject, cancel, schedules


def refuse_scheduled(session: Session, actor: Actor, state: DocumentState) -> None:
    """Require the right to schedule for a change to a scheduled draft. Raises Rejected."""
    if may(actor, Verb.SCHEDULE, state.key):
        return
    if is_scheduled(session, state.key) or (state.release is not None and is_scheduled(session, state.release)):
        raise rejection(ProblemCode.SCHEDULED, "it is scheduled; only who may schedule may change it", state.key)


def is_scheduled(session: Session, subject: Subject) -> bool:
    """Return whether a draft or a release is to be published at some time."""
    return any(it.action is Action.PUBLISH for it in schedules(session, subject))


def call_off_all(session: Session, published: Mapping[Key, tuple[int, LocaleFilter]]) -> None:
    """Cancel the scheduled publishes that published revisions leave nothing to: those of the same one in no other
    locale, and those of an earlier one in any of these locales."""
    for schedule in schedules(session):
        if schedule.action is not Action.PUBLISH or isinstance(schedule.subject, str):
            continue
        revision, locales = published.get(schedule.subject, (-1, LocaleFilter()))
        scheduled, waiting = schedule.revision or 0, LocaleFilter.read(schedule.locales)
        done = locales.covers(waiting) if scheduled == revision else locales.overlaps(waiting)
        if scheduled <= revision and done:
            cancel(session, schedule.number)


def call_off(session: Session, subject: Subject, *actions: Action) -> None:
    """Cancel schedules that have nothing to do any longer: they would do it to a later draft, unasked."""
    for schedule in schedules(session, subject):
        if schedule.action in actions:
            cancel(session, schedule.number)


def existing_release(session: Session, slug: str) -> Release:
    """Return a release, open or not. Raises Rejected for an unknown one."""
    record = release(session, slug)
    if record is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no release {quoted(slug)}")
    return record


def require_open(session: Session, slug: str) -> Release:
    """Return a release that is still open. Raises Rejected."""
    record = existing_release(session, slug)
    if not record.open:
        raise rejection(ProblemCode.CLOSED, "the release was published or discarded")
    return record


def members(session: Session, slug: str) -> dict[Key, int]:
    """Return the revisions in a release, by document. Raises Rejected for an empty one."""
    revisions = revisions_in(session, slug)
    if not revisions:
        raise rejection(ProblemCode.NO_DRAFT, "the release holds no draft")
    return revisions


def state_of(session: Session, slug: str) -> str:
    """Return the state of a release, in hex: another one with any other document or revision in it."""
    revisions = [(*key, number) for key, number in revisions_in(session, slug).items()]
    return sha256(repr(revisions).encode()).hexdigest()[:16]


def seen_members(session: Session, slug: str, base: str) -> dict[Key, int]:
    """Return the revisions in a release whose state is the one that the actor saw. Raises Rejected."""
    revisions = members(session, slug)
    require_state(session, slug, base)
    return revisions


def require_state(session: Session, slug: str, base: str) -> None:
    """Require a release to be in the state that the actor saw. Raises Rejected."""
    if state_of(session, slug) != base:
        message = f"the release is not what it was at {quoted(base)}: read its documents and its `state` again"
        raise rejection(ProblemCode.CHANGED, message, steps=("state",))


def refuse_scheduled_release(session: Session, actor: Actor, slug: str) -> None:
    """Require the right to schedule for a change to a scheduled release. Raises Rejected."""
    if not may(actor, Verb.SCHEDULE) and is_scheduled(session, slug):
        raise rejection(ProblemCode.SCHEDULED, "the release is scheduled; only who may schedule may change it")


def permit_members(session: Session, actor: Actor, verb: Verb, slug: str) -> None:
    """Require a verb for each document of a release, with what the release changes in it. Raises Denied."""
    revisions = revisions_in(session, slug)
    live, coming = ({}, {}) if actor.scope.whole else (live_bodies(session, revisions), bodies_at(session, revisions))
    for key in revisions:
        permit(actor, verb, key, live.get(key), coming.get(key))


def require_scope(session: Session, actor: Actor, slug: str, keys: Collection[Key]) -> None:
    """Require the right to schedule each document for a scheduled release, with which it goes live. Raises Denied."""
    if actor.scope.whole or not is_scheduled(session, slug):
        return
    live, drafted = live_bodies(session, keys), bodies(session, keys)
    for key in keys:
        permit(actor, Verb.SCHEDULE, key, live.get(key), drafted.get(key))
