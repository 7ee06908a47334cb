"""Accept links: say that a career's wording means a concept, as somebody or something proposed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.content.document_index import key, quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.verbs.documents.propose_links import career_of
from careergraph.editorial.verbs.documents.save_draft import Saved, save_draft
from careergraph.store.documents.documents import CareerDocument, ConceptPart


class Link(NamedTuple):
    """A link of a career: the position of the wording among its skills, counted from 1, and the concept's slug."""

    position: int
    skill: str


def accept_links(session: Session, actor: Actor, slug: str, links: Sequence[Link]) -> Saved:
    """Writes a draft in which the links are accepted by the actor; once it is published, comparisons use them. What was
    accepted before stays with whom it was accepted by. Raises Denied, Rejected (UNKNOWN where nobody proposed such a
    link) and Conflict, as `save_draft` does."""
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
        raise rejection(ProblemCode.UNKNOWN, message, key(career))
    return proposed
