"""Suggester: the verb. Ranks the concepts that a phrase may mean, and says where it does not know."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careergraph.editorial.suggest.concept import Concept, concepts_of
from careergraph.editorial.suggest.english import language_of
from careergraph.editorial.suggest.index import Index, Match
from careergraph.editorial.suggest.parts import parts_of
from careergraph.editorial.suggest.suggestion import Answer, Suggestion
from careergraph.engine.edition import Edition
from careergraph.engine.locale import DEFAULT_LOCALE

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


class Ranked(NamedTuple):
    """A concept that was looked at closely: the number of its nearest name, its score and certainty, and the part of
    the phrase that it is near to, where it is not the whole."""

    number: int
    score: float
    certainty: float
    part: str | None


class Suggester:
    """Suggests concepts for phrases of one language. Never changes; may be shared by threads."""

    def __init__(self, concepts: Iterable[Concept], locale: str = DEFAULT_LOCALE) -> None:
        self.index = Index(concepts, language_of(locale))

    @classmethod
    def of(cls, edition: Edition) -> "Suggester":
        """The suggester of a catalog in one locale, made once for each catalog."""
        if (found := edition.memo.get("suggester")) is None:
            found = edition.memo["suggester"] = cls(concepts_of(edition), edition.locale.code)
        assert isinstance(found, cls)  # noqa: S101 - narrows a memo that the engine cannot type
        return found

    def suggest(self, phrase: str, first: int = 5) -> Answer:
        """The concepts that a phrase may mean, at most `first` of them, best first; each concept once."""
        found = [match for match in self.ranked(phrase) if match.score >= LEAST]
        listed = tuple([self._suggestion(phrase, match) for match in found[: min(first, MOST)]])
        return Answer(phrase=phrase, known=bool(listed) and listed[0].score >= KNOWN, suggestions=listed)

    def ranked(self, phrase: str, without: int | None = None) -> list[Ranked]:
        """All concepts that were looked at closely, best first. `without` is the number of a name of the index to leave
        out, for measuring."""
        best: dict[int, tuple[Match, str | None]] = {}
        for match, part in self._matches(phrase, without):
            concept = self.index.names[match.number].concept
            if concept not in best or best[concept][0].score < match.score:
                best[concept] = match, part
        found = sorted(best.values(), key=lambda found: -found[0].score)  # of equals, what came first: the head
        scores = [match.score for match, _ in found[:2]] + [0.0, 0.0]
        return [
            Ranked(match.number, match.score, match.score - RIVAL * scores[1 if place == 0 else 0], part)
            for place, (match, part) in enumerate(found)
        ]

    def _matches(self, phrase: str, without: int | None) -> Iterator[tuple[Match, str | None]]:
        whole = self.index.nearest(phrase, without)
        yield from ((match, None) for match in whole)
        if whole and whole[0].score >= SURE:
            return
        for part in parts_of(phrase):
            for match in self._of_part(part, without):
                yield match._replace(score=PART * match.score), part

    def _of_part(self, part: str, without: int | None) -> list[Match]:
        """A single word is too little to guess by, when it stands in a list: it must be the name of something."""
        found = self.index.nearest(part, without)
        return found if " " in part else [match for match in found if match.score == 1.0]

    def _suggestion(self, phrase: str, found: Ranked) -> Suggestion:
        name = self.index.names[found.number]
        concept = self.index.concepts[name.concept]
        return Suggestion(
            slug=concept.slug,
            name=concept.names[0],
            external_ids=concept.external_ids,
            score=round(found.score, 4),
            certainty=round(found.certainty, 4),
            rule=self.index.rule(found.part or phrase, found.number),
            matched=name.text,
            part=found.part,
        )
