"""Rows of stored neighbourhoods, as they are read from a database, by whatever driver."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from sys import intern
from threading import Lock
from typing import Any, NamedTuple

import msgspec

from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.documents.documents import CareerDocument, Key

WHOLE, RARITY = "", "*"
"""The slugs of the row that names the rules and the content, and of the one that says what things weigh; no career has
them."""

_slug_of = itemgetter(0)
_decode = msgspec.json.Decoder(list[Neighbour] | None).decode


class Mark(NamedTuple):
    """The last row without a slug: its version, and the version whose content the rows up to there follow from."""

    version: int
    content: int


def mark_of(version: int, body: Any) -> Mark | None:
    """Return the mark of the row without a slug; None for one of other rules than the present."""
    return Mark(version, (*body[1:], version)[0]) if body[:1] == [RULES] else None


class Later(Mapping[str, tuple[Neighbour, ...]]):
    """Neighbourhoods that are made when they are first read: the first response of a server has no use for them."""

    def __init__(self, make: Callable[[], Neighbourhoods]) -> None:
        self._make: Callable[[], Neighbourhoods] | None = make
        self._made: Neighbourhoods = {}
        self._lock = Lock()

    def _rows(self) -> Neighbourhoods:
        if self._make is not None:
            with self._lock:
                if self._make is not None:
                    self._made = self._make()
                    self._make = None
        return self._made

    def __getitem__(self, slug: str) -> tuple[Neighbour, ...]:
        return self._rows()[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows())

    def __len__(self) -> int:
        return len(self._rows())


def neighbourhoods_of(rows: Neighbourhoods, careers: Collection[str], moved: Mapping[Key, str]) -> Neighbourhoods:
    """Return stored rows as a catalog of these careers has them: renamed careers by their new slugs (`moved`, as in
    `redirects`), others left out, by slug."""
    names = {
        old: new
        for (type_name, old), new in moved.items()
        if type_name == CareerDocument.TYPE and old not in careers and new in careers
    }
    present = frozenset(careers)
    if not names and present.issuperset(rows):
        return {slug: _present(near, present, names) for slug, near in rows.items()}
    own = {names.get(slug, slug): _present(near, present, names) for slug, near in rows.items() if slug not in present}
    own |= {slug: _present(near, present, names) for slug, near in rows.items() if slug in present}
    return {slug: own[slug] for slug in sorted(present.intersection(own))}


def _present(near: tuple[Neighbour, ...], careers: frozenset[str], names: Mapping[str, str]) -> tuple[Neighbour, ...]:
    if careers.issuperset(map(_slug_of, near)):
        return near
    renamed = [it._replace(slug=names[it.slug]) if it.slug in names else it for it in near]
    return tuple([neighbour for neighbour in renamed if neighbour.slug in careers])


def neighbours_in(rows: Iterable[Any]) -> dict[str, tuple[Neighbour, ...] | None]:
    """Decode rows. Equal slugs and figures become one object each: few figures differ, as they are rounded, and copies
    of them would take more memory than all else about neighbours. How alike two careers are, and what they share, is
    the same in the rows of both."""
    figures: dict[Any, Any] = {}
    once = figures.setdefault

    def all_once(items: Iterable[Any]) -> tuple[Any, ...]:
        alike = tuple([once(it, it) for it in items])
        first: tuple[Any, ...] = once(alike, alike)
        return first

    return {
        slug: None
        if text is None or (near := _decode(text)) is None
        else tuple(
            [
                Neighbour(
                    intern(neighbour.slug),
                    once(neighbour.score, neighbour.score),
                    all_once(neighbour.likeness),
                    all_once(neighbour.shared),
                )
                for neighbour in near
            ]
        )
        for slug, text in rows
    }
