"""Propose: suggestions as links that wait to be accepted."""

from collections.abc import Sequence

from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.suggest.suggestion import Answer, Suggestion
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import CareerSkillPart, ConceptPart

PROPOSER = "careergraph suggest"
"""Who proposes."""
MOST = 3
"""Links that are proposed for one wording at most."""


def proposals(suggester: Suggester, skill: CareerSkillPart, exact_by: str | None = None) -> list[ConceptPart]:
    """The links that a career's wording deserves, the main concept first; none where it is not known.

    One for the whole phrase, or one for each part of it that is known. Where `exact_by` is given, the one concept of
    this very wording is accepted by them at once.
    """
    answer = suggester.suggest(skill.text.get(suggester.locale) or skill.text.get(DEFAULT_LOCALE, ""), first=20)
    by_part: dict[str | None, Suggestion] = {}
    for suggestion in answer.suggestions:
        if suggestion.score >= suggester.known_from:
            by_part.setdefault(suggestion.part, suggestion)
    chosen: Sequence[Suggestion] = [by_part[None]] if None in by_part else list(by_part.values())[:MOST]
    links = [_link(answer, suggestion) for suggestion in chosen]
    if exact_by is not None and sum(suggestion.score == 1.0 for suggestion in answer.suggestions) == 1:
        links[0].accepted_by = exact_by
    return links


def _link(answer: Answer, suggestion: Suggestion) -> ConceptPart:
    return ConceptPart(
        skill=suggestion.slug,
        proposed_by=PROPOSER,
        method=answer.method.value,
        score=suggestion.score,
        model=answer.model,
    )
