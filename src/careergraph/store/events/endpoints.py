"""Endpoints: where events are sent.

No secret is kept: an endpoint's secret is derived from the configuration's and (`number`, secret number), so a copy of
the database signs nothing. After `rotate` the old number signs too, until it retires.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.tables.editing import EndpointRow
from careergraph.store.tables.table import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where events are sent. `events` names those that it wants, `*` all. An inactive one is told of nothing new; a
    paused one (`paused_reason`) is told later, once it resumes."""

    number: int
    url: str
    events: tuple[str, ...]
    active: bool
    paused_reason: str | None
    secret_number: int
    old_secret_number: int | None
    old_secret_until: datetime | None
    created_by: str
    created_at: datetime

    def secret_numbers(self, now: datetime) -> tuple[int, ...]:
        """The secrets that sign at an instant, the newest first."""
        until = self.old_secret_until
        if self.old_secret_number is None or until is None or now >= until:
            return (self.secret_number,)
        return (self.secret_number, self.old_secret_number)


def add(session: Session, url: str, events: Iterable[str], author: str) -> Endpoint:
    """Add an endpoint, for all events from now on. The address is not checked."""
    row = EndpointRow(url=url, events=list(events), active=True, secret_number=1, created_by=author)
    row.created_at = datetime.now(UTC)
    session.add(row)
    session.flush()
    return _endpoint(row)


def endpoint(session: Session, number: int) -> Endpoint | None:
    """The endpoint of a number."""
    row = session.get(EndpointRow, number)
    return None if row is None else _endpoint(row)


def endpoints(session: Session) -> tuple[Endpoint, ...]:
    """All endpoints, oldest first."""
    return tuple([_endpoint(row) for row in session.scalars(select(EndpointRow).order_by(EndpointRow.id))])


def list_endpoints(
    *, active: bool | None = None, paused: bool | None = None, text: str | None = None, descending: bool = False
) -> SortedQuery[Endpoint]:
    """Return the endpoints that receive events or not, are paused or not, and have a text in the address, by number."""
    query = matching(select(EndpointRow), {EndpointRow.active: active})
    if paused is not None:
        query = query.where(EndpointRow.paused_reason.is_(None) != paused)
    if text is not None:
        query = query.where(EndpointRow.url.icontains(text, autoescape=True))
    return SortedQuery(query=query, key=(EndpointRow.id,), make=lambda row: _endpoint(row[0]), descending=descending)


def change(
    session: Session,
    number: int,
    *,
    url: str | None = None,
    events: Iterable[str] | None = None,
    active: bool | None = None,
) -> Endpoint:
    """Change the given fields. Raises KeyError for an unknown number."""
    row = _row(session, number)
    row.url = row.url if url is None else url
    row.events = row.events if events is None else list(events)
    row.active = row.active if active is None else active
    session.flush()
    return _endpoint(row)


def pause(session: Session, number: int, reason: str) -> None:
    """Send nothing to an endpoint until it resumes. Raises KeyError."""
    _row(session, number).paused_reason = reason
    session.flush()


def resume(session: Session, number: int) -> None:
    """Send to an endpoint again, waiting events first. Raises KeyError."""
    _row(session, number).paused_reason = None
    session.flush()


def rotate(session: Session, number: int, until: datetime) -> Endpoint:
    """Sign with a new secret from now on, and with the old one too until an instant. Raises KeyError."""
    row = _row(session, number)
    row.old_secret_number, row.old_secret_until = row.secret_number, until
    row.secret_number += 1
    session.flush()
    return _endpoint(row)


def remove(session: Session, number: int) -> bool:
    """Remove an endpoint with the log of its deliveries; False for an unknown one."""
    row = session.get(EndpointRow, number)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def _row(session: Session, number: int) -> EndpointRow:
    row = session.get(EndpointRow, number)
    if row is None:
        raise KeyError(number)
    return row


def _endpoint(row: EndpointRow) -> Endpoint:
    return value_of(Endpoint, row, number=row.id, events=tuple(row.events))
