"""Publish: drafts become live, all of them or none, as one version of the catalog."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Body, Conflict, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.approval import require_approved
from careergraph.editorial.editing.document_state import (
    body_at,
    is_present,
    live_bodies,
    no_draft,
    require_all,
    require_seen,
    require_some,
    unknown_document,
)
from careergraph.editorial.editing.draft_body import decode_draft
from careergraph.editorial.editing.guards import call_off_all
from careergraph.editorial.editing.newer_drafts import keep_drafted, newer_drafts
from careergraph.editorial.editing.publication import Published, Step, publish_checked, validate
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.access.audit import record_all
from careergraph.store.documents.documents import Key, LocaleDocument
from careergraph.store.documents.rows import live_idents
from careergraph.store.editing.drafts import DocumentState, bodies_by_id, close, history, states
from careergraph.store.editing.rehearsal import settle
from careergraph.store.editing.schedules import scheduled_revisions

EVERYTHING = LocaleFilter()


def publish(
    session: Session, actor: Actor, bases: Mapping[Key, int], note: str = "", locales: LocaleFilter = EVERYTHING
) -> Published:
    """Make the open drafts of documents live, each as the revision that the actor saw, or their texts in some locales;
    the rest remains a draft. Raises Denied, Rejected, and Conflict for a draft that is another one now, or older than
    the live document."""
    permit(actor, Verb.PUBLISH)
    require_some(bases.keys())
    for key in bases:
        permit(actor, Verb.PUBLISH, key)
    current = states(session, bases)
    for key, base in bases.items():
        if is_present(current[key]) and current[key].draft is not None:
            require_seen(session, current[key], base)
    drafts = open_drafts(session, {key: current[key].draft or base for key, base in bases.items()}, locales)
    live = {} if actor.scope.whole else live_bodies(session, drafts)
    for key, draft in drafts.items():
        permit(actor, Verb.PUBLISH, key, live.get(key), draft.body)
    return publish_drafts(session, actor.name, Verb.PUBLISH, drafts, note, locales=locales)


class OpenDraft(NamedTuple):
    """A revision of an open draft, and the document as it goes live, with texts in some locales only where others wait
    (`partial`); None as `body` removes it."""

    revision: int
    body: Body | None
    partial: bool = False


def open_drafts(
    session: Session, revisions: Mapping[Key, int], locales: LocaleFilter = EVERYTHING
) -> dict[Key, OpenDraft]:
    """Return revisions of open drafts, each as new as the live document. Drafts that would change nothing live are left
    out. Raises Rejected and Conflict."""
    current = states(session, revisions)
    bodies = _bodies(session, {key: (current[key].id, number) for key, number in revisions.items()})
    require_all(partial(unknown_document, session), [key for key, state in current.items() if not is_present(state)])
    require_all(no_draft, [key for key, state in current.items() if key not in bodies or state.draft is None])
    for key, state in current.items():
        if state.published is not None and state.published > revisions[key]:
            raise _conflict(session, state, revisions[key], bodies[key])
    if locales.whole:
        return {key: OpenDraft(number, bodies[key]) for key, number in revisions.items()}
    require_locales(session, locales, revisions)
    live = live_bodies(session, revisions)
    parts = {key: _part(key, bodies[key], live.get(key), locales) for key in revisions}
    return {
        key: OpenDraft(revisions[key], body, body != bodies[key])
        for key, body in parts.items()
        if body == bodies[key] or body != live.get(key)
    }


def _bodies(session: Session, revisions: Mapping[Key, tuple[int | None, int]]) -> Mapping[Key, Body | None]:
    """Return the bodies of revisions, each by the id of its document and its number, by key: those that a rehearsal
    read, as a revision never changes. An unknown one is left out."""
    numbers = {ident: number for ident, number in revisions.values() if ident is not None}
    by_id = settle(session, ("bodies", numbers), lambda: bodies_by_id(session, numbers))
    return {key: by_id[ident] for key, (ident, _) in revisions.items() if ident in by_id}


def require_locales(session: Session, locales: LocaleFilter, keys: Iterable[Key]) -> None:
    """Require a filter to name locales, each of which is live or among the documents to publish. Raises Rejected."""
    present = {
        *live_idents(session, LocaleDocument.TYPE),
        *[ident for kind, ident in keys if kind == LocaleDocument.TYPE],
    }
    unknown = sorted(locales.locales - present)
    if unknown or not locales.locales:
        message = f"there is no locale {quoted(unknown[0])}" if unknown else "no locale is left to publish"
        raise rejection(ProblemCode.BAD_LOCALE, message, steps=("locales" if locales.only is not None else "without",))


def _part(key: Key, draft: Body | None, live: Body | None, locales: LocaleFilter) -> Body | None:
    """Return a document as it is once a draft is live in some locales; None where it is not live then. Raises
    Rejected."""
    if draft is None:
        raise rejection(ProblemCode.BAD_LOCALE, "the draft removes the document, in all locales", key)
    if key[0] == LocaleDocument.TYPE:  # all of it is written in the locale
        return draft if locales.includes(key[1]) else live
    if live is None and (locales.only is not None or DEFAULT_LOCALE in locales.without):
        message = f"it is not live yet: texts in {DEFAULT_LOCALE}, and what is the same in all locales, come first"
        raise rejection(ProblemCode.NOT_LIVE, message, key)
    return locales.part(key[0], draft, live or {})


def publish_drafts(  # noqa: PLR0913 - the drafts, and the fields of the audit log
    session: Session,
    author: str,
    verb: Verb,
    drafts: Mapping[Key, OpenDraft],
    note: str,
    *,
    locales: LocaleFilter = EVERYTHING,
) -> Published:
    """Publish drafts without checking rights, and close them. Waiting texts stay open, and so does a newer draft."""
    require_approved(session, {key: draft.revision for key, draft in drafts.items()})
    bodies = [(key, draft.body) for key, draft in drafts.items() if draft.body is not None]
    question = "documents", tuple(bodies)
    documents = settle(session, question, lambda: [decode_draft(key, body) for key, body in bodies])
    step = Step(documents=documents, removed=[key for key, draft in drafts.items() if draft.body is None])
    live = validate(session, step)
    before = states(session, drafts)
    parts = {key: (draft.revision, locales if draft.partial else EVERYTHING) for key, draft in drafts.items()}
    call_off_all(session, parts)
    scheduled = scheduled_revisions(session, drafts)
    waiting = {
        key: newer_drafts(
            session,
            before[key],
            draft.revision - draft.partial,
            partial=draft.partial,
            scheduled=scheduled.get(key, ()),
        )
        for key, draft in drafts.items()
    }
    published = publish_checked(session, author, step, live, note)
    close(session, drafts)
    detail = {"version": published.version, "note": note, **locales.to_json()}
    record_all(session, author, verb, dict.fromkeys(drafts, detail))
    for key, revisions in waiting.items():
        if revisions:
            keep_drafted(session, before[key], revisions)
    return published


def _conflict(session: Session, state: DocumentState, number: int, yours: Body | None) -> Conflict:
    """Return the conflict of a draft (yours), which started from the last publish before it."""
    earlier = history(session, state.key, before=number, first=1_000)
    base = next((it.body for it in earlier if it.version is not None), None)
    return Conflict(state.key, state.published or 0, base, yours, body_at(session, state.key, state.published))
