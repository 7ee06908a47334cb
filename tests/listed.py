"""What the store lists, as tests look at it: all of it, in the order of the lists."""

from typing import Any, TypeVar

from sqlalchemy.orm import Session

from careergraph.store.access import audit
from careergraph.store.database.sorted_query import SortedQuery
from careergraph.store.editing.releases import Release, Status, list_releases
from careergraph.store.events import outbox

Item = TypeVar("Item")


def rows(session: Session, query: SortedQuery[Item], first: int = 1_000_000) -> tuple[Item, ...]:
    """The first items of a query."""
    return tuple([item for item, _ in query.page(session, first)])


def entries(session: Session, /, first: int = 1_000_000, **conditions: Any) -> tuple[audit.Entry, ...]:
    """The audit log, newest first."""
    return rows(session, audit.list_entries(**conditions), first)


def events(session: Session, /, first: int = 1_000_000) -> tuple[outbox.Event, ...]:
    """The events, oldest first."""
    return rows(session, outbox.list_events(descending=False), first)


def releases(session: Session, /, *, all_of_them: bool = False) -> tuple[Release, ...]:
    """The open releases, newest first; or all that ever were."""
    return rows(session, list_releases(status=None if all_of_them else [Status.OPEN]))
