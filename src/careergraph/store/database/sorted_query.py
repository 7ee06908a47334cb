"""SortedQuery: the rows of a query in a total order, read page by page between two keys, and counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

Item = TypeVar("Item")
SortKey = tuple[Any, ...]
Column = ColumnElement[Any] | InstrumentedAttribute[Any]
MOST_WORDS = 20
"""The most words of a text that are looked for one by one; what follows them is looked for as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedQuery(Generic[Item]):
    """The rows of `query`, each made an item by `make`, sorted by the columns of `key`, which are never NULL and
    together unique."""

    query: Select[*tuple[Any, ...]]
    key: tuple[Column, ...]
    make: Callable[[Any], Item]
    descending: bool = False
    fill: Callable[[Session, Sequence[Item]], list[Item]] | None = None
    """Completes the items of a page, all of them in one query."""
    counted: Select[int] | None = None
    """Selects how many rows there are, where that takes less than to count the rows."""

    def page(
        self,
        session: Session,
        count: int,
        *,
        after: SortKey | None = None,
        before: SortKey | None = None,
        backward: bool = False,
    ) -> list[tuple[Item, SortKey]]:
        """Return at most `count` items with their keys, in order: the first ones between two keys, or (`backward`) the
        last ones."""
        query = self.query.add_columns(*self.key)
        for bound, follows in ((after, True), (before, False)):
            if bound is not None:
                query = query.where(self._beside(bound, follows=follows))
        descending = self.descending != backward
        query = query.order_by(*[it.desc() if descending else it.asc() for it in self.key]).limit(count)
        rows = session.execute(query).all()
        items = [self.make(row) for row in rows]
        if self.fill is not None:
            items = self.fill(session, items)
        keyed = [(item, tuple(row[-len(self.key) :])) for item, row in zip(items, rows, strict=True)]
        return keyed[::-1] if backward else keyed

    def count(self, session: Session) -> int:
        """Count all rows."""
        if self.counted is not None:
            return session.scalar(self.counted) or 0
        rows = self.query.with_only_columns(*self.key, maintain_column_froms=True).subquery()
        return session.scalar(select(func.count()).select_from(rows)) or 0

    def has(self, session: Session, bound: SortKey, *, follows: bool, inclusive: bool = False) -> bool:
        """Return whether a row follows a key, or (`follows` False) precedes it; `inclusive` counts a row at the key
        too."""
        beside = self._beside(bound, follows=not follows)
        query = self.query.where(~beside if inclusive else self._beside(bound, follows=follows))
        return session.scalar(select(exists(query.with_only_columns(*self.key, maintain_column_froms=True)))) or False

    def _beside(self, bound: SortKey, *, follows: bool) -> ColumnElement[bool]:
        key = tuple_(*self.key)
        values = tuple_(*[literal(value, column.type) for value, column in zip(bound, self.key, strict=True)])
        return key > values if follows != self.descending else key < values


def matching(
    query: Select[*tuple[Any, ...]],
    equal: Mapping[Any, object] | None = None,
    during: tuple[Column, datetime | None, datetime | None] | None = None,
) -> Select[*tuple[Any, ...]]:
    """Narrow a query to rows whose columns have some values (None: any), and to a time from an instant on and before
    another."""
    for column, value in (equal or {}).items():
        if value is not None:
            query = query.where(column == value)
    if during is not None:
        column, since, until = during
        if since is not None:
            query = query.where(column >= since)
        if until is not None:
            query = query.where(column < until)
    return query


def holding(text: str, holds: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that a row holds each word of a text, by the condition that it holds one."""
    return and_(true(), *[holds(word) for word in text.strip().split(maxsplit=MOST_WORDS)])
