"""Kept fragments: the bytes of what does not depend on a pair, rendered once for an edition."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, count
from typing import Any, TypeVar
from weakref import WeakSet, finalize, ref

import msgspec

from careergraph.api.base.page import Stretch
from careergraph.api.base.view import View
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

OVERHEAD, REFERENCE = 200, 130
"""Bytes that a kept fragment takes beside its text, and that one takes whose text another has."""

MOST_OUTDATED = 50
"""How many changes of careers, and how many catalogs, may leave fragments behind that nobody asks for any more, or a
tenth of all careers where that is more. Then those of the next catalog are rendered anew."""

Item = TypeVar("Item")

Key = tuple[object, ...]
"""The key of an edition: the identity of its localized catalog, and what ids say of a view beside."""

SHORT = 40
"""Bytes of fragments that are likely to come again: a level, a figure, a label."""

PATIENCE = 200
"""By how many the longer fragments of a shelf that came once may outnumber those that came again, before these are no
longer looked for: careers have many skills alike, and no facts."""

PROBES: dict[int, msgspec.Raw] = {}
"""The fragments of the objects that stand for others in a probe, by their identities. Each shelf has them, always: a
probe would fail where another thread took them away."""

COMMA_JOIN = b",".join
encode = msgspec.json.Encoder().encode


def _listed_bytes(items: list[Any], before: bytes, behind: bytes) -> msgspec.Raw:
    """Return the bytes of a list of its own, whose items stand between others. Raises TypeError for a None."""
    items[0] = b"".join((b"[", before, items[0]))
    items[-1] = b"".join((items[-1], behind, b"]"))
    return msgspec.Raw((behind + b"," + before).join(items))


class FragmentShelf(dict[int, Any]):
    """Fragments, or what is made of them, by the identity of the engine's object that they show. Each object is held,
    so that its identity stays its own. `shared` are fragments by their bytes: short ones, and all while enough of the
    others come again (`patience`). A shelf of statements has their `templates`, by what these depend on, their
    `layout`, the shelf of their `facts`, for each number of `parts` of careers that of the first text and the function
    that renders it, these by what they depend on (`part_numbers`), in `shared` what several careers have alike, the
    `cells` and `blocks` of values by their keys, in `expected` the parts that a career with a value of a kind needs,
    `numbers` for kinds, and `frames` of sentences. `rows` have the fragments of sequences that are kept, in their
    order, by the identity of the sequence. All of it takes so many bytes (`taken`), and `editions` counts the editions
    that have the shelf, of which later ones took it over."""

    __slots__ = (
        *("_held", "blocks", "cells", "editions", "expected", "facts", "frames", "layout", "numbers"),
        *("part_numbers", "parts", "patience", "rows", "shared", "taken", "templates"),
    )

    def __init__(self) -> None:
        super().__init__(PROBES)
        self.taken, self.editions, self.patience = 0, 1, PATIENCE
        self._held: list[object] = []
        self.templates: dict[Any, Any] = {}
        self.layout: Any = None
        self.shared: dict[Any, Any] = {}
        self.numbers = count(1)
        self.cells: dict[bytes, Any] = {}
        self.blocks: dict[bytes, Any] = {}
        self.expected: dict[int, set[int]] = {}
        self.frames: dict[object, Any] = {}
        self.parts: list[Any] = [None]
        self.part_numbers: dict[Any, int] = {}
        self.facts: FragmentShelf | None = None
        self.rows: dict[int, list[Any]] = {}

    def put(self, source: object, value: object) -> msgspec.Raw:
        """Keep what an object is shown as. Fragments that are the same are one, where that is likely."""
        data = encode(value)
        is_long = len(data) > SHORT
        if is_long and self.patience <= 0:
            return self.hold(source, msgspec.Raw(data), len(data) + OVERHEAD)
        raw: msgspec.Raw | None = self.shared.get(data)
        if is_long:
            self.patience += -1 if raw is None else 1
        if raw is not None:
            return self.hold(source, raw, REFERENCE)
        raw = self.shared[data] = msgspec.Raw(data)
        return self.hold(source, raw, len(data) + OVERHEAD)

    def hold(self, source: object, item: Item, size: int) -> Item:
        """Keep an item for an object. It takes so many bytes."""
        self[id(source)] = item
        self._held.append(source)
        self.charge(size)
        return item

    def listed(self, items: Any, before: bytes, behind: bytes) -> msgspec.Raw:
        """The bytes of a list of objects, whose fragments stand between others. Raises KeyError where one is not
        kept."""
        if not items:
            return msgspec.Raw(b"[]")
        if type(items) is not Stretch or type(items.whole) is not tuple:
            return _listed_bytes(list(map(self.__getitem__, map(id, items))), before, behind)
        row = self.rows.get(id(items.whole)) or self._add_row(items.whole)
        try:
            return _listed_bytes(row[items.start : items.stop], before, behind)
        except TypeError:  # one is not in its row yet
            for place, item in enumerate(items, items.start):
                row[place] = self[id(item)]
            return _listed_bytes(row[items.start : items.stop], before, behind)

    def _add_row(self, whole: tuple[object, ...]) -> list[Any]:
        row = self.rows[id(whole)] = [None] * len(whole)
        self._held.append(whole)
        self.charge(8 * len(whole) + OVERHEAD)
        return row

    def charge(self, size: int) -> None:
        """Count bytes that are kept."""
        _room.take(size, self)

    def empty(self) -> None:
        """Drop all fragments. What another thread puts in meanwhile stays held."""
        sources, self._held, self.patience = self._held, [], PATIENCE
        for key in list(self):
            if key not in PROBES:
                self.pop(key, None)
        kept: list[Any] = [self.shared, self.cells, self.blocks, self.expected, self.frames, self.rows]
        kept.append(sources)
        for each in kept:
            each.clear()


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
        _room.lets.add(self)
        finalize(self, _give_back, self._editions.values())

    def of(self, view: View) -> list[FragmentShelf]:
        """The shelves of a view's edition."""
        key = (id(view.localized), view.pinned, view.preview)  # what ids say, beside what they name
        if (edition := self._editions.get(key)) is None:
            shelves = [FragmentShelf() for _ in self._lasting]
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
            shelf if lasting else FragmentShelf() for lasting, shelf in zip(self._lasting, edition.shelves, strict=True)
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
    def __init__(self) -> None:
        self.lets: WeakSet[FragmentCache] = WeakSet()
        self.taken = 0
        self.careers, self.for_export = 0, False
        self.most = ROOM

    def fit(self, catalog: Catalog) -> None:
        """Make room for the fragments of a catalog."""
        self.careers = len(catalog.careers)
        self.resize()

    def resize(self) -> None:
        self.most = ROOM + (FOR_AN_EXPORT if self.for_export else FOR_A_CAREER) * self.careers

    def take(self, size: int, shelf: FragmentShelf) -> None:
        if self.taken + size > self.most:
            self._clear(size, shelf)
        self.taken += size
        shelf.taken += size

    def _clear(self, size: int, shelf: FragmentShelf) -> None:
        """Drop the fragments of plans that were not used since room was last needed; where that is not enough, those of
        all others, and then all."""
        editions = [edition for cache in list(self.lets) for edition in cache.editions()]
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
    for cache in list(_room.lets):
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
