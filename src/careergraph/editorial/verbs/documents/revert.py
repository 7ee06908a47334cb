"""Revert: make a draft of an earlier revision, with its relations."""

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.content.references import rename_references
from careergraph.editorial.editing.document_state import body_at, newest, plain, unknown_document
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.editing.schedule_guard import refuse_scheduled
from careergraph.editorial.verbs.documents.save_draft import Saved, write
from careergraph.store.access.audit import record
from careergraph.store.documents.redirects import redirects
from careergraph.store.editing.drafts import state


def revert(session: Session, actor: Actor, key: Key, revision: int, note: str = "") -> Saved:
    """Makes what a revision held the open draft, whole: fields, values, skills, relations. What it refers to and was
    renamed since is referred to by its new slug. Brings back what was archived or unpublished. Raises Denied and
    Rejected. What was the draft before stays in the history."""
    permit(actor, Verb.REVERT, key)
    current = state(session, key)
    if current.last is None:
        raise unknown_document(key)
    body = body_at(session, key, revision)
    if body is None:
        raise rejection(
            ProblemCode.UNKNOWN, f"revision {revision} removed the document, so there is nothing to revert to", key
        )
    document = restore_document(key, rename_references(key[0], body, redirects(session)))
    permit(actor, Verb.REVERT, key, body_at(session, key, newest(current)), plain(document))
    refuse_scheduled(session, actor, current)
    saved = write(session, actor, Verb.SAVE_DRAFT, document, note)
    record(session, actor.name, Verb.REVERT, key, {"to": revision, "revision": saved.revision, "note": note})
    return saved
