"""Propose links: a draft of a career in which each wording that leads nowhere has links that wait to be accepted."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.editing.document_state import body_at, existing_state, newest, plain
from careergraph.editorial.editing.document_state import unknown_document as nothing
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.suggest.propose import proposals
from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.verbs.documents.save_draft import Saved, save_draft
from careergraph.store.documents.documents import CareerDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The result: the saved draft, how many links were proposed and accepted, and how many wordings are not known."""

    saved: Saved
    proposed: int
    accepted: int
    unknown: int


def propose_links(
    session: Session, actor: Actor, slug: str, suggester: Suggester, *, accept_exact: bool = False
) -> Proposed:
    """Writes a draft with proposals for the wordings that have no link at all; what is linked already stays as it is.

    With `accept_exact`, the one concept of the very wording is accepted by the actor at once. Raises Denied, Rejected
    and Conflict, as `save_draft` does. Where nothing is known that could be proposed, nothing is written.
    """
    career, base = career_of(session, actor, slug)
    bare = [skill for skill in career.skills if not skill.concepts]
    for skill in bare:
        skill.concepts = proposals(suggester, skill, actor.name if accept_exact else None)
    saved = save_draft(session, actor, CareerDocument.TYPE, plain(career), base)
    links = [link for skill in bare for link in skill.concepts]
    accepted = sum(link.accepted_by is not None for link in links)
    unknown = sum(not skill.concepts for skill in bare)
    return Proposed(saved=saved, proposed=len(links), accepted=accepted, unknown=unknown)


def career_of(session: Session, actor: Actor, slug: str) -> tuple[CareerDocument, int | None]:
    """A career as it stands, draft or live, and the revision that it is. Raises Denied and Rejected."""
    key = CareerDocument.TYPE, slug
    permit(actor, Verb.SAVE_DRAFT, key)
    state = existing_state(session, key)
    base = newest(state)
    body = body_at(session, key, base)
    if body is None:
        raise nothing(key)
    career = restore_document(key, body)
    assert isinstance(career, CareerDocument)  # noqa: S101 - what a career's key leads to
    return career, base
