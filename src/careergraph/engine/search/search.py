"""Search over titles, aliases, skills and summaries; a word may be unfinished or misspelled.

Every word of the query is looked up among the words of the catalog: the very word counts 1, its plural or singular
0.97, a beginning of it 0.85, a word spelled nearly alike its likeness times 0.8. Likeness is that of the trigrams; for
a word that no text has, it counts the letters that were left out, added, changed or swapped. Where a word was found
matters: title 1, alias 0.9, skill 0.55, summary 0.4. Rare words weigh more (inverse document frequency). The weighted
mean over the words of the query is the match; one below 0.3 is left out.

A name that is the query comes first: a title scores 1, an alias 0.96 and up to 0.04 less where the title lacks its
words, each 0.01 less in another number, and a tenth less where a word was misspelled. Elsewhere the score is 0.8 of the
match, and up to 0.15 of it more the fewer other words the name has.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.trigrams import Trigrams
from careergraph.engine.search.item_words import ALIAS, Item, Key, Names, Place, Reader, items_of
from careergraph.engine.search.spelling import edits, singular
from careergraph.engine.similarity.skill_matching import normalised
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize

PLURAL, PREFIX, LIKE, LEAST_LIKE = 0.97, 0.85, 0.8, 0.45
SAME_TITLE, SAME_ALIAS, OTHER_TITLE, OTHER_NUMBER, CORRECTED = 1.0, 0.96, 0.04, 0.01, 0.9
PARTLY, SHORT = 0.8, 0.15
NEAR, CANDIDATES = 2, 100
"""Corrections of a misspelled word, and items whose names are compared with the whole query."""
LEAST_SCORE = 0.3
SHORTEST = 3
"""Letters of a word that nobody misspells."""
WORDS = 8
"""Words of a query that are looked at."""
LOT = 50
"""Items that are taken into an index in one step."""
MOST = 8
"""The index of spellings is made anew once it would have 1/8 of words that went or are new."""
NAME = "search"
"""What the index is called among the memos of a localized catalog."""


class SearchHit(NamedTuple):
    """Something found: how well (0 to 1), the text that matched best, and the item."""

    score: float
    matched: str
    item: Item


class SearchIndex:
    """The words of a localized catalog, and where they stand. It does not keep that catalog: one index can go on from
    another."""

    def __init__(self) -> None:
        self._codes: tuple[str, ...] = ()
        self.items: dict[Key, Item] = {}
        self._places: dict[str, dict[Key, Place]] = {}
        self._names: dict[Key, Names] = {}
        self._words: tuple[str, ...] = ()
        self._spellings = Trigrams(())

    def fill(self, localized: LocalizedCatalog, before: "SearchIndex | None") -> Iterator[None]:
        """Fills the index, a few items a step: from one of before, where that is of the same locale and most items are
        the same. Places of a word are never changed where they are shared: they are copied first."""
        self._codes = tuple([locale.code for locale in localized.locale.chain()])
        self.items = dict(items_of(localized))
        was = {} if before is None or before._codes != self._codes else before.items
        changed = [key for key, item in self.items.items() if was.get(key) is not item]
        changed += [key for key in was if key not in self.items]
        if before is not None and was and 2 * len(changed) < len(self.items):
            self._places, self._names = dict(before._places), dict(before._names)
        else:
            was, changed = {}, list(self.items)
        yield from self._change(Reader(localized), was, changed)
        self._spell(before)

    def _change(self, reader: Reader, was: Mapping[Key, Item], changed: Sequence[Key]) -> Iterator[None]:
        own: set[str] = set()  # the words whose places are not shared with another index
        for number, key in enumerate(changed):
            if (old := was.get(key)) is not None:
                self._names.pop(key, None)
                for word in reader.places(old):
                    self._copy(word, own).pop(key, None)
            if (new := self.items.get(key)) is not None:
                self._names[key] = reader.names(new)
                for word, place in reader.places(new).items():
                    self._copy(word, own)[key] = place
            if number % LOT == LOT - 1:
                yield
        for word in own:
            if not self._places[word]:
                del self._places[word]

    def _copy(self, word: str, own: set[str]) -> dict[Key, Place]:
        """The places of a word, to be changed."""
        if word not in own:
            own.add(word)
            self._places[word] = dict(self._places.get(word, ()))
        return self._places[word]

    def _spell(self, before: "SearchIndex | None") -> None:
        if before is not None and before._places.keys() == self._places.keys():
            self._words, self._spellings = before._words, before._spellings
            return
        self._words = tuple(sorted(self._places))
        spelled = frozenset() if before is None else frozenset(before._spellings.texts)
        new = [word for word in self._words if word not in spelled]
        if before is not None and MOST * (len(spelled) + len(new) - len(self._words) + len(new)) < len(self._words):
            self._spellings = before._spellings.extended(new)  # words that went stay in it, and are passed over
        else:
            self._spellings = Trigrams(self._words)

    def find(self, text: str) -> list[SearchHit]:
        """All matches, best first; among equals careers before skills, categories and collections, then by slug."""
        whole = normalised(text)
        words = list(dict.fromkeys(whole.split()))[:WORDS]
        near = {word: self._near(word) for word in words}
        weights = [self._rarity(word) for word in words]
        matches: dict[Key, tuple[float, Place]] = {}
        for word, weight in zip(words, weights, strict=True):
            for key, (likeness, place) in self._matches(word, near[word]).items():
                gained = weight * likeness * place[0]
                total, best = matches.get(key, (0.0, place))
                matches[key] = (total + gained, max(best, place, key=lambda it: it[0]))
        most = sum(weights) or 1.0
        hits = [(total / most, key, best) for key, (total, best) in matches.items() if total / most >= LEAST_SCORE]
        hits.sort(key=lambda hit: (-hit[0], hit[1]))
        queries = [(1.0, whole), *[(CORRECTED, it) for it in self._corrected(whole.split()[:WORDS], near)]]
        forms = [(factor, hash(query), hash(singular(query))) for factor, query in queries]
        ranked = [(_partly(len(words), match, place), key, place) for match, key, place in hits]
        for number, (score, key, place) in enumerate(ranked[:CANDIDATES]):
            same = max(factor * self._sameness(key, words, *form) for factor, *form in forms)
            ranked[number] = max(score, same), key, place
        ranked.sort(key=lambda hit: (-hit[0], hit[1]))
        return [SearchHit(round(score, 4), place[1], self.items[key]) for score, key, place in ranked]

    def _sameness(self, key: Key, words: Sequence[str], exact: int, one: int) -> float:
        """The score of a name that is the query, exactly or in the other number (`one`); 0 where none is."""
        title, names = self._names[key].title, self._names[key].hashes
        if names[0] == exact or names[1] == one:
            return SAME_TITLE - (0.0 if names[0] == exact else OTHER_NUMBER)
        if one not in names:
            return 0.0
        lacking = sum(singular(word) not in title for word in words) / len(words)
        return SAME_ALIAS - OTHER_TITLE * lacking - (0.0 if exact in names else OTHER_NUMBER)

    def _corrected(self, words: Sequence[str], near: "Mapping[str, _Near]") -> list[str]:
        """The query with each of its misspelled words replaced by those nearest to it; none if all words are known."""
        texts = [""]
        for word in words:
            choice = [word] if word in self._places else [it for _, it in near[word][:NEAR]] or [word]
            texts = [f"{text} {it}".strip() for text in texts for it in choice][: NEAR * NEAR]
        return [text for text in texts if text != " ".join(words)]

    def _rarity(self, word: str) -> float:
        return 1 + log(1 + len(self.items) / (1 + len(self._places.get(word, ()))))

    def _matches(self, word: str, near: "_Near") -> dict[Key, tuple[float, Place]]:
        best: dict[Key, tuple[float, Place]] = {}
        for likeness, indexed in self._alike(word, near):
            for key, place in self._places[indexed].items():
                if key not in best or best[key][0] * best[key][1][0] < likeness * place[0]:
                    best[key] = (likeness, place)
        return best

    def _alike(self, word: str, near: "_Near") -> Iterator[tuple[float, str]]:
        one = singular(word)
        if word in self._places:
            yield 1.0, word
        for indexed in self._beginning_with(word):
            if indexed != word:
                yield PLURAL if singular(indexed) == one else PREFIX, indexed
        for likeness, indexed in near:
            if indexed != word:
                yield PLURAL if singular(indexed) == one else LIKE * likeness, indexed

    def _near(self, word: str) -> "_Near":
        """The words that are spelled nearly alike, the most alike first."""
        if len(word) <= SHORTEST:
            return []
        near = [it for it in self._spellings.nearest(word, LEAST_LIKE) if it[1] in self._places][:20]
        if word in self._places:
            return near
        return sorted([(1 - edits(word, it) / max(len(word), len(it)), it) for _, it in near], reverse=True)

    def _beginning_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._words, word)
        for place in range(start, min(start + 50, len(self._words))):
            if not self._words[place].startswith(word):
                return
            yield self._words[place]


_Near = list[tuple[float, str]]
"""Words that are spelled nearly alike, each with its likeness, from 0 to 1."""
_WORDS = re.compile(r"\w+")


def _partly(words: int, match: float, place: Place) -> float:
    """The score of a match in a part of a text: the fewer other words a name has, the higher."""
    share = min(1.0, words / (len(_WORDS.findall(place[1])) or 1)) if place[0] >= ALIAS else 0.0
    return match * (PARTLY + SHORT * share)


def search(localized: LocalizedCatalog, text: str, first: int) -> tuple[SearchHit, ...]:
    """The best matches of a query, at most `first` of them; none for a text without a word in it."""
    return tuple(index_of(localized.anywhere).find(text)[:first])


def matching(localized: LocalizedCatalog, text: str) -> Mapping[str, float]:
    """The score of each career that matches a query, by slug."""
    hits = index_of(localized.anywhere).find(text)
    return {hit.item.slug: hit.score for hit in hits if isinstance(hit.item, Career)}


def index_of(localized: LocalizedCatalog) -> SearchIndex:
    """Index a localized catalog, once."""
    for _ in prepare(localized):
        pass
    index = _index(localized)
    assert index is not None  # noqa: S101 - it was just made
    return index


def prepare(localized: LocalizedCatalog, before: Catalog | None = None) -> Iterator[None]:
    """Index a localized catalog step by step, from the index of the same locale of a catalog before."""
    if _index(localized) is None:
        code = localized.locale.code
        earlier = None if before is None or code not in before.locales else _index(localize(before, code))
        index = SearchIndex()
        yield from index.fill(localized, earlier)
        localized.memo[NAME] = index


def _index(localized: LocalizedCatalog) -> SearchIndex | None:
    index = localized.memo.get(NAME)
    assert index is None or isinstance(index, SearchIndex)  # noqa: S101 - narrows a memo that localized_catalog.py cannot type
    return index
