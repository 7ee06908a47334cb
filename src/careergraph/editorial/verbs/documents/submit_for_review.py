"""Submit for review: hand a draft in, as complete as it can be."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks.check import check
from careergraph.editorial.content.document_index import DocumentIndex, Key
from careergraph.editorial.content.document_index import key as key_of
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing.document_state import draft_body, existing_state
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import Document
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import bodies, drafts, submit


def submit_for_review(session: Session, actor: Actor, key: Key, note: str = "") -> None:
    """Puts the open draft into review. It may refer to other open drafts, which can then be published with it. The next
    save takes it back. Raises Denied, and Rejected with what is wrong with it."""
    permit(actor, Verb.SUBMIT_FOR_REVIEW, key)
    current = existing_state(session, key)
    body = draft_body(session, key)
    if body is not None:
        _require_sound(session, restore_document(key, body))
    submit(session, key)
    record(session, actor.name, Verb.SUBMIT_FOR_REVIEW, key, {"revision": current.draft, "note": note})


def _require_sound(session: Session, document: Document) -> None:
    """Its own problems only: what is wrong with other drafts is theirs."""
    keys = [it.key for it in drafts(session)]
    others = [restore_document(it, body) for it, body in bodies(session, keys).items() if body is not None]
    world = DocumentIndex.of(read_all(session), others)
    own = key_of(document)
    problems = check([document], world.documents.values())
    if mine := [problem for problem in problems if (problem.type, problem.ident) == own]:
        raise Rejected(mine)
