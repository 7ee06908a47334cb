"""Suggester: the verb. Ranks the concepts that a phrase may mean, and says where it does not know."""

from collections.abc import Iterable
from typing import NamedTuple

from careergraph.editorial.suggest.concept import Concept, concepts_of
from careergraph.editorial.suggest.english import language_of
from careergraph.editorial.suggest.index import Index, Match
from careergraph.editorial.suggest.parts import parts_of
from careergraph.editorial.suggest.suggestion import Answer, Method, Rule, Suggestion
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.text.localized_catalog import LocalizedCatalog

KNOWN = 0.7
"""Below this score nothing is known. `make eval` prints how often what is known is right."""
LEAST = 0.3
"""Below this score nothing is suggested at all."""
SURE = 0.9
"""From this score on, the whole phrase is understood, and its parts are not looked at."""
PART = 0.9
"""What the score of a part is multiplied by: it is not all that the phrase says."""
RIVAL = 0.8
"""How much of the nearest other concept's score is taken from a score to make a certainty."""
MOST = 100
"""Suggestions that can be asked for."""


class Found(NamedTuple):
    """A name that is near to a phrase: its number, the score, and the part of the phrase that it is near to, where that
    is not the whole. `exact` is the very wording; `by_words` says whether words had a part in finding it."""

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
        order = sorted(best.values(), key=lambda candidate: -candidate.score)  # of equals, what came first: the head
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
        """A single word is too little to guess by, when it stands in a list: it must be the name of something."""
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
