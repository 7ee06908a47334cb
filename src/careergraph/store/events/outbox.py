"""The outbox: events to tell others of, written in the transaction that they happened in, and delivered later.

    enqueue(session, event, key, payload, version) -> int    event(session, sequence) -> Event | None
    events(session, after=0, first=50) -> (Event, ...)

`endpoints` says who is told, `deliveries` how it went.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from careergraph.store.documents.rows import Key
from careergraph.store.events.endpoints import endpoints
from careergraph.store.tables.editing import DeliveryRow, OutboxRow

EVERY_EVENT = "*"
"""Among the events of an endpoint: it is told of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event. Those with one `key` are delivered in the order of `sequence`, which counts from 1, without gaps."""

    sequence: int
    event: str
    key: str
    payload: dict[str, Any]
    version: int | None
    created_at: datetime


def enqueue(session: Session, event: str, key: Key | None, payload: dict[str, Any], version: int | None) -> int:
    """Writes an event down, with a delivery to each endpoint that wants it. Answers its sequence.

    `key` is the document that it is about, None for the catalog as a whole; `version` the one it brought about. The
    session is one of `database.transaction`, in which writers queue.
    """
    now = datetime.now(UTC)
    sequence = (session.scalar(select(func.max(OutboxRow.sequence))) or 0) + 1
    written = "" if key is None else "/".join(key)
    cells = {"sequence": sequence, "event": event, "key": written, "payload": payload, "version": version}
    session.execute(insert(OutboxRow), [{**cells, "created_at": now}])
    due = {"sequence": sequence, "key": written, "state": "PENDING", "attempt": 0, "next_at": now}
    recipients = [it.number for it in endpoints(session) if it.active and {event, EVERY_EVENT} & set(it.events)]
    if recipients:
        session.execute(insert(DeliveryRow), [{"endpoint_id": number, **due} for number in recipients])
    return sequence


def event(session: Session, sequence: int) -> Event | None:
    """The event of a sequence."""
    row = session.get(OutboxRow, sequence)
    return None if row is None else _event(row)


def events(session: Session, *, after: int = 0, first: int = 50) -> tuple[Event, ...]:
    """Events in order: at most `first`, beyond the sequence `after`."""
    query = select(OutboxRow).where(OutboxRow.sequence > after).order_by(OutboxRow.sequence).limit(first)
    return tuple([_event(row) for row in session.scalars(query)])


def _event(row: OutboxRow) -> Event:
    return Event(
        sequence=row.sequence,
        event=row.event,
        key=row.key,
        payload=row.payload or {},
        version=row.version,
        created_at=row.created_at,
    )
