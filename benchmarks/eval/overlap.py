"""Two simple ways to find the name nearest to a phrase, to measure ours by: shared words, and shared letters."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

Pieces = Callable[[str], Iterable[str]]


def words(text: str) -> list[str]:
    """The words of a text, each once."""
    return sorted(set(re.findall(r"\w+", text.casefold())))


def letters(text: str) -> list[str]:
    """The pieces of three to five letters of each word, with a space at both of its ends."""
    padded = [f" {word} " for word in re.findall(r"\S+", text.casefold())]
    return [word[at : at + size] for word in padded for size in (3, 4, 5) for at in range(max(1, len(word) - size + 1))]


class Overlap:
    """The cosine of what texts have in common, each piece weighed by how rare it is among them, or all the same."""

    def __init__(self, texts: Iterable[str], pieces: Pieces, *, rare_weigh_more: bool) -> None:
        self._pieces = pieces
        counted = [Counter(pieces(text)) for text in texts]
        found_in = Counter(piece for counts in counted for piece in counts)
        self._rarity = (
            {piece: 1 + log((1 + len(counted)) / (1 + count)) for piece, count in found_in.items()}
            if rare_weigh_more
            else dict.fromkeys(found_in, 1.0)
        )
        self._texts = len(counted)
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, counts in enumerate(counted):
            for piece, share in self._shares(counts).items():
                postings.setdefault(piece, []).append((number, share))
        self._postings = {
            piece: (np.array([number for number, _ in posting]), np.array([share for _, share in posting]))
            for piece, posting in postings.items()
        }

    def scores(self, phrase: str) -> NDArray[np.float64]:
        """The score of each text, by its number; 0 where it has nothing in common with the phrase."""
        totals = np.zeros(self._texts)
        for piece, share in self._shares(Counter(self._pieces(phrase))).items():
            numbers, parts = self._postings[piece]
            totals[numbers] += share * parts
        return totals

    def _shares(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {piece: count * self._rarity[piece] for piece, count in counts.items() if piece in self._rarity}
        length = sqrt(sum([weight * weight for weight in weights.values()])) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}
