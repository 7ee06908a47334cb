"""Kept fragments: the bytes of what does not depend on a pair, rendered once for an edition."""

from collections.abc import Callable
from typing import Any
from weakref import WeakSet, ref

import msgspec

from careergraph.api.base.view import View
from careergraph.engine.text.localized_catalog import LocalizedCatalog

ROOM = 40 * 1024 * 1024
"""Bytes of fragments that are kept at most, over all plans, beside those that a catalog has a right to. When they are
full, all are dropped."""

FOR_A_CAREER = 6000
"""Bytes of fragments for each career of a catalog: a page takes about so many. With less room, those of a large catalog
would drive each other out."""

OVERHEAD = 200
"""Bytes that a kept fragment takes beside its text."""

encode = msgspec.json.Encoder().encode


class FragmentShelf(dict[int, msgspec.Raw]):
    """Fragments by the identity of the engine's object that they show. Each object is held, so that its identity
    stays its own."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        super().__init__()
        self._held: list[object] = []

    def put(self, source: object, value: object) -> msgspec.Raw:
        """Keeps what an object is shown as."""
        data = encode(value)
        raw = msgspec.Raw(data)
        self[id(source)] = raw
        self._held.append(source)
        _room.take(len(data) + OVERHEAD)
        return raw

    def empty(self) -> None:
        """Drops all fragments."""
        self.clear()
        self._held.clear()


class FragmentCache:
    """The shelves of one plan: a list of them for each edition, dropped with the edition's catalog."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._editions: dict[tuple[object, ...], tuple[list[FragmentShelf], ref[LocalizedCatalog]]] = {}
        _room.lets.add(self)

    def of(self, view: View) -> list[FragmentShelf]:
        """The shelves of a view's edition."""
        key = (id(view.localized), view.pinned, view.preview)  # what ids say, beside what they name
        if (entry := self._editions.get(key)) is None:
            shelves = [FragmentShelf() for _ in range(self._count)]
            entry = self._editions[key] = (shelves, ref(view.localized, self._forgetting(key)))
            _room.most = ROOM + FOR_A_CAREER * len(view.catalog.careers)
        return entry[0]

    def empty(self) -> None:
        """Drops all fragments."""
        for shelves, _ in list(self._editions.values()):  # another thread may be adding one
            for shelf in shelves:
                shelf.empty()

    def _forgetting(self, key: tuple[object, ...]) -> Callable[[Any], None]:
        of = ref(self)

        def forget(_: object) -> None:
            if (kept := of()) is not None:
                kept._editions.pop(key, None)

        return forget


class _Room:
    def __init__(self) -> None:
        self.lets: WeakSet[FragmentCache] = WeakSet()
        self.taken = 0
        self.most = ROOM

    def take(self, size: int) -> None:
        if self.taken + size > self.most:
            self.taken = 0
            for kept in list(self.lets):
                kept.empty()
        self.taken += size


_room = _Room()


def taken() -> int:
    """Bytes that are counted as kept now."""
    return _room.taken
