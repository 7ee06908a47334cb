"""An index of short texts by their three-letter pieces: what is spelled nearly alike shares most of them."""

from collections.abc import Iterable, Iterator, Sequence


class Trigrams:
    """Finds the texts nearest to a misspelled one. The score is the Dice coefficient of the pieces, from 0 to 1."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = {}
        self._recent: dict[tuple[str, float], list[tuple[float, str]]] = {}
        self._add(self.texts, 0)

    def _add(self, texts: Iterable[str], start: int) -> None:
        for place, text in enumerate(texts, start):
            pieces = _pieces(text)
            self._sizes.append(len(pieces))
            for piece in pieces:
                self._places.setdefault(piece, []).append(place)

    def extended(self, texts: Sequence[str]) -> "Trigrams":
        """Return an index that has further texts too."""
        longer = Trigrams(())
        longer.texts, longer._sizes = (*self.texts, *texts), [*self._sizes]
        longer._places = dict(self._places)
        for piece in {piece for text in texts for piece in _pieces(text)}:
            longer._places[piece] = [*self._places.get(piece, ())]
        longer._add(texts, len(self.texts))
        return longer

    def nearest(self, text: str, least: float) -> list[tuple[float, str]]:
        """The texts that score at least `least`, best first, then by the alphabet."""
        key = text[:LONGEST], least  # one request may ask for the same of every item of a list
        nearest = self._recent.get(key)
        if nearest is None:
            if len(self._recent) >= MOST_RECENT:
                self._recent.clear()
            nearest = self._recent[key] = self._nearest(text, least)
        return list(nearest)

    def _nearest(self, text: str, least: float) -> list[tuple[float, str]]:
        pieces = _pieces(text)
        counts: dict[int, int] = {}
        for piece in pieces:
            for place in self._places.get(piece, ()):
                counts[place] = counts.get(place, 0) + 1
        scored = self._scored(counts, len(pieces))
        return sorted([pair for pair in scored if pair[0] >= least], key=lambda pair: (-pair[0], pair[1]))

    def _scored(self, counts: dict[int, int], size: int) -> Iterator[tuple[float, str]]:
        for place, common in counts.items():
            yield 2 * common / (size + self._sizes[place]), self.texts[place]


MOST_RECENT = 64
"""How many texts are remembered with what is nearest to them."""

LONGEST = 200
"""Letters of a text that are looked at: what is longer was not a typing mistake."""


def _pieces(text: str) -> set[str]:
    padded = f"  {text[:LONGEST]} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
