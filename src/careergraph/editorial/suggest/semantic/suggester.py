"""Suggester with a model: words and vectors together."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from careergraph.editorial.suggest.parts import parts_of
from careergraph.editorial.suggest.semantic.model import NAME, Model, Vectors
from careergraph.editorial.suggest.suggester import Found, Suggester
from careergraph.editorial.suggest.suggestion import Concept, Method
from careergraph.engine.content.locale import DEFAULT_LOCALE

WORDS = 0.3
"""The weight of the score by words, of 1 in all."""
PART = 0.7
"""The factor of the likeness of a part: how something is done, and to what, is named by parts that are skills too."""
SHORTLIST = 24
"""The nearest names by the model that are scored, beside the nearest by words."""


class SemanticSuggester(Suggester):
    """Suggests by words and a model. Reading the names takes about a millisecond each; phrases then take a few."""

    method = Method.MODEL
    model = NAME
    known_from = 0.75

    def __init__(self, concepts: Iterable[Concept], locale: str = DEFAULT_LOCALE, reader: Model | None = None) -> None:
        super().__init__(concepts, locale)
        self._reader = reader or Model()
        self._vectors = self._read([name.text for name in self.index.names])

    def _read(self, phrases: Sequence[str]) -> Vectors:
        """The vectors of phrases in the words of the language's lists, which the model knows nothing of."""
        return self._reader.read([self.index.language.reworded(phrase) for phrase in phrases])

    def candidates(self, phrase: str, without: int | None = None) -> list[Found]:
        """The names nearest by either, each with both scores made one. The very wording stays at 1."""
        by_words = _best(super().candidates(phrase, without))
        if not phrase.strip() or not self.index.names:
            return []
        whole, *parts = [phrase, *(part for part in parts_of(phrase) if " " in part)]
        likeness = self._vectors @ self._read([whole, *parts]).T
        likeness[:, 1:] *= PART
        best = likeness.max(axis=1)
        nearest = [it for it in _highest(best, SHORTLIST + 1) if it != without][:SHORTLIST]
        by_model = self.index.closeness(phrase, [it for it in nearest if it not in by_words])
        part_of_column: tuple[str | None, ...] = (None, *parts)
        candidates = []
        for number in dict.fromkeys([*by_words, *nearest]):
            if (words := by_words.get(number)) is None:
                part = part_of_column[int(likeness[number].argmax())]
                words = Found(number, by_model[number], part, by_words=False)
            candidates.append(words if words.exact else _combined(words, float(best[number])))
        return candidates


def _combined(words: Found, likeness: float) -> Found:
    """Return the finds by words, with the likeness by the model."""
    return words._replace(score=WORDS * words.score + (1 - WORDS) * likeness)


def _highest(scores: NDArray[np.float32], count: int) -> list[int]:
    """The places of the highest scores, the highest first, then by place. Only those are put in order."""
    least = np.partition(scores, -count)[-count] if count < len(scores) else -np.inf
    places = np.flatnonzero(scores >= least)
    numbers: list[int] = places[np.argsort(-scores[places], kind="stable")][:count].tolist()
    return numbers


def _best(candidates: Iterable[Found]) -> dict[int, Found]:
    """The best find of each name, by its number."""
    best: dict[int, Found] = {}
    for candidate in candidates:
        if candidate.number not in best or best[candidate.number].score < candidate.score:
            best[candidate.number] = candidate
    return best
