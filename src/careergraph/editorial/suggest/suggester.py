"""Suggest concepts for a phrase, ranked by score, and propose links for the wordings of careers."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from careergraph.editorial.suggest.index import Index, Match
from careergraph.editorial.suggest.language import language_of
from careergraph.editorial.suggest.parts import parts_of
from careergraph.editorial.suggest.suggestion import Answer, Concept, Method, Rule, Suggestion, concepts_of
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.store.documents.documents import CareerSkillPart, ConceptPart

KNOWN = 0.7
"""The least score of a confident suggestion. `make eval` prints how often confident suggestions are right."""
LEAST = 0.3
"""The least score of a suggestion."""
SURE = 0.9
"""The score from which the whole phrase is understood, and its parts are not looked at."""
PART = 0.9
"""The factor of the score of a part, since it is not the whole phrase."""
RIVAL = 0.8
"""The share of the nearest rival's score that is subtracted to compute the certainty."""
MOST = 100
"""The most suggestions of one answer."""


class Found(NamedTuple):
    """A name near a phrase: its number, the score, and the part of the phrase that it is near to, unless it is the
    whole. `exact` is the very wording; `by_words` is false where only the model found it."""

    number: int
    score: float
    part: str | None = None
    exact: bool = False
    by_words: bool = True


class Ranked(NamedTuple):
    """A concept that was looked at closely, by its nearest name, and how certain it is that it is meant."""

    candidate: Found
    certainty: float

    @property
    def number(self) -> int:
        """The number of the nearest name."""
        return self.candidate.number

    @property
    def score(self) -> float:
        """How near it is."""
        return self.candidate.score


class Suggester:
    """Suggests concepts for phrases of one language. Never changes; may be shared by threads."""

    method = Method.WORDS
    model: str | None = None
    known_from = KNOWN

    def __init__(self, concepts: Iterable[Concept], locale: str = DEFAULT_LOCALE) -> None:
        self.locale = locale
        self.index = Index(concepts, language_of(locale))

    @classmethod
    def of(cls, localized: LocalizedCatalog) -> "Suggester":
        """The suggester of a catalog in one locale, made once for each catalog."""
        if (suggester := localized.memo.get(cls.__name__)) is None:
            suggester = localized.memo[cls.__name__] = cls(concepts_of(localized), localized.locale.code)
        assert isinstance(suggester, cls)  # noqa: S101 - narrows a memo that the engine cannot type
        return suggester

    def suggest(self, phrase: str, first: int = 5) -> Answer:
        """The concepts that a phrase may mean, at most `first` of them, best first; each concept once."""
        ranked = [match for match in self.ranked(phrase) if match.score >= LEAST]
        return Answer(
            phrase=phrase,
            confident=bool(ranked) and ranked[0].score >= self.known_from,
            suggestions=tuple([self._suggestion(phrase, match) for match in ranked[: min(first, MOST)]]),
            method=self.method,
            model=self.model,
        )

    def ranked(self, phrase: str, without: int | None = None) -> list[Ranked]:
        """All concepts that were looked at closely, best first. `without` is the number of a name of the index to leave
        out, for measuring."""
        best: dict[int, Found] = {}
        for candidate in self.candidates(phrase, without):
            concept = self.index.names[candidate.number].concept
            if concept not in best or best[concept].score < candidate.score:
                best.pop(concept, None)  # it comes where its best find comes
                best[concept] = candidate
        order = sorted(best.values(), key=lambda candidate: -candidate.score)  # of equals the first, which is the head
        scores = [candidate.score for candidate in order[:2]] + [0.0, 0.0]
        return [
            Ranked(candidate, candidate.score - RIVAL * scores[place == 0]) for place, candidate in enumerate(order)
        ]

    def candidates(self, phrase: str, without: int | None = None) -> list[Found]:
        """The names nearest to a phrase, then those nearest to each of its parts."""
        whole = self.index.nearest(phrase, without)
        candidates = [Found(match.number, match.score, exact=match.score == 1.0) for match in whole]
        if whole and whole[0].score >= SURE:
            return candidates
        for part in parts_of(phrase):
            candidates += [Found(match.number, PART * match.score, part) for match in self._of_part(part, without)]
        return candidates

    def _of_part(self, part: str, without: int | None) -> list[Match]:
        """Return the names near a part. A single word of a list is too little to guess by: it must be a name."""
        matches = self.index.nearest(part, without)
        return matches if " " in part else [match for match in matches if match.score == 1.0]

    def _suggestion(self, phrase: str, ranked: Ranked) -> Suggestion:
        candidate = ranked.candidate
        name, concept = self.index.names[candidate.number], self.index.owner(candidate.number)
        return Suggestion(
            slug=concept.slug,
            name=concept.names[0],
            external_ids=concept.external_ids,
            score=round(candidate.score, 4),
            certainty=round(ranked.certainty, 4),
            rule=self.index.rule(candidate.part or phrase, candidate.number) if candidate.by_words else Rule.MODEL,
            matched=name.text,
            part=candidate.part,
        )


PROPOSER = "careergraph suggest"
"""The name of the proposer."""
MOST_LINKS = 3
"""The most links to propose for one wording."""


def proposals(suggester: Suggester, skill: CareerSkillPart, exact_by: str | None = None) -> list[ConceptPart]:
    """Return the links to propose for a career's wording, the main concept first.

    One for the whole phrase, or one for each confident part. With `exact_by`, the only concept of this very wording is
    accepted by them at once.
    """
    answer = suggester.suggest(skill.text.get(suggester.locale) or skill.text.get(DEFAULT_LOCALE, ""), first=20)
    by_part: dict[str | None, Suggestion] = {}
    for suggestion in answer.suggestions:
        if suggestion.score >= suggester.known_from:
            by_part.setdefault(suggestion.part, suggestion)
    chosen: Sequence[Suggestion] = [by_part[None]] if None in by_part else list(by_part.values())[:MOST_LINKS]
    origin: dict[str, Any] = {"proposed_by": PROPOSER, "method": answer.method.value, "model": answer.model}
    links = [ConceptPart(skill=it.slug, score=it.score, **origin) for it in chosen]
    if exact_by is not None and sum(suggestion.score == 1.0 for suggestion in answer.suggestions) == 1:
        links[0].accepted_by = exact_by
    return links
