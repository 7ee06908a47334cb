"""Kept fragments: the shelves of plans for each localized catalog, and how much they may hold together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from typing import Any
from weakref import WeakSet, finalize, ref

from careergraph.api.base.view import View
from careergraph.api.compiler.fragment_shelf import FragmentShelf
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import LocalizedCatalog

ROOM = 8 * 1024 * 1024
"""Bytes of fragments that are kept at most, over all plans, beside those that a catalog has a right to. When they are
full, those of plans are dropped that were not used since they were last."""

FOR_A_CAREER = 30_000
"""Bytes of fragments for each career of a catalog: so many a page and one with all facts take together, of most
catalogs. With less room, those of a large catalog would drive each other out."""

FOR_AN_EXPORT = 60_000
"""The same where all comparisons are written whole: each career is in all of them, as a and as b."""

MOST_OUTDATED = 50
"""How many changes of careers, and how many catalogs, may leave fragments behind that nobody asks for any more, or a
tenth of all careers where that is more. Then those of the next catalog are rendered anew."""

Key = tuple[object, ...]
"""The key of an edition: the identity of its localized catalog, and what ids say of a view beside."""


class Edition:
    """The shelves of a plan for one localized catalog, which are gone when that is; and whether they were `used` since
    room was last needed. `outdated` counts what the shelves hold of catalogs before that nobody asks for any more."""

    __slots__ = ("localized", "outdated", "shelves", "used")

    def __init__(self, shelves: list[FragmentShelf], localized: ref[LocalizedCatalog], outdated: int = 0) -> None:
        self.shelves, self.localized, self.outdated, self.used = shelves, localized, outdated, True


class FragmentCache:
    """The shelves of one plan: a list of them for each edition, dropped with the edition's catalog. `lasting` says of
    each shelf whether its fragments follow from the objects that they show alone, and from no other document."""

    def __init__(self, lasting: Sequence[bool]) -> None:
        self._lasting = lasting
        self._editions: dict[Key, Edition] = {}
        _room.caches.add(self)
        finalize(self, _give_back, self._editions.values())

    def of(self, view: View) -> list[FragmentShelf]:
        """The shelves of a view's edition."""
        key = (id(view.localized), view.pinned, view.preview)  # what ids say, beside what they name
        if (edition := self._editions.get(key)) is None:
            shelves = [_room.shelf() for _ in self._lasting]
            # of two threads one makes the shelves of both: a form and its functions read the same
            own = Edition(shelves, ref(view.localized, self._forgetting(key)))
            edition = self._editions.setdefault(key, own)
            _room.fit(view.catalog)
        edition.used = True
        return edition.shelves

    def follow(self, localized: LocalizedCatalog, before: LocalizedCatalog, outdated: int) -> None:
        """Give a localized catalog the lasting shelves of the one before it, unless too much of them is outdated."""
        key: Key = (id(localized), False, None)
        edition = self._editions.get((id(before), False, None))
        if edition is None or key in self._editions:
            return
        outdated += edition.outdated
        if outdated > max(MOST_OUTDATED, len(localized.catalog.careers) // 10):
            return
        shelves = [
            shelf if lasting else FragmentShelf(_room.take)
            for lasting, shelf in zip(self._lasting, edition.shelves, strict=True)
        ]
        own = Edition(shelves, ref(localized, self._forgetting(key)), outdated)
        own.used = edition.used
        if self._editions.setdefault(key, own) is own:
            for shelf in compress(shelves, self._lasting):
                shelf.editions += 1

    def editions(self) -> list[Edition]:
        """Return the editions that there are now: another thread may be adding one."""
        return list(self._editions.values())

    def empty(self) -> None:
        """Drops all fragments."""
        for edition in self.editions():
            _room.empty(edition)

    def _forgetting(self, key: Key) -> Callable[[Any], None]:
        of = ref(self)

        def forget(_: object) -> None:
            if (kept := of()) is not None and (edition := kept._editions.pop(key, None)) is not None:
                _give_back([edition])

        return forget


def _give_back(editions: Iterable[Edition]) -> None:
    """Count what is gone with some editions as free: the shelves that no other edition has."""
    for edition in editions:
        for shelf in edition.shelves:
            shelf.editions -= 1
            if shelf.editions == 0:
                _room.taken -= shelf.taken


class _Room:
    """The bytes that the shelves of all `caches` have `taken` together, of `most`."""

    def __init__(self) -> None:
        self.caches: WeakSet[FragmentCache] = WeakSet()
        self.taken = 0
        self.careers, self.for_export = 0, False
        self.most = ROOM

    def fit(self, catalog: Catalog) -> None:
        """Make room for the fragments of a catalog."""
        self.careers = len(catalog.careers)
        self.resize()

    def resize(self) -> None:
        self.most = ROOM + (FOR_AN_EXPORT if self.for_export else FOR_A_CAREER) * self.careers

    def shelf(self) -> FragmentShelf:
        """Return an empty shelf whose bytes are counted."""
        return FragmentShelf(self.take)

    def take(self, size: int, shelf: FragmentShelf) -> None:
        if self.taken + size > self.most:
            self._clear(size, shelf)
        self.taken += size
        shelf.taken += size

    def _clear(self, size: int, shelf: FragmentShelf) -> None:
        """Drop the fragments of plans that were not used since room was last needed; where that is not enough, those of
        all others, and then all."""
        editions = [edition for cache in list(self.caches) for edition in cache.editions()]
        others = [edition for edition in editions if not any(it is shelf for it in edition.shelves)]
        for going in ([it for it in others if not it.used], others, editions):
            if self.taken + size <= self.most:
                break
            for edition in going:
                self.empty(edition)
        else:
            self.taken = 0  # threads that counted at once may have lost some
        for edition in editions:
            edition.used = False

    def empty(self, edition: Edition) -> None:
        """Drop the fragments of an edition."""
        for shelf in edition.shelves:
            shelf.empty()
            self.taken, shelf.taken = self.taken - shelf.taken, 0


_room = _Room()


def follow(localized: LocalizedCatalog, before: LocalizedCatalog, gone: int) -> None:
    """Give a localized catalog the fragments of the one before it that follow from objects which both have. Both have
    the same attributes and the same locale; so many careers of the one before do not read as before."""
    _room.fit(localized.catalog)
    for cache in list(_room.caches):
        cache.follow(localized, before, 1 + gone)


@contextmanager
def room_for_export() -> Iterator[None]:
    """Give the fragments of each career as much room as an export needs: with less, they would drive each other out."""
    _room.for_export = True
    _room.resize()
    try:
        yield
    finally:
        _room.for_export = False
        _room.resize()


def taken() -> int:
    """Bytes that are counted as kept now."""
    return _room.taken
