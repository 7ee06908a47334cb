"""The two queries that documents are read with: rows of documents, and rows inside of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from careergraph.store.documents.rows.ids import IDENTS, Only
from careergraph.store.tables.content import Table as Model

MOST = 500
"""More keys than this are not sent with a query: it reads the whole table, and what was not asked for is dropped."""

Parts = Mapping[int, Sequence[Row[Any]]]
"""Rows inside of documents, in order, by the id of the document."""


def parents(session: Session, type_name: str, only: Only) -> list[Row[Any]]:
    """The rows of documents of a type, by ident."""
    model, _, ident = IDENTS[type_name]
    query = select(table_of(model))
    if only is not None and len(only) <= MOST:
        query = query.where(ident.in_(only))
    rows = [row for row in session.execute(query) if only is None or getattr(row, ident.key) in only]
    return sorted(rows, key=lambda row: str(getattr(row, ident.key)))


def parts(session: Session, model: type[Model], among: Sequence[Row[Any]]) -> Parts:
    """The rows inside of some documents. Their first column is the document's id, their primary key the order."""
    table = table_of(model)
    owner = next(iter(table.primary_key.columns))
    query = select(table).order_by(*table.primary_key.columns)
    if len(among) <= MOST:
        query = query.where(owner.in_([row.id for row in among]))
    by_owner: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(query):
        by_owner[row[0]].append(row)
    return by_owner


def table_of(model: type[Model]) -> Table:
    """The table of a model: rows of plain columns are read several times faster than objects."""
    return cast(Table, model.__table__)
