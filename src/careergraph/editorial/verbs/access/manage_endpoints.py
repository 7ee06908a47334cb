"""Manage endpoints: each verb checks the right, writes, and is recorded, in one transaction.

All raise Denied, and Rejected where there is no such endpoint, delivery or key to sign with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.webhooks.address import Destination, Unfit, destination
from careergraph.editorial.webhooks.deliver import PAUSE
from careergraph.editorial.webhooks.kinds import KINDS
from careergraph.editorial.webhooks.message import secret_of
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.access.audit import record
from careergraph.store.events import deliveries, endpoints
from careergraph.store.events.endpoints import Endpoint
from careergraph.store.events.outbox import EVERY_EVENT

OVERLAP = timedelta(hours=24)
"""How long an old secret still signs, beside the new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An endpoint, and the secret that its receiver needs."""

    endpoint: Endpoint
    secret: str = field(repr=False)


def inspect(url: str, settings: Settings) -> Destination:
    """Check an address before any transaction, since resolving it takes time. Raises Rejected."""
    try:
        return destination(url, settings.named)
    except Unfit as unfit:
        raise rejection(ProblemCode.BAD_URL, str(unfit)) from None


def add(
    session: Session, actor: Actor, to: Destination, settings: Settings, events: Sequence[str] = (EVERY_EVENT,)
) -> Made:
    """Add an endpoint at an inspected address, for all events from now on. Raises Rejected for events that there are
    not, as it would wait for them forever."""
    permit(actor, Verb.MANAGE_ENDPOINTS)
    _require_key(settings)
    for event in events:
        if event not in (EVERY_EVENT, *KINDS):
            right = ", ".join((EVERY_EVENT, *KINDS))
            raise rejection(ProblemCode.UNKNOWN, f"there is no event {quoted(event)}, but {right}", steps=("events",))
    added = endpoints.add(session, to.url, events, actor.name)
    _record(session, actor, "add-endpoint", added.number, url=to.url, events=list(events))
    return _made(added, settings)


def rotate(session: Session, actor: Actor, number: int, settings: Settings, overlap: timedelta = OVERLAP) -> Made:
    """Sign with a new secret from now on, and for a while with the old one too."""
    _managed_endpoint(session, actor, number)
    _require_key(settings)
    until = datetime.now(UTC) + overlap
    rotated = endpoints.rotate(session, number, until)
    _record(session, actor, "rotate-secret", number, until=until.isoformat())
    return _made(rotated, settings)


def pause(session: Session, actor: Actor, number: int, reason: str = "paused by hand") -> Endpoint:
    """Pause an endpoint; its events wait."""
    _managed_endpoint(session, actor, number)
    endpoints.pause(session, number, reason)
    _record(session, actor, PAUSE, number, reason=reason)
    return _managed_endpoint(session, actor, number)


def resume(session: Session, actor: Actor, number: int) -> Endpoint:
    """Resume an endpoint: send the waiting events first, with all attempts."""
    _managed_endpoint(session, actor, number)
    endpoints.resume(session, number)
    now = datetime.now(UTC)
    for waiting in _tried_events(session, number):
        deliveries.redeliver(session, number, waiting, now)
    _record(session, actor, "resume-endpoint", number)
    return _managed_endpoint(session, actor, number)


def remove(session: Session, actor: Actor, number: int) -> None:
    """Remove an endpoint with the log of its deliveries."""
    url = _managed_endpoint(session, actor, number).url
    endpoints.remove(session, number)
    _record(session, actor, "remove-endpoint", number, url=url)


def redeliver(session: Session, actor: Actor, number: int, sequence: int) -> deliveries.Delivery:
    """Send an event to an endpoint once more, delivered before or not."""
    _managed_endpoint(session, actor, number)
    if not deliveries.redeliver(session, number, sequence, datetime.now(UTC)):
        raise rejection(ProblemCode.UNKNOWN, f"event {sequence} was never to be sent to endpoint {number}")
    _record(session, actor, "redeliver", number, event=sequence)
    return deliveries.deliveries(session, number, before=sequence + 1, first=1)[0]


def list_endpoints(session: Session, actor: Actor) -> tuple[Endpoint, ...]:
    """All endpoints, oldest first."""
    permit(actor, Verb.MANAGE_ENDPOINTS)
    return endpoints.endpoints(session)


def log(
    session: Session, actor: Actor, number: int, before: int | None = None, first: int = 50
) -> tuple[deliveries.Delivery, ...]:
    """The deliveries to an endpoint, newest first: at most `first`, of events below the sequence `before`."""
    _managed_endpoint(session, actor, number)
    return deliveries.deliveries(session, number, before=before, first=first)


def _tried_events(session: Session, number: int) -> list[int]:
    """Return the events with failed attempts that are still pending."""
    sequences: list[int] = []
    before: int | None = None
    while page := deliveries.deliveries(session, number, state=deliveries.State.PENDING, before=before, first=500):
        sequences += [it.sequence for it in page if it.attempt]
        before = page[-1].sequence
    return sequences


def _managed_endpoint(session: Session, actor: Actor, number: int) -> Endpoint:
    """Return an endpoint that the actor may manage. Raises Denied and Rejected."""
    permit(actor, Verb.MANAGE_ENDPOINTS)
    if (endpoint := endpoints.endpoint(session, number)) is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no endpoint {number}")
    return endpoint


def _require_key(settings: Settings) -> None:
    if not settings.secret_key:
        raise rejection(ProblemCode.NO_KEY, "webhooks are signed, for which CAREERGRAPH_SECRET_KEY must be set")


def _made(endpoint: Endpoint, settings: Settings) -> Made:
    return Made(endpoint=endpoint, secret=secret_of(settings.secret_key, endpoint, endpoint.secret_number))


def _record(session: Session, actor: Actor, verb: str, number: int, **detail: object) -> None:
    record(session, actor.name, verb, None, {"endpoint": number, **detail})
