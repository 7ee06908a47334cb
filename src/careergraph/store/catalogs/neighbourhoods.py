"""Stored neighbourhoods: those of each catalog version, each row from one version on until a later row replaces it.

A row holds the neighbours of one career, the row `*` what things weigh from its version on. The row without a slug
names the rules, and the version whose content the rows up to here follow from; publishes do not wait for it, so that
content may be older than the version. What is missing can be worked out again: a version without such a row loses
nothing but time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from sys import intern
from threading import Lock
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Text, cast, delete, func, insert, select
from sqlalchemy.orm import Session

from careergraph.engine.content.neighbour import Neighbour, Neighbourhoods
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.documents.documents import CareerDocument, Key
from careergraph.store.tables.content import NeighbourhoodRow

WHOLE, RARITY = "", "*"
"""The slugs of the row that names the rules and the content, and of the one that says what things weigh; no career has
them."""

_TABLE = NeighbourhoodRow.__table__
_is_career = _TABLE.c.slug.not_in((WHOLE, RARITY))
_slug_of = itemgetter(0)
_text = cast(_TABLE.c.body, Text)
_decode = msgspec.json.Decoder(list[Neighbour] | None).decode


class Mark(NamedTuple):
    """The last row without a slug: its version, and the version whose content the rows up to there follow from."""

    version: int
    content: int


def mark_at(session: Session, version: int) -> Mark | None:
    """Return the mark that holds at a version; None where there is none, or one of other rules than the present."""
    query = select(_TABLE.c.version, _TABLE.c.body).where(_TABLE.c.slug == WHOLE, _TABLE.c.version <= version)
    row = session.execute(query.order_by(_TABLE.c.version.desc()).limit(1)).first()
    if row is None or row.body[:1] != [RULES]:
        return None
    return Mark(row.version, (*row.body[1:], row.version)[0])


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


def stored_rows(session: Session, version: int) -> Neighbourhoods | None:
    """Return the rows that hold at a version, by slug; None where `mark_at` is None."""
    if mark_at(session, version) is None:
        return None
    until = select(_TABLE.c.slug, func.max(_TABLE.c.version).label("version")).where(_TABLE.c.version <= version)
    last = until.group_by(_TABLE.c.slug).subquery()
    same = (_TABLE.c.slug == last.c.slug) & (_TABLE.c.version == last.c.version)
    query = select(_TABLE.c.slug, _text).join(last, same).where(_is_career)
    rows = session.execute(query.order_by(_TABLE.c.slug)).all()
    return Later(lambda: {slug: near for slug, near in _neighbours(rows).items() if near is not None})


def rarity_at(session: Session, version: int) -> str | None:
    """Return what things weigh at a version, as `Catalog.rarity`; None where it is not kept, or `mark_at` is None."""
    if mark_at(session, version) is None:
        return None
    query = select(_TABLE.c.body).where(_TABLE.c.slug == RARITY, _TABLE.c.version <= version)
    return session.scalar(query.order_by(_TABLE.c.version.desc()).limit(1))


def rows_between(session: Session, after: int, until: int) -> dict[str, tuple[Neighbour, ...] | None]:
    """Return the last row of each slug of the versions beyond `after`, up to `until`; None for a career that went."""
    between = _is_career & (_TABLE.c.version > after) & (_TABLE.c.version <= until)
    return _neighbours(session.execute(select(_TABLE.c.slug, _text).where(between).order_by(_TABLE.c.version)))


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


def store_rows(
    session: Session,
    version: int,
    content: int,
    rows: Mapping[str, tuple[Neighbour, ...] | None],
    rarity: str | None = None,
) -> None:
    """Store rows from a version on (None: the career went), what things weigh from there on where that changed, and the
    mark that all follow from a version's content."""
    cells: list[dict[str, Any]] = [{"slug": WHOLE, "body": [RULES] if content == version else [RULES, content]}]
    cells += [] if rarity is None else [{"slug": RARITY, "body": rarity}]
    cells += [
        {"slug": slug, "body": None if near is None else msgspec.to_builtins(near)} for slug, near in rows.items()
    ]
    session.execute(delete(NeighbourhoodRow).where(_TABLE.c.version == version, _TABLE.c.slug == WHOLE))
    session.execute(insert(NeighbourhoodRow), [{"version": version, **row} for row in cells])


def drop_rows(session: Session) -> None:
    """Delete all rows, as none is by the present rules: no version reads them any longer."""
    session.execute(delete(NeighbourhoodRow))


def _neighbours(rows: Iterable[Any]) -> dict[str, tuple[Neighbour, ...] | None]:
    """Decode rows. Equal slugs and figures become one object each: few figures differ, as they are rounded, and copies
    of them would take more memory than all else about neighbours."""
    figures: dict[Any, Any] = {}
    once = figures.setdefault
    return {
        slug: None
        if text is None or (near := _decode(text)) is None
        else tuple(
            [
                Neighbour(
                    intern(neighbour.slug),
                    once(neighbour.score, neighbour.score),
                    tuple(map(once, neighbour.likeness, neighbour.likeness)),
                    tuple(map(once, neighbour.shared, neighbour.shared)),
                )
                for neighbour in near
            ]
        )
        for slug, text in rows
    }
