"""Index: all names of all concepts by their words, and how near a phrase is to each.

The score has three parts. *Words*: the cosine between the words of the phrase and those of the name, each weighed by
how rare it is, where a word counts for its nearest counterpart (itself 1, another of the same sense 0.7, one spelled
nearly alike up to 0.8). *Letters*: the Dice coefficient of their three-letter pieces. *Order*: that of their
neighbouring stems. The best by words alone are ordered by all three together.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from careergraph.editorial.suggest.concept import Concept
from careergraph.editorial.suggest.language import Language
from careergraph.editorial.suggest.suggestion import Rule
from careergraph.editorial.suggest.vocabulary import Vocabulary
from careergraph.engine.text.same_wording import normalised

LETTERS, ORDER = 0.3, 0.1
"""What letters and order count, where words count 1."""
SHORTLIST = 16
"""Names that are looked at closely."""


class Match(NamedTuple):
    """A name that is near to a phrase: by how much, and its number in the index."""

    score: float
    number: int


class Name(NamedTuple):
    """A name of a concept: whose it is, whether it is the preferred one, as it is written, its words, and their stems
    in order."""

    concept: int
    preferred: bool
    text: str
    words: str
    stems: tuple[str, ...]


class Index:
    """The names of concepts. Never changes; may be shared by threads."""

    def __init__(self, concepts: Iterable[Concept], language: Language) -> None:
        self.concepts = tuple(concepts)
        self.language = language
        self.names = tuple(
            [
                self._name(place, rank == 0, text)
                for place, concept in enumerate(self.concepts)
                for rank, text in enumerate(concept.names)
                if text
            ]
        )
        self.vocabulary = Vocabulary(language, len(self.concepts), _concept_counts(self.names))
        self._postings = self._make_postings()
        self._met: dict[str, list[tuple[int, float]]] = {}
        self._kept = 0
        self._wordings: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            self._wordings.setdefault(_wording(name.text), []).append(number)

    def _name(self, place: int, preferred: bool, text: str) -> Name:
        words = self.language.words(text)
        return Name(place, preferred, text, " ".join(words), tuple(self.language.stems(words)))

    def _make_postings(self) -> Mapping[str, list[tuple[int, float]]]:
        """The names with each stem, and the share of the name that the stem makes up."""
        postings: dict[str, list[tuple[int, float]]] = {}
        for number, name in enumerate(self.names):
            weights = self.vocabulary.weights(name.stems)
            length = _length(weights)
            for stem, weight in weights.items():
                postings.setdefault(stem, []).append((number, weight / length))
        return postings

    def nearest(self, phrase: str, without: int | None = None) -> list[Match]:
        """The names nearest to a phrase, best first. `without` is the number of a name to leave out, for measuring."""
        words = self.language.words(phrase)
        if not words:
            return []
        stems = tuple(self.language.stems(words))
        by_words = self._by_words(self.vocabulary.weights(stems))
        same = self.same_wording(phrase)
        by_words.update(dict.fromkeys(same, 2.0))  # the very wording comes first, whatever its words weigh
        if without is not None:
            by_words.pop(without, None)
        best = sorted(by_words, key=by_words.__getitem__, reverse=True)[:SHORTLIST]
        letters, order = _pieces(" ".join(words)), _neighbours(stems)
        matches = [
            Match(1.0 if number in same else self._closeness(number, by_words[number], letters, order), number)
            for number in best
        ]
        return sorted(matches, key=self.rank)

    def same_wording(self, phrase: str) -> tuple[int, ...]:
        """The names that have the very wording of a phrase."""
        return tuple(self._wordings.get(_wording(phrase), ()))

    def owner(self, number: int) -> Concept:
        """The concept that a name belongs to."""
        return self.concepts[self.names[number].concept]

    def rule(self, phrase: str, number: int) -> Rule:
        """The rule by which a name matches a phrase."""
        if number in self.same_wording(phrase):
            return Rule.SAME_WORDING
        mine, theirs = self.language.stems(self.language.words(phrase)), self.names[number].stems
        if set(mine) == set(theirs):
            return Rule.SAME_STEMS
        near = [{other for other, _ in self.vocabulary.near(stem)} for stem in mine]
        met = all(not others.isdisjoint(theirs) for others in near)
        return Rule.SAME_SENSE if met and set(theirs) <= set[str]().union(*near) else Rule.SHARED_WORDS

    def rank(self, match: Match) -> tuple[float, bool, int]:
        """The order of matches: by score, then preferred names before aliases, then by position in the index."""
        return -match.score, not self.names[match.number].preferred, match.number

    def _by_words(self, stems: Mapping[str, float]) -> dict[int, float]:
        """The cosine of each name that has any of the words; a word counts once, for its nearest counterpart."""
        total: dict[int, float] = {}
        total_of = total.get
        length = _length(stems)
        for stem, weight in stems.items():
            share = weight / length
            for number, part in self._counterparts(stem):
                total[number] = total_of(number, 0.0) + share * part
        return total

    def _counterparts(self, stem: str) -> list[tuple[int, float]]:
        """The names that have a counterpart of a stem, and how much of the name it makes up, times how near it is.

        Kept, because the words with the most names are those that phrases have most often.
        """
        if (met := self._met.get(stem)) is None:
            best: dict[int, float] = {}
            for other, likeness in self.vocabulary.near(stem):
                for number, part in self._postings[other]:
                    if likeness * part > best.get(number, 0.0):
                        best[number] = likeness * part
            met = list(best.items())
            if self._kept + len(met) <= KEPT:
                self._met[stem] = met
                self._kept += len(met)
        return met

    def _closeness(
        self, number: int, likeness: float, letters: frozenset[str], order: frozenset[tuple[str, str]]
    ) -> float:
        name = self.names[number]
        alike = min(likeness, 1.0) + LETTERS * _dice(letters, _pieces(name.words))
        alike += ORDER * _dice(order, _neighbours(name.stems))
        return min(alike / (1 + LETTERS + ORDER), NEARLY)


KEPT = 400_000
"""Names that are kept for words in all, so that a file of nonsense cannot fill the memory."""
NEARLY = 0.99
"""The score of what is not the very wording, at most."""


def _wording(text: str) -> str:
    """A text without anything but its letters, so that `health care` and `healthcare` are one wording."""
    return normalised(text).replace(" ", "")


def _concept_counts(names: Iterable[Name]) -> dict[str, int]:
    concepts_by_stem: dict[str, dict[int, None]] = {}
    for name in names:
        for stem in name.stems:
            concepts_by_stem.setdefault(stem, {})[name.concept] = None
    return {stem: len(concepts) for stem, concepts in concepts_by_stem.items()}


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum([weight * weight for weight in weights.values()])) or 1.0


def _pieces(words: str) -> frozenset[str]:
    padded = f" {words} "
    return frozenset([padded[start : start + 3] for start in range(len(padded) - 2)])


def _neighbours(stems: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Each stem with the next one; the first and the last have nothing beside them."""
    return frozenset(pairwise(("", *stems, "")))


def _dice(mine: frozenset[object], theirs: frozenset[object]) -> float:
    whole = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / whole if whole else 0.0
