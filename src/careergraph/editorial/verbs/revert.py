"""Revert: make a draft of an earlier revision, with its relations."""

from sqlalchemy.orm import Session

from careergraph.editorial.actor import Actor
from careergraph.editorial.outcome import rejection
from careergraph.editorial.problem import ProblemCode
from careergraph.editorial.references import rename_references
from careergraph.editorial.roles import Verb, permit
from careergraph.editorial.verbs.agenda import heed
from careergraph.editorial.verbs.body import restore_document
from careergraph.editorial.verbs.save_draft import Saved, write
from careergraph.editorial.verbs.standing import body_at, newest, plain, unknown_document
from careergraph.editorial.world import Key
from careergraph.store.audit import record
from careergraph.store.drafts import state
from careergraph.store.redirects import redirects


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
    heed(session, actor, current)
    saved = write(session, actor, Verb.SAVE_DRAFT, document, note)
    record(session, actor.name, Verb.REVERT, key, {"to": revision, "revision": saved.revision, "note": note})
    return saved
