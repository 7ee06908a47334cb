"""Publish: drafts become live, all of them or none, as one version of the catalog."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import Body, Conflict, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import (
    body_at,
    is_stale,
    live_bodies,
    live_body,
    no_draft,
    unknown_document,
)
from careergraph.editorial.editing.document_state import exists as is_present
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.editing.publication import Published, Step, make_live
from careergraph.editorial.editing.schedule_guard import call_off_all
from careergraph.editorial.editing.translations import hold_back
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.access.audit import record_all
from careergraph.store.editing.drafts import DocumentState, append_all, bodies, close, history, states


def publish(
    session: Session, actor: Actor, keys: Iterable[Key], note: str = "", without: Collection[str] = ()
) -> Published:
    """Makes the open drafts of documents live. The texts in locales of `without` stay as they are live, and remain a
    draft. Raises Denied, Rejected, and Conflict where something was published since a draft was saved."""
    unique = tuple(dict.fromkeys(keys))
    permit(actor, Verb.PUBLISH)
    for key in unique:
        permit(actor, Verb.PUBLISH, key)
    drafts = open_drafts(session, unique)
    live = live_bodies(session, drafts)
    for key, body in drafts.items():
        permit(actor, Verb.PUBLISH, key, live.get(key), body)
    return publish_drafts(session, actor.name, Verb.PUBLISH, drafts, note, without=without)


def open_drafts(session: Session, keys: Collection[Key]) -> dict[Key, Body | None]:
    """The bodies of open drafts, each as new as the live document. Raises Rejected and Conflict."""
    drafts = bodies(session, keys)
    for key, state in states(session, keys).items():
        if not is_present(state):
            raise unknown_document(key)
        if key not in drafts:
            raise no_draft(key)
        if is_stale(state):
            raise _conflict(session, state, drafts[key])
    return {key: drafts[key] for key in keys}


def publish_drafts(  # noqa: PLR0913 - what, by whom, in whose name, why
    session: Session,
    author: str,
    verb: Verb,
    drafts: Mapping[Key, Body | None],
    note: str,
    *,
    without: Collection[str] = (),
) -> Published:
    """Publishes drafts that nobody needs to be asked about any more, and closes them."""
    if DEFAULT_LOCALE in without:
        raise rejection(ProblemCode.BAD_LOCALE, f"{DEFAULT_LOCALE} is what all others fall back to, so it comes first")
    going = {key: _to_publish(session, key, body, without) for key, body in drafts.items() if body is not None}
    documents = [restore_document(key, body) for key, body in going.items()]
    removed = [key for key, body in drafts.items() if body is None]
    published = make_live(session, author, Step(documents=documents, removed=removed), note)
    close(session, drafts)
    call_off_all(session, drafts)
    detail = {"version": published.version, "note": note, "without": sorted(without)}
    record_all(session, author, verb, dict.fromkeys(drafts, detail))
    append_all(session, {key: body for key, body in drafts.items() if body != going.get(key)}, author, note)
    return published


def _to_publish(session: Session, key: Key, body: Body, without: Collection[str]) -> Body:
    return hold_back(key[0], body, live_body(session, key), without) if without else body


def _conflict(session: Session, state: DocumentState, yours: Body | None) -> Conflict:
    """The draft is yours; it started from what was published last before it."""
    earlier = history(session, state.key, before=state.draft, first=1_000)
    base = next((it.body for it in earlier if it.version is not None), None)
    return Conflict(state.key, state.published or 0, base, yours, body_at(session, state.key, state.published))
