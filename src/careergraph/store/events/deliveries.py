"""Deliveries: events on their way to endpoints. At least once each, in order for each document, never two at a time.

    claim(session, worker, now, lease=LEASE) -> Claimed | None     in a transaction of its own; then send, then one of:
    mark_delivered(session, claimed, now, status) -> bool
    mark_failed(session, claimed, status, error, retry_at) -> bool   retry_at None gives up
    redeliver(session, number, sequence, now) -> bool
    deliveries(session, number=None, state=None, before=None, first=50) -> (Delivery, ...)

Sending takes longer than a transaction may, so whoever sends holds a lease, and `mark_delivered` and `mark_failed`
are heard only from the holder of the lease. A lease that ran out, as after a crash, is free again. Claims queue like
all writers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from careergraph.store.events.endpoints import Endpoint, endpoint
from careergraph.store.events.outbox import Event, event
from careergraph.store.tables.editing import DeliveryRow, EndpointRow

LEASE = timedelta(minutes=2)
"""How long a worker may take to send one; longer than any timeout of sending."""
MOST_WAIT = timedelta(days=2)
"""No delivery waits longer than this: a `next_at` beyond it was written by a clock that was ahead."""


class State(StrEnum):
    """How a delivery stands."""

    PENDING = "PENDING"
    """To be sent, again if need be."""
    DELIVERED = "DELIVERED"
    """The endpoint took it."""
    FAILED = "FAILED"
    """Given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event on its way to an endpoint (`number`). `status` and `error` are those of the last attempt."""

    number: int
    sequence: int
    key: str
    state: State
    attempt: int
    next_at: datetime
    delivered_at: datetime | None
    status: int | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that a worker is to send. `delivery.attempt` counts this attempt."""

    worker: str
    delivery: Delivery
    event: Event
    endpoint: Endpoint


def claim(session: Session, worker: str, now: datetime, *, lease: timedelta = LEASE) -> Claimed | None:
    """The next delivery that is due, leased to a worker, whose name no other worker has; None where none is.

    Not while an earlier event of the same key waits for the same endpoint, nor while the endpoint is paused.
    """
    query = select(DeliveryRow).join(EndpointRow, EndpointRow.id == DeliveryRow.endpoint_id)
    query = query.where(EndpointRow.active, EndpointRow.paused_reason.is_(None), _due(now), _free(now, lease), _first())
    order = (DeliveryRow.next_at, DeliveryRow.sequence, DeliveryRow.endpoint_id)
    # Writers queue, so no row is ever locked by another claim; should a host's writer lock one, it is passed over.
    query = query.order_by(*order).limit(1).with_for_update(of=DeliveryRow, skip_locked=True)
    row = session.scalars(query).first()
    if row is None:
        return None
    row.attempt, row.leased_by, row.leased_until = row.attempt + 1, worker, now + lease
    session.flush()
    subject, to = event(session, row.sequence), endpoint(session, row.endpoint_id)
    if subject is None or to is None:
        raise KeyError((row.endpoint_id, row.sequence))  # the tables' foreign keys forbid it
    return Claimed(worker=worker, delivery=_delivery(row), event=subject, endpoint=to)


def mark_delivered(session: Session, claimed: Claimed, now: datetime, status: int) -> bool:
    """The endpoint took it. False where the lease ran out and somebody else has it now."""
    row = _leased_row(session, claimed)
    if row is None:
        return False
    row.state, row.delivered_at, row.status, row.error = str(State.DELIVERED), now, status, None
    session.flush()
    return True


def mark_failed(session: Session, claimed: Claimed, status: int | None, error: str, retry_at: datetime | None) -> bool:
    """The endpoint did not take it (`status` None: nobody answered). It is sent again at `retry_at`; None gives up.

    False where the lease ran out and somebody else has it now.
    """
    row = _leased_row(session, claimed)
    if row is None:
        return False
    row.status, row.error = status, error
    if retry_at is None:
        row.state = str(State.FAILED)
    else:
        row.next_at = retry_at
    session.flush()
    return True


def redeliver(session: Session, number: int, sequence: int, now: datetime) -> bool:
    """Sends an event to an endpoint once more, from now on; False where it was never to be sent there."""
    row = session.get(DeliveryRow, (number, sequence))
    if row is None:
        return False
    row.state, row.attempt, row.next_at = str(State.PENDING), 0, now
    session.flush()
    return True


def deliveries(
    session: Session,
    number: int | None = None,
    *,
    state: State | None = None,
    before: int | None = None,
    first: int = 50,
) -> tuple[Delivery, ...]:
    """Deliveries, newest event first: at most `first`, of events below the sequence `before`; of an endpoint or all."""
    query = select(DeliveryRow).order_by(DeliveryRow.sequence.desc(), DeliveryRow.endpoint_id)
    if number is not None:
        query = query.where(DeliveryRow.endpoint_id == number)
    if state is not None:
        query = query.where(DeliveryRow.state == str(state))
    if before is not None:
        query = query.where(DeliveryRow.sequence < before)
    return tuple([_delivery(row) for row in session.scalars(query.limit(first))])


def _due(now: datetime) -> ColumnElement[bool]:
    ahead = DeliveryRow.next_at > now + MOST_WAIT
    return and_(DeliveryRow.state == str(State.PENDING), or_(DeliveryRow.next_at <= now, ahead))


def _free(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """No lease, or one that ran out; one that ends too late was given by a clock that was ahead."""
    until = DeliveryRow.leased_until
    return or_(until.is_(None), until <= now, until > now + max(lease, LEASE))


def _first() -> ColumnElement[bool]:
    """No earlier event of the key waits for the endpoint."""
    earlier = aliased(DeliveryRow)
    return ~exists().where(
        earlier.endpoint_id == DeliveryRow.endpoint_id,
        earlier.key == DeliveryRow.key,
        earlier.sequence < DeliveryRow.sequence,
        earlier.state == str(State.PENDING),
    )


def _leased_row(session: Session, claimed: Claimed) -> DeliveryRow | None:
    """The row, if the worker still holds its lease, which ends with that."""
    row = session.get(DeliveryRow, (claimed.delivery.number, claimed.delivery.sequence))
    if row is None or row.leased_by != claimed.worker or row.attempt != claimed.delivery.attempt:
        return None
    row.leased_by = row.leased_until = None
    return row


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        number=row.endpoint_id,
        sequence=row.sequence,
        key=row.key,
        state=State(row.state),
        attempt=row.attempt,
        next_at=row.next_at,
        delivered_at=row.delivered_at,
        status=row.status,
        error=row.error,
    )
