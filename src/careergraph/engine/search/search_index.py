"""Search index: where the words of a localized catalog stand, in few bytes."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, filterfalse

from careergraph.engine.search.item_words import SHELVES, Item, Key, Names, Reader
from careergraph.engine.search.posting import ITEMS, WEIGHTS, Packed, updated
from careergraph.engine.search.vocabulary import Vocabulary
from careergraph.engine.text.localized_catalog import LocalizedCatalog

LOT, WORDS = 50, 500
"""Items that are taken into an index in one step, and words whose postings are made in one."""


class SearchIndex:
    """The words of a localized catalog, and where they stand. It does not keep that catalog: one index can go on from
    another. An item keeps its number as long as indexes go on; that of one that went is given to the next new one."""

    def __init__(self) -> None:
        self._codes: tuple[str, ...] = ()
        self._shelves: tuple[Mapping[str, Item], ...] = ()
        self.numbers: dict[Key, int] = {}
        self.keys: dict[int, Key] = {}
        self.names: dict[Key, Names] = {}
        self.postings: dict[str, Packed] = {}
        self.vocabulary: Vocabulary

    def __len__(self) -> int:
        return sum(map(len, self._shelves))

    def __getitem__(self, key: Key) -> Item:
        """The item of a key. Raises KeyError."""
        return self._shelves[key[0]][key[1]]

    def get(self, key: Key) -> Item | None:
        """Return the item of a key; None where there is none."""
        return self._shelves[key[0]].get(key[1]) if self._shelves else None

    def fill(
        self,
        localized: LocalizedCatalog,
        before: "SearchIndex | None",
        changed: Sequence[Key],
        beside: "SearchIndex | None" = None,
    ) -> Iterator[None]:
        """Fill the index, a few items a step: from one of before, where that is of the same locale and most items are
        the same, but for `changed` ones. What is as in the index `beside`, of another locale, is shared with it."""
        self._codes = tuple([locale.code for locale in localized.locale.chain()])
        self._shelves = tuple([getattr(localized.catalog, shelf) for shelf in SHELVES])
        if before is not None and before._codes == self._codes and 2 * len(changed) < len(self):
            self.numbers, self.keys = dict(before.numbers), dict(before.keys)
            self.names, self.postings = dict(before.names), dict(before.postings)
            was = before
        else:
            changed = [(kind, slug) for kind, shelf in enumerate(self._shelves) for slug in shelf]
            was = SearchIndex()
        yield from self._change(Reader(localized), was, changed, beside or SearchIndex())
        earlier = before or beside
        self.vocabulary = Vocabulary(self.postings, localized.locale, earlier.vocabulary if earlier else None)

    def _change(
        self, reader: Reader, was: "SearchIndex", fresh: Sequence[Key], beside: "SearchIndex"
    ) -> Iterator[None]:
        left: dict[str, set[int]] = {}  # the items that each word leaves
        postings: dict[str, tuple[array[int], array[float], list[int]]] = {}  # where each is new
        unused = filterfalse(self.keys.__contains__, count())
        for done, key in enumerate(fresh, 1):
            old, new = was.get(key), self.get(key)
            number = self.numbers[key] if key in self.numbers else next(unused)
            gone = {} if old is None else reader.places(old, reader.named(old))
            named = {} if new is None else reader.named(new)
            come = {} if new is None else reader.places(new, named)
            same = {word for word, place in gone.items() if come.get(word) == place}
            for word in gone.keys() - same:
                left.setdefault(word, set()).add(number)
            if new is None:
                del self.names[key], self.numbers[key], self.keys[number]
                continue
            self.numbers[key], self.keys[number] = number, key
            self.names[key] = _shared(reader.names(named), beside.names.get(key))
            for word, (weight, names) in come.items():
                if word in same:  # most words of an item stay where they are
                    continue
                if (posting := postings.get(word)) is None:
                    posting = postings[word] = array(ITEMS), array(WEIGHTS), []
                posting[0].append(number)
                posting[1].append(weight)
                posting[2].append(names)
            if not done % LOT:
                yield
        words = dict(zip(beside.postings, beside.postings, strict=True))
        once = {it: it for it in beside.postings.values()}.setdefault  # words that stand alike have one posting
        for done, word in enumerate({**left, **postings}, 1):
            before, grown = self.postings.pop(word, None), postings.pop(word, None)
            after = updated(before, left.get(word, ()), grown or (array(ITEMS), array(WEIGHTS), []))
            if after is not None:
                self.postings[words.get(word, word)] = once(after, after)
            if not done % WORDS:
                yield


def _shared(own: Names, other: Names | None) -> Names:
    """The other one, where it is the same."""
    return other if other is not None and other == own else own
