"""Save a draft: write a document down; what is live stays as it is."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.content.outcome import Body, Conflict
from careergraph.editorial.editing.document_state import body_at, newest, plain
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.schedule_guard import refuse_scheduled
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import Document
from careergraph.store.editing.drafts import DocumentState, append, archive, state


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The document, and the revision to start from next time."""

    key: Key
    revision: int


def save_draft(  # noqa: PLR0913 - what is saved, by whom, over what, why
    session: Session, actor: Actor, document_type: str, body: Body, base: int | None, *, note: str = ""
) -> Saved:
    """Writes a draft over the revision `base` (None: there is no such document yet).

    Raises Denied, Rejected (BAD_SHAPE and the like: a draft may lack texts and references, not its form; SCHEDULED) and
    Conflict, where somebody else changed the document since `base`. What is as it was makes no revision.
    """
    permit(actor, Verb.SAVE_DRAFT, (document_type, ""))
    document = parse_body(document_type, body)
    current = state(session, key(document))
    permit(actor, Verb.SAVE_DRAFT, current.key, body_at(session, current.key, base), plain(document))
    _require_base(session, current, base, document)
    refuse_scheduled(session, actor, current)
    return write(session, actor, Verb.SAVE_DRAFT, document, note)


def write(session: Session, actor: Actor, verb: Verb, document: Document, note: str) -> Saved:
    """Makes a document the open draft, unless it is what is there already."""
    current = state(session, key(document))
    last = newest(current)
    if last is not None and body_at(session, current.key, last) == plain(document):
        return Saved(key=current.key, revision=last)
    number = append(session, current.key, plain(document), actor.name, note)
    if current.archived:
        archive(session, current.key, archived=False)
    record(session, actor.name, verb, current.key, {"revision": number, "note": note})
    return Saved(key=current.key, revision=number)


def _require_base(session: Session, current: DocumentState, base: int | None, document: Document) -> None:
    """Requires the latest state to be the one that the editor started from, under whatever number. Raises Conflict."""
    last = newest(current)
    if base == last:
        return
    started, theirs = body_at(session, current.key, base), body_at(session, current.key, last)
    if started != theirs:
        raise Conflict(current.key, last or 0, started, plain(document), theirs)
