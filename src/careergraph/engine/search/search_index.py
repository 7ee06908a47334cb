"""Search index: where the words of a localized catalog stand, in few bytes."""

from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TypeVar

from careergraph.engine.search.item_words import Item, Key, Names, Posting, Reader, items_of
from careergraph.engine.search.vocabulary import Vocabulary
from careergraph.engine.text.localized_catalog import LocalizedCatalog

LOT, WORDS = 50, 500
"""Items that are taken into an index in one step, and words whose postings are made in one."""

T = TypeVar("T", Posting, Names)


NOWHERE = Posting(array("I"), array("f"), ())


class SearchIndex:
    """The words of a localized catalog, and where they stand. It does not keep that catalog: one index can go on from
    another. An item keeps its number as long as indexes go on."""

    def __init__(self) -> None:
        self._codes: tuple[str, ...] = ()
        self.items: dict[Key, Item] = {}
        self.keys: list[Key] = []
        self.names: dict[Key, Names] = {}
        self.postings: dict[str, Posting] = {}
        self.vocabulary: Vocabulary
        self._numbers: dict[Key, int] = {}

    def fill(
        self, localized: LocalizedCatalog, before: "SearchIndex | None", beside: "SearchIndex | None" = None
    ) -> Iterator[None]:
        """Fills the index, a few items a step: from one of before, where that is of the same locale and most items are
        the same. What is as in the index `beside`, of another locale, is shared with it."""
        self._codes = tuple([locale.code for locale in localized.locale.chain()])
        self.items = items_of(localized)
        was = {} if before is None or before._codes != self._codes else before.items
        changed = [key for key, item in self.items.items() if was.get(key) is not item]
        changed += [key for key in was if key not in self.items]
        if before is not None and 2 * len(changed) < len(self.items) > len(before.keys) // 2:
            self.keys, self._numbers = list(before.keys), dict(before._numbers)
            self.names, self.postings = dict(before.names), dict(before.postings)
        else:
            was, changed = {}, list(self.items)
        yield from self._change(Reader(localized), was, changed, beside or SearchIndex())
        self.vocabulary = Vocabulary(self.postings, localized.locale, before.vocabulary if before else None)

    def _change(
        self, reader: Reader, was: Mapping[Key, Item], changed: Sequence[Key], beside: "SearchIndex"
    ) -> Iterator[None]:
        left: dict[str, set[int]] = {}  # the items that each word leaves
        postings: dict[str, tuple[array[int], array[float], list[int]]] = {}  # where each is new
        for count, key in enumerate(changed, 1):
            old, new = was.get(key), self.items.get(key)
            gone = {} if old is None else reader.places(old)
            come = {} if new is None else reader.places(new)
            same = {word for word, place in gone.items() if come.get(word) == place}
            for word in gone.keys() - same:
                left.setdefault(word, set()).add(self._numbers[key])
            if new is None:
                self.names.pop(key, None)
                continue
            self.names[key] = _shared(reader.names(new), beside.names.get(key))
            number = self._numbered(key)
            for word, (weight, names) in come.items():
                if word in same:  # most words of an item stay where they are
                    continue
                if (posting := postings.get(word)) is None:
                    posting = postings[word] = array("I"), array("f"), []
                posting[0].append(number)
                posting[1].append(weight)
                posting[2].append(names)
            if not count % LOT:
                yield
        for count, word in enumerate({**left, **postings}, 1):
            before, grown = self.postings.pop(word, NOWHERE), postings.pop(word, None)
            after = _posting(before, left.get(word, ()), grown or (array("I"), array("f"), []))
            if after.items:
                self.postings[word] = _shared(after, beside.postings.get(word))
            if not count % WORDS:
                yield

    def number(self, key: Key) -> int:
        """The number of an item, by which postings name it."""
        return self._numbers[key]

    def _numbered(self, key: Key) -> int:
        if (number := self._numbers.get(key)) is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return number


def _posting(before: Posting, left: Container[int], new: "tuple[array[int], array[float], list[int]]") -> Posting:
    """A posting without the items that the word leaves, and with those where it is new."""
    items, weights, names = new
    stay = [place for place, item in enumerate(before.items) if item not in left]
    return Posting(
        array("I", [*[before.items[it] for it in stay], *items]),
        array("f", [*[before.weights[it] for it in stay], *weights]),
        (*[before.names[it] for it in stay], *names),
    )


def _shared(own: T, other: T | None) -> T:
    """The other one, where it is the same."""
    return other if other is not None and other == own else own
