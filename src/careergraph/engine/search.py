"""Search over titles, aliases, skills and summaries; a word may be unfinished or misspelled.

Every word of the query is looked up among the words of the catalog: the very word counts 1, a beginning of it 0.85, a
word spelled nearly alike (Dice of trigrams at least 0.45) its likeness times 0.8. Where a word was found matters: title
1, alias 0.9, skill 0.55, summary 0.4. Rare words weigh more (inverse document frequency). The score is the weighted
mean over the words of the query, from 0 to 1; what scores below 0.3 is left out.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from math import log
from typing import NamedTuple

from careergraph.engine.content import Career, Category, Collection, Skill, Texts
from careergraph.engine.edition import Edition
from careergraph.engine.locale import Text
from careergraph.engine.skills import normalised
from careergraph.engine.trigrams import Trigrams

Item = Career | Skill | Category | Collection
"""What can be found."""

TITLE, ALIAS, SKILL, SUMMARY = 1.0, 0.9, 0.55, 0.4
PREFIX, LIKE, LEAST_LIKE = 0.85, 0.8, 0.45
LEAST_SCORE = 0.3
WORDS = 8
"""Words of a query that are looked at."""
NAME = "search"
"""What the index is called among the memos of an edition."""


class SearchHit(NamedTuple):
    """Something found: how well (0 to 1), the text that matched best, and the item."""

    score: float
    matched: str
    item: Item


class _Place(NamedTuple):
    """A word's best place in an item: the weight of the field and the text it stands in."""

    weight: float
    text: str


class SearchIndex:
    """The words of an edition, and where they stand."""

    def __init__(self, edition: Edition) -> None:
        catalog = edition.catalog
        self._edition = edition
        self.items: list[Item] = [
            *catalog.careers.values(),
            *catalog.skills.values(),
            *catalog.categories.values(),
            *catalog.collections.values(),
        ]
        self._places: dict[str, dict[int, _Place]] = {}
        for number, item in enumerate(self.items):
            for weight, text in _fields(edition, item):
                self._add(number, weight, text)
        self._words = tuple(sorted(self._places))
        self._spellings = Trigrams(self._words)

    def find(self, text: str) -> list[SearchHit]:
        """All matches, best first; among equals careers before skills, categories and collections, then by slug."""
        words = list(dict.fromkeys(normalised(text).split()))[:WORDS]
        weights = [self._rarity(word) for word in words]
        found: dict[int, tuple[float, _Place]] = {}
        for word, weight in zip(words, weights, strict=True):
            for number, (likeness, place) in self._matches(word).items():
                gained = weight * likeness * place.weight
                total, best = found.get(number, (0.0, place))
                found[number] = (total + gained, max(best, place, key=lambda it: it.weight))
        whole = sum(weights) or 1.0
        hits = [
            (total / whole, number, best) for number, (total, best) in found.items() if total / whole >= LEAST_SCORE
        ]
        hits.sort(key=lambda hit: (-hit[0], hit[1]))
        return [SearchHit(round(score, 4), place.text, self.items[number]) for score, number, place in hits]

    def _add(self, number: int, weight: float, text: str) -> None:
        for word in normalised(text).split():
            places = self._places.setdefault(word, {})
            if number not in places or places[number].weight < weight:
                places[number] = _Place(weight, text)

    def _rarity(self, word: str) -> float:
        return 1 + log(1 + len(self.items) / (1 + len(self._places.get(word, ()))))

    def _matches(self, word: str) -> dict[int, tuple[float, _Place]]:
        best: dict[int, tuple[float, _Place]] = {}
        for likeness, known in self._alike(word):
            for number, place in self._places[known].items():
                if number not in best or best[number][0] * best[number][1].weight < likeness * place.weight:
                    best[number] = (likeness, place)
        return best

    def _alike(self, word: str) -> Iterator[tuple[float, str]]:
        if word in self._places:
            yield 1.0, word
        yield from ((PREFIX, known) for known in self._beginning_with(word) if known != word)
        if len(word) > 3:
            near = self._spellings.nearest(word, LEAST_LIKE)[:20]
            yield from ((LIKE * likeness, known) for likeness, known in near if known != word)

    def _beginning_with(self, word: str) -> Iterator[str]:
        start = bisect_left(self._words, word)
        for place in range(start, min(start + 50, len(self._words))):
            if not self._words[place].startswith(word):
                return
            yield self._words[place]


def search(edition: Edition, text: str, first: int) -> tuple[SearchHit, ...]:
    """The best matches of a query, at most `first` of them; none for a text without a word in it."""
    return tuple(index_of(edition).find(text)[:first])


def matching(edition: Edition, text: str) -> Mapping[str, float]:
    """The score of each career that matches a query, by slug."""
    return {hit.item.slug: hit.score for hit in index_of(edition).find(text) if isinstance(hit.item, Career)}


def index_of(edition: Edition) -> SearchIndex:
    """The index of an edition, made once."""
    if (found := edition.memo.get(NAME)) is None:
        found = edition.memo[NAME] = SearchIndex(edition)
    assert isinstance(found, SearchIndex)  # noqa: S101 - narrows a memo that edition.py cannot type without a circle
    return found


def _fields(edition: Edition, item: Item) -> Iterator[tuple[float, str]]:
    if isinstance(item, Career):
        yield from _named(edition, item.title, item.aliases)
        yield SUMMARY, edition.read(item.summary)
        for skill in item.skills:
            yield SKILL, edition.read(skill.text)
            yield from ((SKILL, edition.read(concept.name)) for concept in skill.concepts)
    elif isinstance(item, Skill):
        yield from _named(edition, item.name, item.aliases)
    else:
        yield TITLE, edition.read(item.name if isinstance(item, Category) else item.title)
        yield SUMMARY, edition.read(item.summary)


def _named(edition: Edition, name: Text, aliases: Texts) -> Iterator[tuple[float, str]]:
    yield TITLE, edition.read(name)
    for locale in edition.locale.chain():
        yield from ((ALIAS, alias) for alias in aliases.get(locale.code, ()))
        if locale.code in name:
            yield ALIAS, name[locale.code]
