"""Deliveries: events on their way to endpoints. At least once each, in order for each document, never two at a time.

Sending takes longer than a transaction may, so whoever sends holds a lease, and `mark_delivered` and `mark_failed`
are heard only from the holder of the lease. A lease that ran out, as after a crash, is free again. Claims queue like
all writers.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.database.sorted_query import SortedQuery, matching
from careergraph.store.events.endpoints import Endpoint, endpoint
from careergraph.store.events.outbox import Event, event
from careergraph.store.tables.editing import DeliveryRow, EndpointRow, OutboxDocumentRow, OutboxRow
from careergraph.store.tables.table import value_of

LEASE = timedelta(minutes=2)
"""How long a worker may take to send one; longer than any timeout of sending."""
SKEW = timedelta(minutes=2)
"""By how much the clocks of two workers may differ: neither takes the other's lease for one of the far future."""
MOST_WAIT = timedelta(days=2)
"""No delivery waits longer than this: a `next_at` beyond it was written by a clock that was ahead."""


class State(DescribedEnum):
    """How a delivery stands."""

    PENDING = "PENDING", "To be sent, again if need be."
    DELIVERED = "DELIVERED", "The endpoint took it."
    FAILED = "FAILED", "Given up."


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event on its way to an endpoint (`number`), with its kind and when it happened. `status` and `error` are those
    of the last attempt."""

    number: int
    sequence: int
    kind: str
    created_at: datetime
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

    Not while an earlier event about one of its documents waits for the same endpoint, unless it is urgent, nor while
    the endpoint is paused.
    """
    query = select(DeliveryRow).join(EndpointRow, EndpointRow.id == DeliveryRow.endpoint_id)
    query = query.where(EndpointRow.active, EndpointRow.paused_reason.is_(None), _due(now), _free(now, lease), _first())
    order = (DeliveryRow.urgent.desc(), DeliveryRow.next_at, DeliveryRow.sequence, DeliveryRow.endpoint_id)
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
    return Claimed(worker=worker, delivery=_delivery(row, subject), event=subject, endpoint=to)


def mark_delivered(session: Session, claimed: Claimed, now: datetime, status: int) -> bool:
    """The endpoint took it. False where the lease ran out and somebody else has it now."""
    row = _leased_row(session, claimed)
    if row is None:
        return False
    row.state, row.delivered_at, row.status, row.error, row.urgent = str(State.DELIVERED), now, status, None, False
    session.flush()
    return True


def mark_failed(session: Session, claimed: Claimed, status: int | None, error: str, retry_at: datetime | None) -> bool:
    """The endpoint did not take it (`status` None: nobody answered). It is sent again at `retry_at`; None gives up.

    False where the lease ran out and somebody else has it now.
    """
    row = _leased_row(session, claimed)
    if row is None:
        return False
    row.status, row.error, row.urgent = status, error, False
    if retry_at is None:
        row.state = str(State.FAILED)
    else:
        row.next_at = retry_at
    session.flush()
    return True


def redeliver(session: Session, number: int, sequence: int, now: datetime) -> bool:
    """Send an event to an endpoint once more, now and before all others, also where it waits for an earlier event or
    for its next attempt. One that is being sent is left to whoever sends it. False where it was never to be sent there.
    """
    row = session.get(DeliveryRow, (number, sequence))
    if row is None:
        return False
    if row.state != str(State.PENDING) or row.leased_until is None or row.leased_until <= now:
        row.state, row.attempt, row.next_at, row.urgent = str(State.PENDING), 0, now, True
        session.flush()
    return True


def has_pending(session: Session) -> bool:
    """Return whether any delivery is pending."""
    return bool(session.scalar(_ANY_PENDING))


