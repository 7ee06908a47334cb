"""The words and names of the items of a search, and their fields."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from careergraph.engine.content import Career, Category, Collection, Skill, Texts
from careergraph.engine.content.locale import Text
from careergraph.engine.search.spelling import singular
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.same_wording import normalised

Item = Career | Skill | Category | Collection
"""The kinds of items that a search finds."""


TITLE, ALIAS, SKILL, SUMMARY = 1.0, 0.9, 0.4, 0.3
"""What the field counts that a word stands in; an alias counts all of it where each of the names has the word."""
ONE_ALIAS = 0.5
"""What of it a single one of countless aliases counts."""
EXCEPT = "except"
"""What follows in a name is what the career is not."""

Place = tuple[float, int]
"""A word's best place in an item: its weight, and which of the item's names have the word, as bits (that of the title
is 1); 0 where it only stands in what describes the item."""
Named = Mapping[str, list[str]]
"""The words of each name of an item, by the name, that of its title first."""
Key = tuple[int, str]
"""The key of an item in the order of results: its kind, and its slug."""


class Names(NamedTuple):
    """The names of an item, that of its title first, and how many words each has; the hash of the title, and the hashes
    of what all are in the singular, in order, each beside the number of its name."""

    texts: tuple[str, ...]
    sizes: "array[int]"
    title: int
    hashes: "array[int]"
    numbers: "array[int]"

    def called(self, singular_hash: int) -> Sequence[int]:
        """The numbers of the names that are the same in the singular."""
        start = bisect_left(self.hashes, singular_hash)
        return self.numbers[start : bisect_right(self.hashes, singular_hash, start)]


class Reader:
    """Reads items of a localized catalog. What many careers have alike is taken apart once: words and skills."""

    def __init__(self, localized: LocalizedCatalog) -> None:
        self._localized = localized
        self._words: dict[str, list[str]] = {}
        self._singulars = _Singulars()

    def named(self, item: Item) -> Named:
        """The words of each name of an item, by the name."""
        return {name: normalised(name).split() for name in dict.fromkeys(_names(self._localized, item))}

    def places(self, item: Item, named: Named) -> dict[str, Place]:
        """The best place of each word of an item with these names."""
        masks: dict[str, int] = {}
        mask_of = masks.get
        for number, words in enumerate(named.values()):
            bit = 1 << number
            for word in without_exceptions(words):
                masks[word] = mask_of(word, 0) | bit
        places = {word: (_weight(mask, len(named)), mask) for word, mask in masks.items()}
        for weight, text in described(self._localized, item):
            for word in self._split(text):
                if word not in places or places[word][0] < weight:
                    places[word] = weight, mask_of(word, 0)
        return places

    def names(self, named: Named) -> Names:
        """The names of an item, by which a query that is one of them is told."""
        one = self._singulars.__getitem__
        hashes = sorted([(hash(" ".join(map(one, words))), number) for number, words in enumerate(named.values())])
        return Names(
            tuple(named),
            array("H", map(len, named.values())),
            hash(" ".join(next(iter(named.values())))),
            array("q", [it for it, _ in hashes]),
            array("H", [number for _, number in hashes]),
        )

    def _split(self, text: str) -> list[str]:
        if (words := self._words.get(text)) is None:
            words = self._words[text] = normalised(text).split()
        return words


class _Singulars(dict[str, str]):
    """Words made singular, each once."""

    def __missing__(self, word: str) -> str:
        one = self[word] = singular(word)
        return one


def without_exceptions(words: Sequence[str]) -> Sequence[str]:
    """The words of a name or query that say what the career is, and not what it is not."""
    return words[: words.index(EXCEPT)] if EXCEPT in words[1:] else words


def _weight(mask: int, names: int) -> float:
    """A word of the title counts fully, one of aliases the more, the more of them have it."""
    return TITLE if mask & 1 else ALIAS * (ONE_ALIAS + (1 - ONE_ALIAS) * sqrt(mask.bit_count() / names))


SHELVES = "careers", "skills", "categories", "collections"
"""Where a catalog has the items of each kind, by the number of the kind."""


def _names(localized: LocalizedCatalog, item: Item) -> Iterator[str]:
    """The title, then all other names."""
    if isinstance(item, Career):
        yield from _written(localized, item.title, item.aliases)
    elif isinstance(item, Skill):
        yield from _written(localized, item.name, item.aliases)
    else:
        yield localized.read(item.name if isinstance(item, Category) else item.title)


def _written(localized: LocalizedCatalog, name: Text, aliases: Texts) -> Iterator[str]:
    yield localized.read(name)
    for locale in localized.locale.chain():
        yield from aliases.get(locale.code, ())
        if locale.code in name:
            yield name[locale.code]


def described(localized: LocalizedCatalog, item: Item) -> Iterator[tuple[float, str]]:
    """The texts of an item that are no names, those that count most first."""
    if isinstance(item, Career):
        for skill in item.skills:
            yield SKILL, localized.read(skill.text)
            yield from ((SKILL, localized.read(concept.name)) for concept in skill.concepts)
    if not isinstance(item, Skill):
        yield SUMMARY, localized.read(item.summary)
