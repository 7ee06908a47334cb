"""The words and names of what can be found, and where they stand."""

from array import array
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from careergraph.engine.content import Career, Category, Collection, Skill, Texts
from careergraph.engine.content.locale import Text
from careergraph.engine.search.spelling import singular
from careergraph.engine.similarity.skill_matching import normalised
from careergraph.engine.text.localized_catalog import LocalizedCatalog

Item = Career | Skill | Category | Collection
"""What can be found."""


TITLE, ALIAS, SKILL, SUMMARY = 1.0, 0.9, 0.55, 0.4
"""What the field counts that a word stands in."""

Place = tuple[float, str]
"""A word's best place in an item: the weight of the field and the text it stands in. A plain tuple of what points
nowhere is one that the garbage collector never looks at again, and there are hundreds of thousands."""
Key = tuple[int, str]
"""What is found, in order: the kind of item, and its slug."""


class Names(NamedTuple):
    """The words of an item's title, made singular, and the hashes of all its names, each beside that of its singular;
    those of the title are first."""

    title: frozenset[str]
    hashes: "array[int]"


class Reader:
    """Reads items of a localized catalog. Many careers word a skill alike: each text is split once."""

    def __init__(self, localized: LocalizedCatalog) -> None:
        self._localized = localized
        self._words: dict[str, list[str]] = {}

    def places(self, item: Item) -> dict[str, Place]:
        """The best place of each word of an item."""
        places: dict[str, Place] = {}
        for weight, text in _fields(self._localized, item):
            for word in self._split(text):
                if word not in places or places[word][0] < weight:
                    places[word] = weight, text
        return places

    def names(self, item: Item) -> Names:
        """The names of an item, by which a query that is one of them is told."""
        names = [" ".join(self._split(text)) for weight, text in _fields(self._localized, item) if weight >= ALIAS]
        forms = [(name, singular(name)) for name in names]
        return Names(frozenset(forms[0][1].split()), array("q", [hash(form) for pair in forms for form in pair]))

    def _split(self, text: str) -> list[str]:
        if (words := self._words.get(text)) is None:
            words = self._words[text] = normalised(text).split()
        return words


def items_of(localized: LocalizedCatalog) -> Iterator[tuple[Key, Item]]:
    catalog = localized.catalog
    shelves: tuple[Mapping[str, Item], ...] = catalog.careers, catalog.skills, catalog.categories, catalog.collections
    for kind, shelf in enumerate(shelves):
        yield from (((kind, slug), item) for slug, item in shelf.items())


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
