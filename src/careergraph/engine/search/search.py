"""Search over titles, aliases, skills and summaries; a word may be unfinished or misspelled.

Every word of the query stands for words of the catalog (`vocabulary.py`): the very word counts 1, its plural or
singular 0.97, one of the same sense 0.85, one of the same root 0.75, and less where it is more common than the word
itself. A word that the catalog lacks stands for those that it is the beginning of (0.8), or else for those that are
spelled nearly alike. Where a word was found matters: title 1, alias 0.45 to 0.9 by the share of the names that have it,
skill 0.4, summary 0.3; each further word that the same word stands for adds half of what it counts, as a share of what
lacks. Rare words weigh more (inverse document frequency), those that a locale lists as minor (`lady`, `worker`) a
quarter. The weighted mean over the words of the query is the match; one below 0.25 is left out.

The score is 0.65 of the match, and up to 0.3 more where one name has all words that matter: the more the fewer others
it has, and the more such names there are, beside what has most of them. What people mean by a common word is called so
in many ways: `truck driver` finds drivers of heavy trucks first. A name that is the query comes first: a title scores
1, in the other number 0.99, and an alias 0.8 and up to 0.16 more by the score that it would have otherwise. What comes
after `except` in a query or name says what a career is not, and finds nothing. Then neighbours of the best matches gain
on others (`neighbour_support.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from careergraph.engine.content import Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.search.item_words import SHELVES, Item, Key, described, without_exceptions
from careergraph.engine.search.neighbour_support import CAREER, NONE, Match, behind, ranked
from careergraph.engine.search.posting import size_of, unpack
from careergraph.engine.search.scoring import MATCH, Query, Spelling, names_with_all, score_of
from careergraph.engine.search.search_index import SearchIndex
from careergraph.engine.search.spelling import singular
from careergraph.engine.search.vocabulary import CORRECTED, Variants
from careergraph.engine.similarity.neighbours import neighbourhoods
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.same_wording import normalised

ALSO = 0.5
"""How much another word counts that a word of a query stands for, of what the item lacks."""
AS_LIKELY = 0.05
"""Words that stand for one of a query by so much less than the likeliest say how rare it is, too."""
NEEDED = 0.3
"""A word that weighs less than this share of the weightiest need not stand in the same name."""
MINOR = 0.25
"""How much of its weight a word has that says little of what is meant (`lady`, `worker`), however few items have it."""
LEAST_SCORE = 0.25
MOST_QUERIES = 4
"""Spellings of a query that are looked at."""
WORDS = 8
"""Words of a query that are looked at."""
NAME = "search"
"""The key of the index among the memos of a localized catalog."""
STEPS = "search steps"
"""The key of the steps by which a warm-up makes it, while there are any. Threads may share them."""


class SearchHit(NamedTuple):
    """Something found: how well (0 to 1), the text that matched best, and the item."""

    score: float
    matched: str
    item: Item


class _Part(NamedTuple):
    """A word of a query: its weight, the words that it stands for, and by the number of each item that has one, how
    much it counts there and in which names it stands, as bits."""

    weight: float
    variants: Variants
    counts: Mapping[int, float]
    names: Mapping[int, int]


class _Search:
    """A text that is looked for in an index."""

    def __init__(self, index: SearchIndex, text: str) -> None:
        self._index = index
        whole = normalised(text).split()
        words = without_exceptions(whole)[:WORDS]
        self._parts = [self._part(word) for word in dict.fromkeys(words)]
        self._query = self._spelled(whole, words)

    def matches(self) -> list[Match]:
        """All items that match, in no order."""
        least = NEEDED * max([part.weight for part in self._parts], default=0.0)
        most = sum([part.weight for part in self._parts])
        needed = [part.names for part in self._parts if part.weight >= least]
        near = {
            number: (total / most, names_with_all(needed, number))
            for number, total in self._totals().items()
            if total >= LEAST_SCORE * most
        }
        called = max([together.bit_count() for _, together in near.values()], default=0)
        keys, query, matches = self._index.keys, self._query._replace(called=called), []
        for number, (share, together) in near.items():
            key = keys[number]
            own = self._index.names[key]
            score, name = score_of(own, together, share, query) if together else (MATCH * share, NONE)
            last = behind(key[0], own.sizes[0], len(own.sizes))
            matches.append(Match(last - round(score, 4), key, name, together & 1, last))
        return matches

    def _totals(self) -> Mapping[int, float]:
        totals: dict[int, float] = {}
        for weight, _, counts, _ in self._parts:
            for number, counted in counts.items():
                totals[number] = totals.get(number, 0.0) + weight * counted
        return totals

    def text(self, match: Match, localized: LocalizedCatalog) -> str:
        """The name that has all words, or else the text in which a word counts most."""
        names = self._index.names[match.key].texts
        if match.name != NONE:
            return names[match.name]
        number = self._index.numbers[match.key]
        part = max([it for it in self._parts if number in it.counts], key=lambda it: it.counts[number])
        if mask := part.names[number]:
            return names[(mask & -mask).bit_length() - 1]
        texts = described(localized, self._index[match.key])
        return next((text for _, text in texts if not part.variants.keys().isdisjoint(_words(text))), names[0])

    def _part(self, word: str) -> _Part:
        """A word weighs by how few items have it, in either number, and little where it says little; others that it
        stands for count the less, the more items have them."""
        postings = self._index.postings
        variants = self._index.vocabulary.variants(word)
        if not variants:
            return _Part(1.0, {}, {}, {})
        likely = max(variants.values()) - AS_LIKELY
        weight = self._rarity([it for it, likeness in variants.items() if likeness >= likely])
        counts: dict[int, float] = {}
        names: dict[int, int] = {}
        for indexed, likeness in variants.items():
            posting = unpack(postings[indexed])
            factor = likeness * min(1.0, self._rarity([indexed]) / weight)
            if not counts:
                counts = {number: factor * most for number, most in zip(posting.items, posting.weights, strict=True)}
                names = dict(zip(posting.items, posting.names, strict=True))
                continue
            for number, most, mask in zip(posting.items, posting.weights, posting.names, strict=True):
                counted = factor * most
                if (before := counts.get(number)) is None:
                    counts[number], names[number] = counted, mask
                    continue
                if before > counted:
                    counted, before = before, counted
                counts[number] = counted + ALSO * before * (1 - counted)
                names[number] |= mask
        return _Part(weight * (MINOR if self._index.vocabulary.is_minor(word) else 1.0), variants, counts, names)

    def _rarity(self, words: Sequence[str]) -> float:
        items = sum([size_of(self._index.postings[word]) for word in words])
        return log(1 + len(self._index) / (1 + items))

    def _spelled(self, whole: Sequence[str], words: Sequence[str]) -> Query:
        vocabulary = self._index.vocabulary
        texts = [""]
        for word in words:
            choice = [word] if word in vocabulary else [it for _, it in vocabulary.corrections(word)][:2] or [word]
            texts = [f"{text} {it}".strip() for text in texts for it in choice][:MOST_QUERIES]
        name = " ".join(whole)
        spellings = [(name, 1.0), *[(text, CORRECTED) for text in texts if text != name]]
        return Query(
            len(words), [Spelling(text, hash(text), hash(singular(text)), factor) for text, factor in spellings]
        )


@lru_cache(maxsize=1_000)
def _words(text: str) -> frozenset[str]:
    """The words of a text. Many careers word a skill alike."""
    return frozenset(normalised(text).split())


def search(localized: LocalizedCatalog, text: str, first: int) -> tuple[SearchHit, ...]:
    """The best matches of a query, at most `first` of them; none for a text without a word in it. Among equals careers
    come before skills, categories and collections, then what has the shorter title, then what is called more."""
    localized = localized.anywhere
    index = index_of(localized)
    looked = _Search(index, text)
    matches = ranked(looked.matches(), neighbourhoods(localized.catalog))[:first]
    return tuple([SearchHit(round(-it.minus, 4), looked.text(it, localized), index[it.key]) for it in matches])


def matching(localized: LocalizedCatalog, text: str) -> Mapping[str, float]:
    """The score of each career that matches a query, by slug."""
    localized = localized.anywhere
    matches = ranked(_Search(index_of(localized), text).matches(), neighbourhoods(localized.catalog))
    return {slug: -minus for minus, (kind, slug), *_ in matches if kind == CAREER}


def index_of(localized: LocalizedCatalog) -> SearchIndex:
    """Index a localized catalog, once: by the steps that a warm-up has left, where one is at it."""
    while (index := _index(localized)) is None:  # again, if its catalog is retired meanwhile and forgets it
        for steps in (localized.memo.get(STEPS, ()), prepare(localized)):
            for _ in steps:
                pass
    return index


def prepare(localized: LocalizedCatalog, before: Catalog | None = None) -> Iterator[None]:
    """Index a localized catalog step by step, from the index of the same locale of a catalog before."""
    if _index(localized) is None:
        code = localized.locale.code
        earlier = None if before is None or code not in before.locales else _index(localize(before, code))
        others = [_index(localize(localized.catalog, other)) for other in localized.catalog.locales]
        index = SearchIndex()
        changed = [] if before is None or earlier is None else _changed(before, localized.catalog)
        yield from index.fill(localized, earlier, changed, next((it for it in others if it is not None), None))
        localized.memo[NAME] = index


def _changed(before: Catalog, after: Catalog) -> list[Key]:
    """The keys of the items that are others in a catalog before, or in one of the two alone."""
    slugs = [sorted(changed_items(before, after, shelf)) for shelf in SHELVES]
    return [(kind, slug) for kind, changed in enumerate(slugs) for slug in changed]


def _index(localized: LocalizedCatalog) -> SearchIndex | None:
    index = localized.memo.get(NAME)
    assert index is None or isinstance(index, SearchIndex)  # noqa: S101 - narrows a memo that localized_catalog.py cannot type
    return index
