"""An index of the names of concepts by their words, and the similarity of a phrase to each name.

The score has three parts. *Words*: the cosine between the words of the phrase and those of the name, each weighed by
its rarity; a word counts for its nearest counterpart (itself 1, another of the same sense 0.7, one spelled nearly alike
up to 0.8). *Letters*: the Dice coefficient of their three-letter pieces. *Order*: that of their neighbouring stems. The
best by words alone are ordered by all three together.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from careergraph.editorial.suggest.language import Language
from careergraph.editorial.suggest.suggestion import Concept, Rule
from careergraph.engine.content.trigrams import Trigrams
from careergraph.engine.text.same_wording import normalised

LIKE_SENSE = 0.7
"""The similarity of two words of one sense (`manage`, `oversee`)."""
LIKE_SPELLING = 0.8
"""The factor of the similarity of two spellings."""
LEAST_SPELLING = 0.5
"""The least share of common three-letter pieces (Dice) of two similar spellings."""
BROAD = 0.6
"""The factor of the weight of a word with little meaning."""
RARITY = 0.9
"""The power of the inverse document frequency that a word weighs."""

Near = tuple[tuple[str, float], ...]
"""Words and their similarity (0 to 1), nearest first."""


class Vocabulary:
    """The stems of an index. Results for a word are cached; phrases have few words."""

    def __init__(self, language: Language, concepts: int, found_in: Mapping[str, int]) -> None:
        """`found_in` is the number of concepts with each stem, of `concepts` in all."""
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
        """Return the stems of the index that a stem may match, itself included if the index has it."""
        if (near := self._near.get(stem)) is None:
            near = self._look_up(stem)
            if len(self._near) < CACHED_WORDS:
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


CACHED_WORDS = 50_000
"""The limit of cached words, so that a file of nonsense cannot fill the memory."""


LETTERS, ORDER = 0.3, 0.1
"""The weights of letters and order, where words have 1."""
SHORTLIST = 16
"""The number of names that are scored closely."""


class Match(NamedTuple):
    """A name that is near to a phrase: by how much, and its number in the index."""

    score: float
    number: int


class Name(NamedTuple):
    """A name of a concept: the position of the concept, whether the name is preferred, its text, words, and stems in
    order."""

    concept: int
    preferred: bool
    text: str
    words: str
    stems: tuple[str, ...]


class _Phrase(NamedTuple):
    """A phrase as it is scored: the cosine of each name with any of its words, its letters, and its order."""

    by_words: dict[int, float]
    letters: frozenset[str]
    order: frozenset[tuple[str, str]]


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
        read = self._read(phrase)
        if not read.letters:
            return []
        by_words = read.by_words
        same = self.same_wording(phrase)
        by_words.update(dict.fromkeys(same, 2.0))  # the very wording comes first, regardless of the weights
        if without is not None:
            by_words.pop(without, None)
        best = sorted(by_words, key=by_words.__getitem__, reverse=True)[:SHORTLIST]
        matches = [Match(1.0 if number in same else self._closeness(number, read), number) for number in best]
        return sorted(matches, key=self.rank)

    def closeness(self, phrase: str, numbers: Iterable[int]) -> dict[int, float]:
        """Return how near names are to a phrase by its words, letters and order, however many others are nearer: from 0
        to less than 1."""
        read = self._read(phrase)
        return {number: self._closeness(number, read) for number in numbers}

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
        """Return the names with a counterpart of a stem, and the share of the name that it is, times its similarity.
        Cached, since the words with the most names are the most frequent ones of phrases."""
        if (met := self._met.get(stem)) is None:
            best: dict[int, float] = {}
            for other, likeness in self.vocabulary.near(stem):
                for number, part in self._postings[other]:
                    if likeness * part > best.get(number, 0.0):
                        best[number] = likeness * part
            met = list(best.items())
            if self._kept + len(met) <= CACHED_NAMES:
                self._met[stem] = met
                self._kept += len(met)
        return met

    def _read(self, phrase: str) -> _Phrase:
        words = self.language.words(phrase)
        stems = tuple(self.language.stems(words))
        by_words = self._by_words(self.vocabulary.weights(stems))
        return _Phrase(by_words, _pieces(" ".join(words)), _neighbours(stems))

    def _closeness(self, number: int, phrase: _Phrase) -> float:
        name = self.names[number]
        alike = min(phrase.by_words.get(number, 0.0), 1.0) + LETTERS * _dice(phrase.letters, _pieces(name.words))
        alike += ORDER * _dice(phrase.order, _neighbours(name.stems))
        return min(alike / (1 + LETTERS + ORDER), NEARLY)


CACHED_NAMES = 400_000
"""The limit of cached names for all words, so that a file of nonsense cannot fill the memory."""
NEARLY = 0.99
"""The highest score of a phrase that is not the very wording."""


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
