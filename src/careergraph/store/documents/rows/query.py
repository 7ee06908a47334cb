"""The two queries that documents are read with: rows of documents, and rows inside of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, Table, and_, false, or_, select
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows.ids import IDENTS, Only
from careergraph.store.tables.table import Table as Model

MOST = 500
"""The most keys that are sent with one query."""
MANY = 5_000
"""For more keys than this the whole table is read, and the rest is dropped."""

Item = TypeVar("Item")
Parts = Mapping[int, Sequence[Row[Any]]]
"""Rows inside of documents, in order, by the id of the document."""


def parents(session: Session, type_name: str, only: Only) -> list[Row[Any]]:
    """Return the rows of documents of a type, by ident."""
    model, _, ident = IDENTS[type_name]
    table = table_of(model)
    rows = _select(session, select(table), table.c[ident.key], None if only is None else list(only))
    kept = [row for row in rows if only is None or getattr(row, ident.key) in only]
    return sorted(kept, key=lambda row: str(getattr(row, ident.key)))


def parts(session: Session, model: type[Model], among: Sequence[Row[Any]]) -> Parts:
    """Return the rows inside of some documents. Their first column is the document's id, their primary key the
    order."""
    table = table_of(model)
    owner = next(iter(table.primary_key.columns))
    query = select(table).order_by(*table.primary_key.columns)
    by_owner: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in _select(session, query, owner, [row.id for row in among]):
        by_owner[row[0]].append(row)
    return by_owner


def chunks(items: Iterable[Item], size: int = MOST) -> Iterator[list[Item]]:
    """Yield items in lists of such numbers as a statement can hold."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def by_type(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Yield the idents of each type, in such numbers as a statement can hold."""
    idents: dict[str, list[str]] = defaultdict(list)
    for type_name, ident in keys:
        idents[type_name].append(ident)
    for type_name, every in idents.items():
        yield from ((type_name, some) for some in chunks(every))


def among(
    type_name: SQLColumnExpression[str], ident: SQLColumnExpression[str], keys: Iterable[Key]
) -> ColumnElement[bool]:
    """Return the condition that two columns are one of some keys. It names each type alone, as SQLite finds no pair by
    an index."""
    return or_(false(), *[and_(type_name == name, ident.in_(some)) for name, some in by_type(keys)])


def _select(
    session: Session, query: Select[Any], column: ColumnElement[Any], keys: Sequence[object] | None
) -> Iterator[Row[Any]]:
    """Run a query for rows with some keys in a column, or more; None is for all."""
    if keys is None or len(keys) > MANY:
        yield from session.execute(query)
    else:
        for some in chunks(keys):
            yield from session.execute(query.where(column.in_(some)))


def table_of(model: type[Model]) -> Table:
    """The table of a model: rows of plain columns are read several times faster than objects."""
    return cast(Table, model.__table__)
