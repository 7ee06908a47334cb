"""Rename: give a document another slug. The old one redirects, and references in other documents follow."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key, quoted
from careergraph.editorial.content.document_index import key as key_of
from careergraph.editorial.content.outcome import Body, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.content.references import refers, rename_references
from careergraph.editorial.editing.document_state import existing_state, exists, live_body, plain
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.publication import Published, Step, make_live
from careergraph.editorial.editing.schedule_guard import call_off
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import AttributeDocument, Document, LocaleDocument, PairDocument
from careergraph.store.documents.redirects import add
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import DocumentState, append, bodies, bundle, close, drafts, state, submit
from careergraph.store.editing.schedules import Action, schedules
from careergraph.store.editing.schedules import add as add_schedule

Moved = Mapping[Key, Document]


def rename(session: Session, actor: Actor, key: Key, new: str, note: str = "") -> Published:
    """Gives a document the slug `new` (an attribute: its key), in what is live, in its draft, and wherever others refer
    to it, drafts included. The history of the old slug stays with the old slug.

    Raises Denied, Rejected for a slug that is none or is taken, and for locales and pairs, which are called what they
    are, and Conflict for a draft that would have to follow and is older than what is live.
    """
    permit(actor, Verb.RENAME, key)
    if key[0] in (LocaleDocument.TYPE, PairDocument.TYPE):
        raise rejection(ProblemCode.FIXED, f"a {key[0]} is called what it is", key)
    current = existing_state(session, key)
    before = live_body(session, key) or bodies(session, [key]).get(key)
    permit(actor, Verb.RENAME, key, before, None)
    if current.archived and not current.live:
        raise rejection(ProblemCode.NOT_LIVE, "it is archived; revert it first", key)
    changes = {key: new}
    _require_free(session, (key[0], new))
    affected = _affected_drafts(session, changes)
    moved = _moved_drafts(session, affected, changes)
    published = _publish(session, actor, changes, note or f"renamed from {key[1]}")
    _move_drafts(session, actor, affected, moved, note or f"renamed from {key[1]}")
    if current.live:
        add(session, key, new)
    record(session, actor.name, Verb.RENAME, key, {"new": new, "version": published.version, "note": note})
    return published


def _require_free(session: Session, key: Key) -> None:
    if exists(state(session, key)):
        raise rejection(ProblemCode.TAKEN, f"there is a {key[0]} {quoted(key[1])} already", key)


def _live(session: Session, changes: Mapping[Key, str]) -> dict[Key, Document]:
    """The live documents that are renamed, or refer to what is."""
    return {
        key_of(document): document
        for document in read_all(session)
        if key_of(document) in changes or refers(document.TYPE, plain(document), changes)
    }


def _rename_within(key: Key, body: Body, changes: Mapping[Key, str]) -> Document:
    """A document with its new ident and references."""
    fresh = rename_references(key[0], body, changes)
    if key in changes:
        fresh["key" if key[0] == AttributeDocument.TYPE else "slug"] = changes[key]
    if key[0] == PairDocument.TYPE:
        fresh["a"], fresh["b"] = sorted((fresh["a"], fresh["b"]))
    return parse_body(key[0], fresh)


def _publish(session: Session, actor: Actor, changes: Mapping[Key, str], note: str) -> Published:
    documents = {it: _rename_within(it, plain(document), changes) for it, document in _live(session, changes).items()}
    gone = {it: document.ident for it, document in documents.items() if document.ident != it[1]}
    step = Step(documents=list(documents.values()), removed=list(gone), renamed=gone)
    published = make_live(session, actor.name, step, note)
    for old, new in gone.items():
        _move_agenda(session, old, (old[0], new))
    return published


def _affected_drafts(session: Session, changes: Mapping[Key, str]) -> tuple[DocumentState, ...]:
    """The open drafts that are renamed, or refer to a renamed document."""
    every = drafts(session)
    bodies_by_key = bodies(session, [it.key for it in every])
    touched = {key for key, body in bodies_by_key.items() if body and (key in changes or refers(key[0], body, changes))}
    return tuple(it for it in every if it.key in touched)


def _moved_drafts(session: Session, affected: Sequence[DocumentState], changes: Mapping[Key, str]) -> Moved:
    """The renamed bodies of affected drafts. Raises Conflict for one that is older than the live document."""
    drafted = open_drafts(session, [it.key for it in affected])
    return {key: _rename_within(key, body, changes) for key, body in drafted.items() if body is not None}


def _move_drafts(session: Session, actor: Actor, affected: Sequence[DocumentState], moved: Moved, note: str) -> None:
    """Saves affected drafts under their new names, in the releases that they were in."""
    for draft in affected:
        document = moved[draft.key]
        fresh = key_of(document)
        if fresh != draft.key:
            close(session, [draft.key])
            _move_agenda(session, draft.key, fresh)
        append(session, fresh, plain(document), actor.name, note)
        bundle(session, [fresh], draft.release)
        submit(session, fresh, review=draft.review)


def _move_agenda(session: Session, old: Key, new: Key) -> None:
    """Moves the schedules of a document to its new name."""
    for schedule in schedules(session, old):
        add_schedule(session, schedule.action, new, schedule.due_at, zone=schedule.zone, author=schedule.author)
    call_off(session, old, Action.PUBLISH, Action.UNPUBLISH)
