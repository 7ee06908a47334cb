"""Search over titles, aliases, skills and summaries; a word may be unfinished or misspelled.

Every word of the query is looked up among the words of the catalog: the very word counts 1, a beginning of it 0.85, a
word spelled nearly alike (Dice of trigrams at least 0.45) its likeness times 0.8. Where a word was found matters: title
1, alias 0.9, skill 0.55, summary 0.4. Rare words weigh more (inverse document frequency). The score is the weighted
mean over the words of the query, from 0 to 1; what scores below 0.3 is left out.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog, Category, Collection, Skill, Texts
from careergraph.engine.content.locale import Text
from careergraph.engine.content.trigrams import Trigrams
from careergraph.engine.similarity.skill_matching import normalised
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize

Item = Career | Skill | Category | Collection
"""What can be found."""

TITLE, ALIAS, SKILL, SUMMARY = 1.0, 0.9, 0.55, 0.4
PREFIX, LIKE, LEAST_LIKE = 0.85, 0.8, 0.45
LEAST_SCORE = 0.3
WORDS = 8
"""Words of a query that are looked at."""
LOT = 50
"""Items that are taken into an index in one step."""
NAME = "search"
"""What the index is called among the memos of a localized catalog."""


class SearchHit(NamedTuple):
    """Something found: how well (0 to 1), the text that matched best, and the item."""

    score: float
    matched: str
    item: Item


_Place = tuple[float, str]
"""A word's best place in an item: the weight of the field and the text it stands in. A plain tuple of what points
nowhere is one that the garbage collector never looks at again, and there are hundreds of thousands."""


class SearchIndex:
    """The words of a localized catalog, and where they stand. It does not keep that catalog: one index can go on from
    another."""

    def __init__(self) -> None:
        self._codes: tuple[str, ...] = ()
        self.items: dict[_Key, Item] = {}
        self._places: dict[str, dict[_Key, _Place]] = {}
        self._words: tuple[str, ...] = ()
        self._spellings = Trigrams(())

    def fill(self, localized: LocalizedCatalog, before: "SearchIndex | None") -> Iterator[None]:
        """Fills the index, a few items a step: from one of before, where that is of the same locale and most items are
        the same. Places of a word are never changed where they are shared: they are copied first."""
        self._codes = tuple([locale.code for locale in localized.locale.chain()])
        self.items = dict(_items(localized))
        was = {} if before is None or before._codes != self._codes else before.items
        changed = [key for key in self.items.keys() | was.keys() if was.get(key) is not self.items.get(key)]
        if before is not None and was and 2 * len(changed) < len(self.items):
            self._places = dict(before._places)
        else:
            was, changed = {}, list(self.items)
        yield from self._change(_Reader(localized), was, changed)
        self._spell(before)

    def _change(self, reader: "_Reader", was: Mapping["_Key", Item], changed: Sequence["_Key"]) -> Iterator[None]:
        own: set[str] = set()  # the words whose places are not shared with another index
        for number, key in enumerate(changed):
            if (old := was.get(key)) is not None:
                for word in reader.places(old):
                    self._copy(word, own).pop(key, None)
            if (new := self.items.get(key)) is not None:
                for word, place in reader.places(new).items():
                    self._copy(word, own)[key] = place
            if number % LOT == LOT - 1:
                yield
        for word in own:
            if not self._places[word]:
                del self._places[word]

    def _copy(self, word: str, own: set[str]) -> "dict[_Key, _Place]":
        """The places of a word, to be changed."""
        if word not in own:
            own.add(word)
            self._places[word] = dict(self._places.get(word, ()))
        return self._places[word]

    def _spell(self, before: "SearchIndex | None") -> None:
        if before is not None and before._places.keys() == self._places.keys():
            self._words, self._spellings = before._words, before._spellings
        else:
            self._words = tuple(sorted(self._places))
            self._spellings = Trigrams(self._words)

    def find(self, text: str) -> list[SearchHit]:
        """All matches, best first; among equals careers before skills, categories and collections, then by slug."""
        words = list(dict.fromkeys(normalised(text).split()))[:WORDS]
        weights = [self._rarity(word) for word in words]
        scores: dict[_Key, tuple[float, _Place]] = {}
        for word, weight in zip(words, weights, strict=True):
            for key, (likeness, place) in self._matches(word).items():
                gained = weight * likeness * place[0]
                total, best = scores.get(key, (0.0, place))
                scores[key] = (total + gained, max(best, place, key=lambda it: it[0]))
        whole = sum(weights) or 1.0
        hits = [(total / whole, key, best) for key, (total, best) in scores.items() if total / whole >= LEAST_SCORE]
        hits.sort(key=lambda hit: (-hit[0], hit[1]))
        return [SearchHit(round(score, 4), place[1], self.items[key]) for score, key, place in hits]

    def _rarity(self, word: str) -> float:
        return 1 + log(1 + len(self.items) / (1 + len(self._places.get(word, ()))))

    def _matches(self, word: str) -> dict["_Key", tuple[float, _Place]]:
        best: dict[_Key, tuple[float, _Place]] = {}
        for likeness, indexed in self._alike(word):
            for key, place in self._places[indexed].items():
                if key not in best or best[key][0] * best[key][1][0] < likeness * place[0]:
                    best[key] = (likeness, place)
        return best

    def _alike(self, word: str) -> Iterator[tuple[float, str]]:
        if word in self._places:
            yield 1.0, word
        yield from ((PREFIX, indexed) for indexed in self._beginning_with(word) if indexed != word)
        if len(word) > 3:
            near = self._spellings.nearest(word, LEAST_LIKE)[:20]
            yield from ((LIKE * likeness, indexed) for likeness, indexed in near if indexed != word)

    def _beginning_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._words, word)
        for place in range(start, min(start + 50, len(self._words))):
            if not self._words[place].startswith(word):
                return
            yield self._words[place]


_Key = tuple[int, str]
"""What is found, in order: the kind of item, and its slug."""


class _Reader:
    """Reads items of a localized catalog. Many careers word a skill alike: each text is split once."""

    def __init__(self, localized: LocalizedCatalog) -> None:
        self._localized = localized
        self._words: dict[str, list[str]] = {}

    def places(self, item: Item) -> dict[str, _Place]:
        """The best place of each word of an item."""
        places: dict[str, _Place] = {}
        for weight, text in _fields(self._localized, item):
            for word in self._split(text):
                if word not in places or places[word][0] < weight:
                    places[word] = weight, text
        return places

    def _split(self, text: str) -> list[str]:
        if (words := self._words.get(text)) is None:
            words = self._words[text] = normalised(text).split()
        return words


def _items(localized: LocalizedCatalog) -> Iterator[tuple[_Key, Item]]:
    catalog = localized.catalog
    shelves: tuple[Mapping[str, Item], ...] = catalog.careers, catalog.skills, catalog.categories, catalog.collections
    for kind, shelf in enumerate(shelves):
        yield from (((kind, slug), item) for slug, item in shelf.items())


def search(localized: LocalizedCatalog, text: str, first: int) -> tuple[SearchHit, ...]:
    """The best matches of a query, at most `first` of them; none for a text without a word in it."""
    return tuple(index_of(localized).find(text)[:first])


def matching(localized: LocalizedCatalog, text: str) -> Mapping[str, float]:
    """The score of each career that matches a query, by slug."""
    return {hit.item.slug: hit.score for hit in index_of(localized).find(text) if isinstance(hit.item, Career)}


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


def _fields(localized: LocalizedCatalog, item: Item) -> Iterator[tuple[float, str]]:
    if isinstance(item, Career):
        yield from _named(localized, item.title, item.aliases)
        yield SUMMARY, localized.read(item.summary)
        for skill in item.skills:
            yield SKILL, localized.read(skill.text)
            yield from ((SKILL, localized.read(concept.name)) for concept in skill.concepts)
    elif isinstance(item, Skill):
        yield from _named(localized, item.name, item.aliases)
    else:
        yield TITLE, localized.read(item.name if isinstance(item, Category) else item.title)
        yield SUMMARY, localized.read(item.summary)


def _named(localized: LocalizedCatalog, name: Text, aliases: Texts) -> Iterator[tuple[float, str]]:
    yield TITLE, localized.read(name)
    for locale in localized.locale.chain():
        yield from ((ALIAS, alias) for alias in aliases.get(locale.code, ()))
        if locale.code in name:
            yield ALIAS, name[locale.code]
