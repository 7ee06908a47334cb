"""Search over titles, aliases, skills and summaries; a word may be unfinished or misspelled.

Every word of the query stands for words of the catalog (`vocabulary.py`): the very word counts 1, its plural or
singular 0.97, one of the same sense 0.85, one of the same root 0.75, and less where it is more common than the word
itself. A word that the catalog lacks stands for those that it is the beginning of (0.8), or else for those that are
spelled nearly alike. Where a word was found matters: title 1, alias 0.45 to 0.9 by the share of the names that have it,
skill 0.4, summary 0.3. Rare words weigh more (inverse document frequency). The weighted mean over the words of the
query is the match; one below 0.25 is left out.

The score is 0.6 of the match, and up to 0.35 more where one name has all words that matter: if it is the title the more
the fewer others it has, else also the more such names there are. A name that is the query comes first: a title scores
1, in the other number 0.99, and an alias 0.8 and up to 0.16 more by the score that it would have otherwise. What comes
after `except` in a query or name says what a career is not, and finds nothing. Then neighbours of the best matches gain
on others (`ranking.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from operator import itemgetter
from typing import NamedTuple

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.search.item_words import Item, Key, Names, Place, Reader, items_of, without_exceptions
from careergraph.engine.search.ranking import NONE, Match, ranked
from careergraph.engine.search.spelling import singular
from careergraph.engine.search.vocabulary import CORRECTED, Vocabulary
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.similarity.skill_matching import normalised
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize

SAME_TITLE, OTHER_NUMBER, SAME_ALIAS, BEST_ALIAS = 1.0, 0.99, 0.8, 0.96
MATCH, TOGETHER = 0.6, 0.35
"""How much of the score is the match, and how much that one name has all words."""
BREVITY, MANY, FEW = 0.35, 0.35, 0.02
"""How much it counts that such a name is short, that many are such where the title is not, and that few are where it
is."""
AS_LIKELY = 0.05
"""Words that stand for one of a query by so much less than the likeliest say how rare it is, too."""
NEEDED = 0.5
"""A word that weighs less than this share of the weightiest need not stand in the same name."""
LEAST_SCORE = 0.25
MOST_QUERIES, LOOKED_AT = 4, 8
"""Spellings of a query, and names of an item, that are looked at."""
WORDS = 8
"""Words of a query that are looked at."""
LOT = 50
"""Items that are taken into an index in one step."""
NAME = "search"
"""The key of the index among the memos of a localized catalog."""


class SearchHit(NamedTuple):
    """Something found: how well (0 to 1), the text that matched best, and the item."""

    score: float
    matched: str
    item: Item


class _Part(NamedTuple):
    """A word of a query: its weight, and the places of what it stands for, each with how much it counts there."""

    weight: float
    places: Mapping[Key, Place]


class _Query(NamedTuple):
    """How many words a query has; the hashes of it and of its singular, then those of it with misspelled words
    corrected, each with what a name that is the same counts."""

    words: int
    spellings: Sequence[tuple[int, int, float]]


class SearchIndex:
    """The words of a localized catalog, and where they stand. It does not keep that catalog: one index can go on from
    another."""

    def __init__(self) -> None:
        self._codes: tuple[str, ...] = ()
        self.items: dict[Key, Item] = {}
        self._places: dict[str, dict[Key, Place]] = {}
        self._names: dict[Key, Names] = {}
        self._vocabulary: Vocabulary

    def fill(self, localized: LocalizedCatalog, before: "SearchIndex | None") -> Iterator[None]:
        """Fills the index, a few items a step: from one of before, where that is of the same locale and most items are
        the same. Places of a word are never changed where they are shared: they are copied first."""
        self._codes = tuple([locale.code for locale in localized.locale.chain()])
        self.items = items_of(localized)
        was = {} if before is None or before._codes != self._codes else before.items
        changed = [key for key, item in self.items.items() if was.get(key) is not item]
        changed += [key for key in was if key not in self.items]
        if before is not None and was and 2 * len(changed) < len(self.items):
            self._places, self._names = dict(before._places), dict(before._names)
        else:
            was, changed = {}, list(self.items)
        yield from self._change(Reader(localized), was, changed)
        self._vocabulary = Vocabulary(self._places, localized.locale, before._vocabulary if before else None)

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

    def find(self, text: str, near: Neighbourhoods, first: int | None = None) -> list[SearchHit]:
        """The best matches, or all; among equals careers before skills, categories and collections, then by slug.
        `near` are the neighbours of careers."""
        whole = normalised(text).split()
        words = without_exceptions(whole)[:WORDS]
        parts = [self._part(word) for word in dict.fromkeys(words)]
        least = NEEDED * max([part.weight for part in parts], default=0.0)
        most = sum([part.weight for part in parts])
        totals: dict[Key, float] = {}
        for weight, places in parts:
            for key, place in places.items():
                totals[key] = totals.get(key, 0.0) + weight * place[0]
        needed = [part.places for part in parts if part.weight >= least]
        query = self._query(whole, words)
        matches = []
        for key, total in totals.items():
            if total >= LEAST_SCORE * most:
                together, share = _together(needed, key), total / most
                score, number = _score(self._names[key], together, share, query) if together else (MATCH * share, NONE)
                matches.append(Match(-round(score, 4), key, number, together & 1))
        ranks = ranked(matches, near)[:first]
        return [SearchHit(-it.minus, self._text(it, parts), self.items[it.key]) for it in ranks]

    def _text(self, match: Match, parts: Sequence[_Part]) -> str:
        """The name that has all words, or else the text in which a word counts most."""
        if match.name != NONE:
            return self._names[match.key].texts[match.name]
        return max([part.places[match.key] for part in parts if match.key in part.places], key=itemgetter(0))[1]

    def _part(self, word: str) -> _Part:
        """A word weighs by how few items have it, in either number; others that it stands for count the less, the more
        items have them."""
        variants = self._vocabulary.variants(word)
        if not variants:
            return _Part(1.0, {})
        likely = max(variants.values()) - AS_LIKELY
        weight = self._rarity([it for it, likeness in variants.items() if likeness >= likely])
        if len(variants) == 1 and likely == 1.0 - AS_LIKELY:
            return _Part(weight, self._places[word])
        places: dict[Key, Place] = {}
        for indexed, likeness in variants.items():
            factor = likeness * min(1.0, self._rarity([indexed]) / weight)
            for key, (most, text, names) in self._places[indexed].items():
                counted = factor * most
                if (other := places.get(key)) is None:
                    places[key] = counted, text, names
                elif counted > other[0]:
                    places[key] = counted, text, names | other[2]
                else:
                    places[key] = other[0], other[1], names | other[2]
        return _Part(weight, places)

    def _rarity(self, words: Sequence[str]) -> float:
        return log(1 + len(self.items) / (1 + sum([len(self._places[word]) for word in words])))

    def _query(self, whole: Sequence[str], words: Sequence[str]) -> "_Query":
        texts = [""]
        for word in words:
            spelled = word in self._vocabulary
            choice = [word] if spelled else [it for _, it in self._vocabulary.corrections(word)][:2] or [word]
            texts = [f"{text} {it}".strip() for text in texts for it in choice][:MOST_QUERIES]
        name = " ".join(whole)
        spellings = [(name, 1.0), *[(text, CORRECTED) for text in texts if text != name]]
        return _Query(len(words), [(hash(text), hash(singular(text)), factor) for text, factor in spellings])


def _together(needed: Sequence[Mapping[Key, Place]], key: Key) -> int:
    """The names of an item that have all words that are needed, as bits."""
    names = -1
    for places in needed:
        if (place := places.get(key)) is None:
            return 0
        names &= place[2]
    return names


def _score(names: Names, together: int, share: float, query: _Query) -> tuple[float, int]:
    """The score of an item, and the number of the name that matched best: `together` are those that have all words."""
    number = 0 if together & 1 else _shortest(names, together)
    brevity = min(1.0, query.words / names.sizes[number])
    share_of_names = sqrt(together.bit_count() / len(names.texts))
    if number:
        closeness = BREVITY * brevity + MANY * share_of_names
    else:
        closeness = 1 - BREVITY * (1 - brevity) - FEW * (1 - share_of_names)
    score = MATCH * share + TOGETHER * closeness
    for exact, one, factor in query.spellings:
        if one in names.hashes:
            place = names.hashes.index(exact if exact in names.hashes else one) // 2
            same = SAME_ALIAS + (BEST_ALIAS - SAME_ALIAS) * score
            if one == names.hashes[1]:
                place, same = 0, SAME_TITLE if exact == names.hashes[0] else OTHER_NUMBER
            if factor * same > score:
                score, number = factor * same, place
    return score, number


def _shortest(names: Names, together: int) -> int:
    """The number of the shortest of some names. Only the first few are looked at."""
    numbers: list[int] = []
    while together and len(numbers) < LOOKED_AT:
        numbers.append((together & -together).bit_length() - 1)
        together &= together - 1
    return min(numbers, key=lambda it: names.sizes[it])


def search(localized: LocalizedCatalog, text: str, first: int) -> tuple[SearchHit, ...]:
    """The best matches of a query, at most `first` of them; none for a text without a word in it."""
    return tuple(_find(localized.anywhere, text, first))


def matching(localized: LocalizedCatalog, text: str) -> Mapping[str, float]:
    """The score of each career that matches a query, by slug."""
    hits = _find(localized.anywhere, text)
    return {hit.item.slug: hit.score for hit in hits if isinstance(hit.item, Career)}


def _find(localized: LocalizedCatalog, text: str, first: int | None = None) -> list[SearchHit]:
    return index_of(localized).find(text, neighbourhoods(localized.catalog), first)


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
