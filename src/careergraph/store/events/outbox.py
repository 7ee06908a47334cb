"""The outbox: events to tell others of, written in the transaction that they happened in, and delivered later.

`endpoints` says who is told, `deliveries` how it went.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows.query import table_of
from careergraph.store.events.endpoints import endpoints
from careergraph.store.tables.editing import DeliveryRow, OutboxDocumentRow, OutboxRow
from careergraph.store.tables.table import value_of

EVERY_EVENT = "*"
"""Among the events of an endpoint: it is told of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event. Those about one document are delivered in the order of `sequence`, which counts from 1."""

    sequence: int
    event: str
    payload: dict[str, Any]
    version: int | None
    created_at: datetime


def has_kind(session: Session, kind: str) -> bool:
    """Return whether there is an event of a kind."""
    return session.scalar(select(exists().where(OutboxRow.event == kind))) or False


def newest_event(session: Session) -> int:
    """Return the number of the newest event; 0 before the first."""
    return session.scalar(select(func.max(OutboxRow.sequence))) or 0


def enqueue(  # noqa: PLR0913 - the fields of an event
    session: Session,
    event: str,
    keys: Collection[Key],
    payload: dict[str, Any],
    version: int | None,
    *,
    but: int | None = None,
) -> int:
    """Write an event down, with a delivery to each endpoint that wants it, `but` one. Return its sequence.

    `keys` are the documents that it is about, `version` the version of the catalog that it brought about. The session
    is one of `database.transaction`, in which writers queue.
    """
    now = datetime.now(UTC)
    sequence = newest_event(session) + 1
    cells = {"sequence": sequence, "event": event, "payload": payload, "version": version}
    session.execute(insert(OutboxRow), [{**cells, "created_at": now}])
    if keys:
        subjects = [{"sequence": sequence, "document_type": key[0], "slug": key[1]} for key in dict.fromkeys(keys)]
        insert_rows(session, table_of(OutboxDocumentRow), subjects)
    due = {"sequence": sequence, "state": "PENDING", "urgent": False, "attempt": 0, "next_at": now}
    recipients = [it.number for it in endpoints(session) if it.active and {event, EVERY_EVENT} & set(it.events)]
    recipients = [number for number in recipients if number != but]
    if recipients:
        session.execute(insert(DeliveryRow), [{"endpoint_id": number, **due} for number in recipients])
    return sequence


def event(session: Session, sequence: int) -> Event | None:
    """The event of a sequence."""
    row = session.get(OutboxRow, sequence)
    return None if row is None else event_of(row)


def list_events(  # noqa: PLR0913 - the conditions of a list
    *,
    kind: str | None = None,
    version: int | None = None,
    type: str | None = None,
    slug: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    descending: bool = True,
) -> SortedQuery[Event]:
    """Return the events of a kind, of a version, about a document (its type, its slug), and of some time, by number."""
    equal = {OutboxRow.event: kind, OutboxRow.version: version}
    query = matching(select(OutboxRow), equal, (OutboxRow.created_at, since, until))
    if type is not None or slug is not None:
        about = matching(
            select(OutboxDocumentRow.sequence), {OutboxDocumentRow.document_type: type, OutboxDocumentRow.slug: slug}
        )
        query = query.where(OutboxRow.sequence.in_(about))
    return SortedQuery(query=query, key=(OutboxRow.sequence,), make=lambda row: event_of(row[0]), descending=descending)


def prune(session: Session, before: datetime, most: int = 1000) -> int:
    """Remove events that were delivered to all, or given up, before an instant, with their deliveries: the oldest
    `most`. Return how many went. The last event stays, as sequences count on from it."""
    waiting = exists().where(
        DeliveryRow.sequence == OutboxRow.sequence,
        (DeliveryRow.state == "PENDING") | (DeliveryRow.delivered_at >= before),
    )
    last = select(func.max(OutboxRow.sequence)).scalar_subquery()
    query = select(OutboxRow.sequence).where(OutboxRow.created_at < before, OutboxRow.sequence < last, ~waiting)
    sequences = session.scalars(query.order_by(OutboxRow.sequence).limit(most)).all()
    for model in (DeliveryRow, OutboxDocumentRow, OutboxRow):
        session.execute(delete(model).where(model.sequence.in_(sequences)))
    return len(sequences)


def event_of(row: OutboxRow) -> Event:
    """Return the event of a row."""
    return value_of(Event, row, payload=row.payload or {})
