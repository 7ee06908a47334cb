"""Saved filters: how a person narrows down a screen, kept for that person alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.tables.editing import SavedFilterRow
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """A filter of an owner (the name of an actor), by the screen that it narrows down, and its name there."""

    owner: str
    screen: str
    name: str
    filter: dict[str, Any]
    saved_at: datetime


def list_filters(owner: str, *, screen: str | None = None, descending: bool = False) -> SortedQuery[SavedFilter]:
    """Return the filters of an owner, of all screens or of one, by screen and name."""
    query = matching(select(SavedFilterRow), {SavedFilterRow.owner: owner, SavedFilterRow.screen: screen})
    key = (SavedFilterRow.screen, SavedFilterRow.name)
    return SortedQuery(query=query, key=key, make=lambda row: value_of(SavedFilter, row[0]), descending=descending)


def put_filter(session: Session, owner: str, screen: str, name: str, content: dict[str, Any]) -> SavedFilter:
    """Keep a filter, in the place of one of the same screen and name."""
    row = session.get(SavedFilterRow, (owner, screen, name))
    if row is None:
        row = SavedFilterRow(owner=owner, screen=screen, name=name)
        session.add(row)
    row.filter, row.saved_at = content, datetime.now(UTC)
    session.flush()
    return value_of(SavedFilter, row)


def count_filters(session: Session, owner: str) -> int:
    """Count the filters of an owner."""
    query = select(func.count()).select_from(SavedFilterRow).where(SavedFilterRow.owner == owner)
    return session.scalar(query) or 0


def delete_filter(session: Session, owner: str, screen: str, name: str) -> SavedFilter | None:
    """Delete a filter, and return it; None where there is none."""
    row = session.get(SavedFilterRow, (owner, screen, name))
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return value_of(SavedFilter, row)


def delete_filters(session: Session, owner: str) -> None:
    """Delete all filters of an owner."""
    session.execute(delete(SavedFilterRow).where(SavedFilterRow.owner == owner))
