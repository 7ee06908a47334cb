"""Standing: where a document stands when a verb looks at it, drafts and revisions as plain JSON."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.content.document_index import Key, quoted
from careergraph.editorial.content.document_index import key as key_of
from careergraph.editorial.content.outcome import Body, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.store.documents.documents import Document
from careergraph.store.documents.rows import read
from careergraph.store.editing.drafts import DocumentState, bodies, revision, state


def plain(document: Document) -> dict[str, Any]:
    """A document as plain JSON."""
    body: dict[str, Any] = msgspec.to_builtins(document)
    return body


def newest(document: DocumentState) -> int | None:
    """The revision that a save must start from: the open draft, or what was published last, whichever came later."""
    return max((number for number in (document.draft, document.published) if number is not None), default=None)


def exists(document: DocumentState) -> bool:
    """Whether there is such a document now: live, as a draft, or put away."""
    return document.live or document.draft is not None or document.archived


def is_stale(document: DocumentState) -> bool:
    """Whether something was published after the open draft was saved, which publishing the draft would undo."""
    return document.draft is not None and document.published is not None and document.published > document.draft


def body_at(session: Session, key: Key, number: int | None) -> Body | None:
    """The body of a revision; None for a removal, and for no revision. Raises Rejected where there is no such
    revision."""
    if number is None:
        return None
    record = revision(session, key, number)
    if record is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no revision {number}", key)
    return record.body


def live_body(session: Session, key: Key) -> Body | None:
    """The live body of a document; None where it is not live."""
    return next((plain(document) for document in read(session, [key])), None)


def live_bodies(session: Session, keys: Collection[Key]) -> dict[Key, Body]:
    """The live bodies of documents, by key, in one reading; one that is not live is left out."""
    return {key_of(document): plain(document) for document in read(session, keys)}


def draft_body(session: Session, key: Key) -> Body | None:
    """The body of the open draft. Raises Rejected where there is none."""
    drafted = bodies(session, [key])
    if key not in drafted:
        raise no_draft(key)
    return drafted[key]


def existing_state(session: Session, key: Key) -> DocumentState:
    """The state of a document. Raises Rejected where there is no such document."""
    current = state(session, key)
    if not exists(current):
        raise unknown_document(key)
    return current


def unknown_document(key: Key) -> Exception:
    """There is no such document."""
    return rejection(ProblemCode.UNKNOWN, f"there is no {key[0]} {quoted(key[1])}", key)


def no_draft(key: Key) -> Exception:
    """There is no draft of it."""
    return rejection(ProblemCode.NO_DRAFT, "there is no open draft", key)


def key_names(keys: Iterable[Key]) -> list[str]:
    """Keys as the audit log and events write them."""
    return sorted("/".join(key) for key in keys)
