"""Vocabulary: the words of an index, and which of them a word of a query may stand for."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from math import log

from careergraph.engine.content.locale import Locale
from careergraph.engine.content.trigrams import MOST_RECENT, Trigrams
from careergraph.engine.search.posting import Packed, size_of
from careergraph.engine.search.spelling import SHORTEST_ROOT, Spelling, root, singular
from careergraph.engine.search.word_groups import WordGroups
from careergraph.engine.text.same_wording import normalised

PLURAL, SENSE, FAMILY, DISTANT, PREFIX = 0.97, 0.85, 0.75, 0.55, 0.8
"""How far a word stands for its plural or singular, another of the same sense, one of the same root, one of the same
short root, and one that it is the beginning of."""
BEGINNING = 0.4
"""How far a word that the index has stands for those that it is the beginning of: somebody may still be typing."""
CORRECTED = 0.9
UNLIKELY, BEHIND = 0.5, 0.02
"""How far a word stands for a correction that is less likely than the likeliest, and by how much less it must be."""
SHORTEST = 3
"""Letters of a word that nobody misspells."""
LEAST_LIKE, LEAST_LIKE_OF_SHORT, SHORT = 0.7, 0.76, 6
"""The least likeness of a correction; that of a word of few letters; and how many are not few."""
LEAST_PIECES, LOOKED_AT, CORRECTIONS = 0.3, 25, 3
"""Corrections share so many of their three-letter pieces; how many words are looked at, and how many are kept."""
BEGINNINGS = 50
"""Words that one may be the beginning of."""
MOST = 8
"""The index of spellings is made anew once it would have 1/8 of words that went or are new."""
SENSES = "same-sense"
"""The phrase of a locale that lists words of one sense: `doctor physician, lorry truck`."""

MINOR = "minor-words"
"""The phrase of a locale that lists words which say little of what is meant: `worker, lady, guy`."""

Variants = Mapping[str, float]
"""Words of the index that a word stands for, each with how far it does, from 0 to 1."""


Senses = Mapping[str, Mapping[str, None]]
"""The words of one sense with each."""


class Vocabulary:
    """The words of an index, by number, root and spelling; `postings` say which items have each. It goes on from one of
    `before`, of any locale. Never changes."""

    def __init__(self, postings: Mapping[str, Packed], locale: Locale, before: "Vocabulary | None") -> None:
        self._postings = postings
        self._locale = locale
        is_same = before is not None and before._locale is locale
        self._senses: Senses = before._senses if before and is_same else _senses(locale)
        self._minor: frozenset[str] = before._minor if before and is_same else _minor(locale)
        self._recent: dict[str, list[tuple[float, str]]] = {}
        self._words: tuple[str, ...]
        self._forms: WordGroups
        self._roots: WordGroups
        self._spellings: Trigrams
        if before is not None and before._postings.keys() == postings.keys():
            self._words, self._spellings = before._words, before._spellings
            self._forms, self._roots = before._forms.over(postings), before._roots.over(postings)
            return
        new = set(postings) if before is None else postings.keys() - before._postings.keys()
        gone = set() if before is None else before._postings.keys() - postings.keys()
        if before is None or MOST * (len(new) + len(gone)) > len(postings):
            self._words = tuple(sorted(postings))
            self._forms, self._roots = [WordGroups.of(it, postings, self._words) for it in (singular, root)]
        else:
            self._words = tuple(sorted([*[word for word in before._words if word not in gone], *new]))
            self._forms = before._forms.changed(postings, new, gone)
            self._roots = before._roots.changed(postings, new, gone)
        self._spellings = self._spell(None if before is None else before._spellings)

    def _spell(self, before: Trigrams | None) -> Trigrams:
        spelled = frozenset() if before is None else frozenset(before.texts)
        new = [word for word in self._words if word not in spelled]
        if before is not None and MOST * (len(spelled) + 2 * len(new) - len(self._words)) < len(self._words):
            return before.extended(new)  # words that went stay in it, and are passed over
        return Trigrams(self._words)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def is_minor(self, word: str) -> bool:
        """Return whether a word says little of what is meant, in either number."""
        return singular(word) in self._minor

    def variants(self, word: str) -> Variants:
        """The words that one stands for. One that the index lacks stands above all for those that it begins,
        or else for those that it may be a misspelling of."""
        variants = self._of(word)
        if any(likeness >= SENSE for likeness in variants.values()):
            for other in self._beginning_with(word) if len(word) > SHORTEST else ():
                variants.setdefault(other, BEGINNING)
            return variants
        variants.update(dict.fromkeys(self._beginning_with(word), PREFIX))
        if PREFIX not in variants.values():
            if corrections := self.corrections(word):  # then it is of no family by its ending alone
                variants = {other: min(likeness, DISTANT) for other, likeness in variants.items()}
            for likeness, correction in corrections:
                corrected = likeness * (CORRECTED if likeness > corrections[0][0] - BEHIND else UNLIKELY)
                for other, factor in self._of(correction).items():
                    variants[other] = max(corrected * factor, variants.get(other, 0.0))
        return variants

    def _of(self, word: str) -> dict[str, float]:
        """The words of one number, sense or root with one."""
        one = singular(word)
        stem = root(one)
        variants = dict.fromkeys(self._roots.get(stem), FAMILY if len(stem) > SHORTEST_ROOT else DISTANT)
        for other in self._senses.get(one, ()):
            variants.update(dict.fromkeys(self._forms.get(other), SENSE))
        variants.update(dict.fromkeys(self._forms.get(one), PLURAL))
        if word in self:
            variants[word] = 1.0
        return variants

    def corrections(self, word: str) -> list[tuple[float, str]]:
        """The words that one may be a misspelling of, the likeliest first, each with how likely it is, from 0 to 1: by
        the letters that were left out, added, changed or swapped, then by how many items have it."""
        if len(word) <= SHORTEST:
            return []
        if (recent := self._recent.get(word)) is not None:
            return recent
        least = LEAST_LIKE if len(word) >= SHORT else LEAST_LIKE_OF_SHORT
        near = [it for _, it in self._spellings.nearest(word, LEAST_PIECES) if it in self][:LOOKED_AT]
        spelling = Spelling(word)
        alike = [(1 - spelling.edits(it) / max(len(word), len(it)), it) for it in near]
        likely = [
            (likeness * (1 - 0.1 / log(2 + size_of(self._postings[other]))), other)
            for likeness, other in alike
            if likeness >= least
        ]
        likely.sort(key=lambda it: (-it[0], it[1]))
        if len(self._recent) >= MOST_RECENT:
            self._recent.clear()
        self._recent[word] = likely[:CORRECTIONS]
        return self._recent[word]

    def _beginning_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._words, word)
        for place in range(start, min(start + BEGINNINGS, len(self._words))):
            if not self._words[place].startswith(word):
                return
            if self._words[place] != word:
                yield self._words[place]


def _senses(locale: Locale) -> Senses:
    """The words of one sense with each, as queries are compared, and made singular."""
    senses: dict[str, dict[str, None]] = {}
    for spoken in locale.chain():
        listed = spoken.phrases.get(SENSES)
        for group in () if listed is None else listed.source.split(","):
            words = [singular(word) for word in normalised(group).split()]
            for word in words:
                senses.setdefault(word, {}).update({other: None for other in words if other != word})
    return senses


def _minor(locale: Locale) -> frozenset[str]:
    """The words that say little, all of them made singular."""
    listed = [spoken.phrases[MINOR] for spoken in locale.chain() if MINOR in spoken.phrases]
    return frozenset([singular(word) for phrase in listed for word in normalised(phrase.source).split()])
