"""An index of short texts by their three-letter pieces: texts of nearly the same spelling share most of them."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from math import ceil


class Trigrams:
    """Finds the texts nearest to a misspelled one. The score is the Dice coefficient of the pieces, from 0 to 1."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self._sizes = array("H")
        self._places: dict[str, array[int]] = {}
        self._recent: dict[tuple[str, float], list[tuple[float, str]]] = {}
        self._add(self.texts, 0)

    def _add(self, texts: Iterable[str], start: int) -> None:
        kind, grown = _kind(len(self.texts)), set[str]()
        for place, text in enumerate(texts, start):
            pieces = _pieces(text)
            self._sizes.append(len(pieces))
            for piece in pieces:
                if (places := self._places.get(piece)) is None:
                    places = self._places[piece] = array(kind)
                places.append(place)
            grown |= pieces
        for piece in grown:  # what grows has room to grow further: a copy has not
            self._places[piece] = self._places[piece][:]

    def extended(self, texts: Sequence[str]) -> "Trigrams":
        """Return an index that has further texts too."""
        longer = Trigrams(())
        longer.texts, longer._sizes = (*self.texts, *texts), self._sizes[:]
        kind = _kind(len(longer.texts))
        is_same = kind == _kind(len(self.texts))
        longer._places = dict(self._places) if is_same else {it: array(kind, at) for it, at in self._places.items()}
        for piece in {piece for text in texts for piece in _pieces(text)}:
            longer._places[piece] = array(kind, self._places.get(piece, ()))
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
        size, sizes = len(pieces), self._sizes
        counts = Counter(chain.from_iterable([self._places.get(piece, ()) for piece in pieces]))
        enough = ceil(least * size / (2 - least) - ROUNDING)  # a text has as many pieces at least as it shares
        shared = [(place, common) for place, common in counts.items() if common >= enough]
        scored = [(2 * common / (size + sizes[place]), self.texts[place]) for place, common in shared]
        return sorted([pair for pair in scored if pair[0] >= least], key=lambda pair: (-pair[0], pair[1]))

    def containing(self, text: str) -> list[str]:
        """Return the texts that a text of three letters or more is a part of, in the order of the index."""
        pieces = [text[start : start + 3] for start in range(len(text[:LONGEST]) - 2)]
        rarest = min([self._places.get(piece, ()) for piece in pieces], key=len, default=())
        return [self.texts[place] for place in rarest if text in self.texts[place]]


MOST_RECENT = 64
"""How many texts are cached with their nearest ones."""

ROUNDING = 1e-9
"""How far a product of fractions may be above the whole number that it is."""

LONGEST = 200
"""Letters of a text that are compared: a longer one was not a typing mistake."""


def _kind(texts: int) -> str:
    """The type of the places of so many texts: two bytes each, or four."""
    return "H" if texts <= MOST_SHORT else "I"


MOST_SHORT = 1 << 16
"""The most texts whose places two bytes have room for."""


def _pieces(text: str) -> set[str]:
    padded = f"  {text[:LONGEST]} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
