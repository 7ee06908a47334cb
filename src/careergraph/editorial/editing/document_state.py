"""Standing: where a document stands when a verb looks at it, drafts and revisions as plain JSON."""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Body, Conflict, Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.documents.redirects import resolve
from careergraph.store.documents.rows import read
from careergraph.store.editing.drafts import DocumentState, bodies, revision, state, states
from careergraph.store.editing.rehearsal import settle


def plain(document: Document) -> dict[str, Any]:
    """A document as plain JSON."""
    body: dict[str, Any] = msgspec.to_builtins(document)
    return body


def newest(document: DocumentState) -> int | None:
    """The revision that a save must start from: the open draft, or what was published last, whichever came later."""
    return max((number for number in (document.draft, document.published) if number is not None), default=None)


def is_present(document: DocumentState) -> bool:
    """Return whether there is such a document now: live, as a draft, or put away."""
    return document.live or document.draft is not None or document.archived


def is_stale(document: DocumentState) -> bool:
    """Return whether something was published after the open draft was saved, which publishing the draft would undo."""
    return document.draft is not None and document.published is not None and document.published > document.draft


def body_at(session: Session, key: Key, number: int | None) -> Body | None:
    """The body of a revision; None for a removal, and for no revision. Raises Rejected where there is no such
    revision."""
    if number is None:
        return None
    record = revision(session, key, number)
    if record is None:
        raise unknown_revision(session, key, number)
    return record.body


def require_seen(session: Session, document: DocumentState, base: int) -> None:
    """Require the newest state of a document to be the one that the actor saw, under whatever number. Raises Conflict,
    and Rejected for an unknown revision."""
    last = newest(document)
    if last is None or base == last:
        return
    yours, theirs = body_at(session, document.key, base), body_at(session, document.key, last)
    if yours != theirs:
        raise Conflict(document.key, last, yours, yours, theirs)


def seen_state(session: Session, key: Key, base: int) -> DocumentState:
    """The state of a document whose newest revision the actor saw. Raises Rejected and Conflict."""
    current = existing_state(session, key)
    require_seen(session, current, base)
    return current


def seen_states(session: Session, bases: Mapping[Key, int]) -> dict[Key, DocumentState]:
    """The states of documents whose newest revisions the actor saw. Raises Rejected with all that are not there, and
    Conflict."""
    current = states(session, bases)
    require_all(partial(unknown_document, session), [it.key for it in current.values() if not is_present(it)])
    for key, base in bases.items():
        require_seen(session, current[key], base)
    return current


def live_body(session: Session, key: Key) -> Body | None:
    """The live body of a document; None where it is not live."""
    return next((plain(document) for document in read(session, [key])), None)


def live_documents(session: Session, keys: Collection[Key]) -> Mapping[Key, Document]:
    """The live documents of keys, by key, in one reading; one that is not live is left out."""
    which = frozenset(keys)
    return settle(session, ("live", which), lambda: {key_of(document): document for document in read(session, which)})


def live_bodies(session: Session, keys: Collection[Key]) -> dict[Key, Body]:
    """The live bodies of documents, by key, in one reading; one that is not live is left out."""
    return {key: plain(document) for key, document in live_documents(session, keys).items()}


def draft_body(session: Session, key: Key) -> Body | None:
    """The body of the open draft. Raises Rejected where there is none."""
    drafted = bodies(session, [key])
    if key not in drafted:
        raise no_draft(key)
    return drafted[key]


def existing_state(session: Session, key: Key) -> DocumentState:
    """The state of a document. Raises Rejected where there is no such document."""
    current = state(session, key)
    if not is_present(current):
        raise unknown_document(session, key)
    return current


def require_all(problem: Callable[[Key], Rejected], keys: Collection[Key]) -> None:
    """Raise Rejected with the problem of each of these documents, if there are any."""
    if keys:
        raise Rejected(chain.from_iterable(problem(key).problems for key in keys))


def require_some(keys: Collection[Key]) -> None:
    """Raise Rejected (EMPTY) for no documents."""
    if not keys:
        raise rejection(ProblemCode.EMPTY, "name a document at least", steps=("documents",))


def unknown_document(session: Session, key: Key) -> Rejected:
    """There is no such document, or it has another name now."""
    return rejection(ProblemCode.UNKNOWN, f"there is no {key[0]} {quoted(key[1])}{_renamed(session, key)}", key)


def unknown_revision(session: Session, key: Key, number: int) -> Rejected:
    """There is no such revision of it, or it has another name now."""
    return rejection(ProblemCode.UNKNOWN, f"there is no revision {number}{_renamed(session, key)}", key)


def _renamed(session: Session, key: Key) -> str:
    """The name of today of a document that was renamed, for the end of a sentence; empty for any other."""
    new = resolve(session, key)
    return "" if new is None else f"; it is called {quoted(new)} now"


def no_draft(key: Key) -> Rejected:
    """There is no draft of it."""
    return rejection(ProblemCode.NO_DRAFT, "there is no open draft", key)


def not_live(key: Key) -> Rejected:
    """It is not live."""
    return rejection(ProblemCode.NOT_LIVE, "it is not live", key)
