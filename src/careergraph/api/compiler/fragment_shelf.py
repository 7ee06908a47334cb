"""Fragment shelves: the bytes of what does not depend on a pair, rendered once."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import msgspec

from careergraph.api.base.page import Stretch

Item = TypeVar("Item")

OVERHEAD, REFERENCE = 200, 130
"""Bytes that a kept fragment takes beside its text, and that one takes whose text another has."""

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


class Beside(Protocol):
    """What a form keeps beside the fragments of its shelf, and drops with them."""

    def empty(self) -> None:
        """Drop all that is kept of careers and pairs."""


class FragmentShelf(dict[int, Any]):
    """Fragments, or what is made of them, by the identity of the engine's object that they show. Each object is held,
    so that its identity stays its own.

    `shared` are fragments by their bytes: short ones, and all while enough of the others come again (`patience`).
    `rows` are the fragments of sequences in their order, by the identity of the sequence. A form, which cuts what it
    renders, has its `templates` here, by what they depend on, and may keep more `beside`. All of it has `taken` so many
    bytes, and `editions` counts the editions that have the shelf, of which later ones took it over.
    """

    __slots__ = ("_held", "_take", "beside", "editions", "patience", "rows", "shared", "taken", "templates")

    def __init__(self, take: Callable[[int, "FragmentShelf"], None]) -> None:
        """Begin without fragments; `take` counts bytes for the shelf, and may empty this one and others."""
        super().__init__(PROBES)
        self._take = take
        self.taken, self.editions, self.patience = 0, 1, PATIENCE
        self._held: list[object] = []
        self.shared: dict[bytes, Any] = {}
        self.rows: dict[int, list[Any]] = {}
        self.templates: dict[Any, Any] = {}
        self.beside: Beside | None = None

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
        self._take(size, self)

    def empty(self) -> None:
        """Drop all fragments. What another thread puts in meanwhile stays held."""
        sources, self._held, self.patience = self._held, [], PATIENCE
        for key in list(self):
            if key not in PROBES:
                self.pop(key, None)
        for each in (self.shared, self.rows, sources):
            each.clear()
        if self.beside is not None:
            self.beside.empty()