def deliveries(
    session: Session,
    number: int | None = None,
    *,
    state: State | None = None,
    before: int | None = None,
    first: int = 50,
) -> tuple[Delivery, ...]:
    """Deliveries, newest event first: at most `first`, of events below the sequence `before`; of an endpoint or all."""
    query = _WITH_EVENTS.order_by(DeliveryRow.sequence.desc(), DeliveryRow.endpoint_id)
    if number is not None:
        query = query.where(DeliveryRow.endpoint_id == number)
    if state is not None:
        query = query.where(DeliveryRow.state == str(state))
    if before is not None:
        query = query.where(DeliveryRow.sequence < before)
    return tuple([_delivery(*row) for row in session.execute(query.limit(first))])


def list_deliveries(  # noqa: PLR0913 - the conditions of a list
    *,
    endpoint: int | None = None,
    state: Collection[str] | None = None,
    paused: bool | None = None,
    kind: str | None = None,
    event: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    descending: bool = True,
) -> SortedQuery[Delivery]:
    """Return deliveries, by event: to an endpoint, in some states, that wait for a paused endpoint or
    do not, of a kind of event, of one event, and of events that happened in some time."""
    equal = {DeliveryRow.endpoint_id: endpoint, OutboxRow.event: kind, DeliveryRow.sequence: event}
    query = matching(_WITH_EVENTS, equal, (OutboxRow.created_at, since, until))
    if state is not None:
        query = query.where(DeliveryRow.state.in_(state))
    if paused is not None:
        idle = select(EndpointRow.id).where(EndpointRow.paused_reason.is_not(None))
        waiting = and_(DeliveryRow.state == str(State.PENDING), DeliveryRow.endpoint_id.in_(idle))
        query = query.where(waiting if paused else ~waiting)
    key = (DeliveryRow.sequence, DeliveryRow.endpoint_id)
    return SortedQuery(query=query, key=key, make=lambda row: _delivery(*row[:2]), descending=descending)


_ANY_PENDING = select(exists().where(DeliveryRow.state == str(State.PENDING)))
"""What each look of a worker asks, so it is written once."""
_WITH_EVENTS = select(DeliveryRow, OutboxRow).join(OutboxRow, OutboxRow.sequence == DeliveryRow.sequence)


def _due(now: datetime) -> ColumnElement[bool]:
    ahead = DeliveryRow.next_at > now + MOST_WAIT
    return and_(DeliveryRow.state == str(State.PENDING), or_(DeliveryRow.next_at <= now, ahead))


def _free(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    """No lease, or one that ran out; one that ends far too late was given by a clock that was put forward."""
    until = DeliveryRow.leased_until
    return or_(until.is_(None), until <= now, until > now + max(lease, LEASE) + SKEW)


def _first() -> ColumnElement[bool]:
    """No earlier event about one of its documents waits for the endpoint, or it is urgent."""
    earlier, subject, same = aliased(DeliveryRow), aliased(OutboxDocumentRow), aliased(OutboxDocumentRow)
    waiting = exists().where(
        subject.sequence == DeliveryRow.sequence,
        same.document_type == subject.document_type,
        same.slug == subject.slug,
        same.sequence < DeliveryRow.sequence,
        earlier.sequence == same.sequence,
        earlier.endpoint_id == DeliveryRow.endpoint_id,
        earlier.state == str(State.PENDING),
    )
    return or_(DeliveryRow.urgent, ~waiting)


def _leased_row(session: Session, claimed: Claimed) -> DeliveryRow | None:
    """The row, if the worker still holds its lease, which ends with that."""
    row = session.get(DeliveryRow, (claimed.delivery.number, claimed.delivery.sequence))
    if row is None or row.leased_by != claimed.worker or row.attempt != claimed.delivery.attempt:
        return None
    row.leased_by = row.leased_until = None
    return row


def _delivery(row: DeliveryRow, of: OutboxRow | Event) -> Delivery:
    about = {"number": row.endpoint_id, "kind": of.event, "created_at": of.created_at}
    return value_of(Delivery, row, state=State(row.state), **about)
