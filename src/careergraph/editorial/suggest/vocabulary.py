"""Vocabulary: the words of all concepts, how much each of them tells, and which of them are near to a word."""

from collections.abc import Iterable, Mapping
from math import log

from careergraph.editorial.suggest.language import Language
from careergraph.engine.content.trigrams import Trigrams

LIKE_SENSE = 0.7
"""How near two words of one sense are (`manage`, `oversee`)."""
LIKE_SPELLING = 0.8
"""What the likeness of two spellings is multiplied by."""
LEAST_SPELLING = 0.5
"""Two words that share fewer of their three-letter pieces (Dice) are not near."""
BROAD = 0.6
"""What the weight of a word that carries little meaning is multiplied by."""
RARITY = 0.9
"""The power of the inverse document frequency that a word weighs."""

Near = tuple[tuple[str, float], ...]
"""Words and how near they are (0 to 1), nearest first."""


class Vocabulary:
    """The stems of an index. What is worked out for a word is kept; the words of phrases are few."""

    def __init__(self, language: Language, concepts: int, found_in: Mapping[str, int]) -> None:
        """`found_in` is the number of concepts that each stem stands in, of `concepts` in all."""
        self._language = language
        self._concepts = concepts
        self._found_in = found_in
        self._spellings = Trigrams(sorted(found_in))
        self._near: dict[str, Near] = {}

    def weight(self, stem: str) -> float:
        """The weight of a stem: the fewer concepts have it, the higher."""
        weight: float = log(1 + self._concepts / (1 + self._found_in.get(stem, 0))) ** RARITY
        return weight * BROAD if stem in self._language.broad_stems else weight

    def weights(self, stems: Iterable[str]) -> dict[str, float]:
        """The weight of each of a phrase's stems."""
        return {stem: self.weight(stem) for stem in stems}

    def near(self, stem: str) -> Near:
        """The stems of the index that a stem may stand for, itself among them where the index has it."""
        if (near := self._near.get(stem)) is None:
            near = self._look_up(stem)
            if len(self._near) < KEPT:
                self._near[stem] = near
        return near

    def _look_up(self, stem: str) -> Near:
        spelled = {other: LIKE_SPELLING * likeness for likeness, other in self._spellings.nearest(stem, LEAST_SPELLING)}
        for other in self._language.neighbours.get(stem, ()):
            if other in self._found_in:
                spelled[other] = max(LIKE_SENSE, spelled.get(other, 0.0))
        if stem in self._found_in:
            spelled[stem] = 1.0
        return tuple(sorted(spelled.items(), key=lambda entry: (-entry[1], entry[0])))


KEPT = 50_000
"""Words whose neighbours are kept, so that a file of nonsense cannot fill the memory."""
