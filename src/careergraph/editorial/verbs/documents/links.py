"""Links from a career's wordings to skill concepts: propose them in a draft, and accept them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import body_at, existing_state, newest, plain
from careergraph.editorial.editing.document_state import unknown_document as nothing
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.suggest.suggester import Suggester, proposals
from careergraph.editorial.verbs.documents.drafts import Saved, save_draft
from careergraph.store.documents.documents import CareerDocument, ConceptPart, key_of


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
    """Write a draft with proposals for the wordings without any link; without a proposal, write nothing.

    With `accept_exact`, the one concept of the very wording is accepted by the actor at once. Raises Denied, Rejected
    and Conflict, as `save_draft` does.
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
    """Return the newest state of a career, draft or live, and its revision. Raises Denied and Rejected."""
    key = CareerDocument.TYPE, slug
    permit(actor, Verb.SAVE_DRAFT, key)
    state = existing_state(session, key)
    base = newest(state)
    body = body_at(session, key, base)
    if body is None:
        raise nothing(session, key)
    career = restore_document(key, body)
    assert isinstance(career, CareerDocument)  # noqa: S101 - what a career's key leads to
    return career, base


class Link(NamedTuple):
    """A link of a career: the position of the wording among its skills, counted from 1, and the concept's slug."""

    position: int
    skill: str


def accept_links(session: Session, actor: Actor, slug: str, links: Sequence[Link]) -> Saved:
    """Write a draft in which the links are accepted by the actor, unless somebody accepted them before. Comparisons use
    them once it is published. Raises Denied, Rejected (UNKNOWN for an unproposed link) and Conflict, as `save_draft`
    does."""
    career, base = career_of(session, actor, slug)
    for link in links:
        part = _proposed_concept(career, link)
        part.accepted_by = part.accepted_by or actor.name
    return save_draft(session, actor, CareerDocument.TYPE, plain(career), base)


def _proposed_concept(career: CareerDocument, link: Link) -> ConceptPart:
    concepts = career.skills[link.position - 1].concepts if 0 < link.position <= len(career.skills) else []
    proposed = next((part for part in concepts if part.skill == link.skill), None)
    if proposed is None:
        message = f"nobody proposed to link the skill at position {link.position} to {quoted(link.skill)}"
        raise rejection(ProblemCode.UNKNOWN, message, key_of(career))
    return proposed
