"""Releases: open one, put drafts into it, schedule it, publish all of it as one version, or discard it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.approval import require_approved
from careergraph.editorial.editing.document_state import (
    is_present,
    live_bodies,
    live_body,
    no_draft,
    require_all,
    require_some,
    seen_states,
    unknown_document,
)
from careergraph.editorial.editing.guards import (
    call_off,
    members,
    permit_members,
    refuse_scheduled_release,
    require_open,
    require_scope,
    seen_members,
)
from careergraph.editorial.editing.local_time import instant_of
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.documents.parts import set_parts_apart
from careergraph.editorial.verbs.documents.publish import EVERYTHING, OpenDraft, open_drafts, publish_drafts
from careergraph.editorial.verbs.documents.save_drafts import put_into_release
from careergraph.store.access.audit import record
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import DocumentState, states
from careergraph.store.editing.releases import Release, discard, finish
from careergraph.store.editing.releases import open_release as insert_release
from careergraph.store.editing.releases import release as find_release
from careergraph.store.editing.schedules import Action, Schedule, add, schedules


def open_release(session: Session, actor: Actor, slug: str, title: str, note: str = "") -> Release:
    """Open a release without drafts. Raises Denied, and Rejected for an invalid slug or title, or a slug in use."""
    permit(actor, Verb.OPEN_RELEASE)
    problems = [*form.slug(slug, ("slug",)), *form.name(title, ("title",)), *form.strings(note, ("note",))]
    if problems:
        raise Rejected(problems)
    if find_release(session, slug) is not None:
        raise rejection(ProblemCode.TAKEN, f"there is a release {quoted(slug)} already", steps=("slug",))
    opened = insert_release(session, slug, title, note, actor.name)
    record(session, actor.name, Verb.OPEN_RELEASE, None, {"release": slug, "note": note})
    return opened


def add_to_release(  # noqa: PLR0913 - the drafts, and how they are put in
    session: Session,
    actor: Actor,
    release: str,
    bases: Mapping[Key, int],
    *,
    locales: LocaleFilter = EVERYTHING,
    move: bool = False,
) -> None:
    """Put open drafts into an open release, each as the revision that the actor saw, or their texts in some `locales`.
    A draft that is saved later is not in it, until it is added anew. Raises Denied, Rejected, also for no draft and for
    one that is in another release (unless they `move`, as an import takes over what one before it drafted), and
    Conflict for a draft that is another one now, or, with locales, older than the live document."""
    permitted = _permitted_keys(actor, bases)
    require_open(session, release)
    refuse_scheduled_release(session, actor, release)
    require_scope(session, actor, release, permitted)
    current = seen_states(session, bases)
    if not move and (others := _elsewhere(current.values(), release)):
        raise Rejected(others)
    parts = {} if locales.whole else set_parts_apart(session, current, locales)
    _move(session, actor, permitted, release, parts, locales)


def _elsewhere(current: Iterable[DocumentState], release: str) -> list[Problem]:
    """Return the problems of drafts that are in other releases."""
    others = [it for it in current if it.draft is not None and it.release not in (None, release)]
    message = "it is in the release {}: take it out of that first"
    code = ProblemCode.IN_RELEASE
    return [Problem(code, message.format(quoted(it.release or "")), (), *it.key) for it in others]


def remove_from_release(session: Session, actor: Actor, keys: Iterable[Key]) -> None:
    """Take drafts out of their releases; they stay open. Raises Denied and Rejected."""
    _move(session, actor, _permitted_keys(actor, keys), None)


def _permitted_keys(actor: Actor, keys: Iterable[Key]) -> tuple[Key, ...]:
    """Return the keys, each once, before any look-up, so that a refusal reveals nothing. Raises Denied."""
    permit(actor, Verb.ADD_TO_RELEASE)
    permitted = tuple(dict.fromkeys(keys))
    require_some(permitted)
    for key in permitted:
        permit(actor, Verb.ADD_TO_RELEASE, key)
    return permitted


def _move(  # noqa: PLR0913, PLR0917 - the drafts, and how they are put in
    session: Session,
    actor: Actor,
    keys: tuple[Key, ...],
    release: str | None,
    parts: Mapping[Key, int] = MappingProxyType({}),
    locales: LocaleFilter = EVERYTHING,
) -> None:
    """Put drafts into a release, or out of theirs; in the place of some, the revisions that are their `parts`."""
    current = states(session, keys)
    require_all(partial(unknown_document, session), [key for key, state in current.items() if not is_present(state)])
    require_all(no_draft, [key for key, state in current.items() if state.draft is None])
    for former in {state.release for state in current.values() if state.release is not None}:
        refuse_scheduled_release(session, actor, former)
    revisions = {key: state.draft for key, state in current.items() if state.draft is not None}
    put_into_release(session, actor, release, current, {**revisions, **parts}, locales.to_json())


def schedule_release(  # noqa: PLR0913 - the fields of a schedule
    session: Session, actor: Actor, release: str, *, base: str, at: datetime, zone: str, note: str = ""
) -> Schedule:
    """Schedule a release; from then on only actors who may schedule may change its members. Raises Denied, Rejected,
    also if it is scheduled already or `base` is not its state, and Conflict, as publishing it now would."""
    permit(actor, Verb.SCHEDULE)
    permit(actor, Verb.PUBLISH_RELEASE)
    require_open(session, release)
    drafts = open_drafts(session, seen_members(session, release, base))
    for other in schedules(session, release):
        message = f"schedule {other.number} publishes the release already, at {other.due_at.isoformat()}"
        raise rejection(ProblemCode.SCHEDULED, f"{message}; cancel it first")
    for key, draft in drafts.items():
        permit(actor, Verb.SCHEDULE, key, live_body(session, key), draft.body)
    require_approved(session, {key: draft.revision for key, draft in drafts.items()})
    added = add(session, Action.PUBLISH, release, instant_of(at, zone), zone=zone, author=actor.name)
    detail = {"release": release, "dueAt": added.due_at.isoformat(), "zone": zone, "note": note}
    record(session, actor.name, Verb.SCHEDULE, None, {"number": added.number, **detail})
    return added


def publish_release(session: Session, actor: Actor, release: str, note: str = "", *, base: str) -> Published:
    """Publish the revisions in a release, all of whose documents must be within the actor's scope. Raises Denied,
    Rejected, also if `base` is not the state of the release, and Conflict."""
    permit(actor, Verb.PUBLISH_RELEASE)
    require_open(session, release)
    drafts = open_drafts(session, seen_members(session, release, base))
    live = {} if actor.scope.whole else live_bodies(session, drafts)
    for key, draft in drafts.items():
        permit(actor, Verb.PUBLISH_RELEASE, key, live.get(key), draft.body)
    return _bring_out(session, actor.name, release, note, drafts)


def bring_out(session: Session, author: str, release: str, note: str) -> Published:
    """Publish a release without checking rights. Raises Rejected and Conflict."""
    return _bring_out(session, author, release, note, open_drafts(session, members(session, release)))


def _bring_out(session: Session, author: str, release: str, note: str, drafts: Mapping[Key, OpenDraft]) -> Published:
    opened = require_open(session, release)
    why = note or opened.note or opened.title
    published = publish_drafts(session, author, Verb.PUBLISH_RELEASE, drafts, why)
    info = newest(session)
    finish(session, release, info.version if info else 0)
    call_off(session, release, Action.PUBLISH)
    record(session, author, Verb.PUBLISH_RELEASE, None, {"release": release, "version": published.version})
    return published


def discard_release(session: Session, actor: Actor, release: str, note: str = "") -> None:
    """Close a release, all of whose documents must be within the actor's scope; its drafts stay open, in none. Raises
    Denied and Rejected."""
    permit(actor, Verb.DISCARD_RELEASE)
    require_open(session, release)
    permit_members(session, actor, Verb.DISCARD_RELEASE, release)
    discard(session, release)
    call_off(session, release, Action.PUBLISH)
    record(session, actor.name, Verb.DISCARD_RELEASE, None, {"release": release, "note": note})
