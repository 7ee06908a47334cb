"""Endpoints: where events are sent.

    add(session, url, events, author) -> Endpoint        endpoint(session, number) -> Endpoint | None
    endpoints(session) -> (Endpoint, ...)                change(session, number, url=..., events=..., active=...)
    pause(session, number, reason)                       resume(session, number)
    rotate(session, number, until) -> Endpoint           remove(session, number) -> bool

No secret is kept: an endpoint's secret is derived from the configuration's and (`number`, secret number), so a copy of
the database signs nothing. After `rotate` the old number signs too, until it retires.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careergraph.store.tables.editing import EndpointRow


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
    """Adds an endpoint, told of everything that happens from now on. Whether the address may be used is not checked."""
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


def change(
    session: Session,
    number: int,
    *,
    url: str | None = None,
    events: Iterable[str] | None = None,
    active: bool | None = None,
) -> Endpoint:
    """Changes what is given. Raises KeyError for a number that is none."""
    row = _row(session, number)
    row.url = row.url if url is None else url
    row.events = row.events if events is None else list(events)
    row.active = row.active if active is None else active
    session.flush()
    return _endpoint(row)


def pause(session: Session, number: int, reason: str) -> None:
    """Sends nothing to an endpoint until it resumes. Raises KeyError."""
    _row(session, number).paused_reason = reason
    session.flush()


def resume(session: Session, number: int) -> None:
    """Sends to an endpoint again, first what waited. Raises KeyError."""
    _row(session, number).paused_reason = None
    session.flush()


def rotate(session: Session, number: int, until: datetime) -> Endpoint:
    """Signs with a new secret from now on, and with the old one too until an instant. Raises KeyError."""
    row = _row(session, number)
    row.old_secret_number, row.old_secret_until = row.secret_number, until
    row.secret_number += 1
    session.flush()
    return _endpoint(row)


def remove(session: Session, number: int) -> bool:
    """Removes an endpoint with the log of its deliveries; False where there is none."""
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
    return Endpoint(
        number=row.id,
        url=row.url,
        events=tuple(row.events),
        active=row.active,
        paused_reason=row.paused_reason,
        secret_number=row.secret_number,
        old_secret_number=row.old_secret_number,
        old_secret_until=row.old_secret_until,
        created_by=row.created_by,
        created_at=row.created_at,
    )
