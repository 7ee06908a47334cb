"""Deliver: one event to one endpoint, and what follows from how that went."""

import logging
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph import __version__
from careergraph.editorial.webhooks.address import Unfit, destination
from careergraph.editorial.webhooks.message import body, message_id
from careergraph.editorial.webhooks.post import Answer, post
from careergraph.editorial.webhooks.retry import is_dead, wait
from careergraph.editorial.webhooks.settings import Settings
from careergraph.editorial.webhooks.sign import headers, secrets_of
from careergraph.store.access.audit import record
from careergraph.store.database.database import transaction
from careergraph.store.events.deliveries import Claimed, claim, mark_delivered, mark_failed
from careergraph.store.events.endpoints import pause

LOG = logging.getLogger("careergraph.webhooks")
PAUSE = "pause-endpoint"
"""What the audit log calls it when an endpoint is paused."""


def take(engine: Engine, worker: str, now: datetime) -> Claimed | None:
    """Claims the next delivery to send; None where nothing is due. Raises DatabaseProblem."""
    with transaction(engine) as session:
        return claim(session, worker, now)


def deliver(engine: Engine, claimed: Claimed, now: datetime, settings: Settings) -> bool:
    """Sends what was claimed, and answers whether it was taken. Raises DatabaseProblem.

    No transaction is open while it is on its way. Whatever is lost in between is sent again when the lease runs out.
    """
    answer = send(claimed, now, settings)
    with transaction(engine) as session:
        settle(session, claimed, answer, now, settings)
    return answer.taken


def send(claimed: Claimed, now: datetime, settings: Settings) -> Answer:
    """Makes one attempt, signed for this instant. Changes nothing in the database."""
    try:
        to = destination(claimed.endpoint.url, settings.named)
    except Unfit as unfit:
        return Answer(status=None, error=str(unfit))
    content = body(claimed.event)
    secrets = secrets_of(settings.secret_key, claimed.endpoint, now)
    signed = headers(secrets, message_id(claimed.event), now, content)
    plain = {"Content-Type": "application/json", "User-Agent": f"careergraph/{__version__}", "Connection": "close"}
    return post(to, plain | signed, content, settings.timeout, settings.deadline)


def settle(session: Session, claimed: Claimed, answer: Answer, now: datetime, settings: Settings) -> None:
    """Writes down how an attempt went. A delivery to an endpoint that is taken for dead is kept until that resumes."""
    attempt = (claimed.endpoint.number, claimed.event.sequence, claimed.delivery.attempt)
    if answer.taken:
        mark_delivered(session, claimed, now, answer.status or 0)
        LOG.info("endpoint %d took event %d at attempt %d", *attempt)
        return
    error = answer.error or ""
    LOG.warning("endpoint %d did not take event %d at attempt %d: %s", *attempt, error)
    if answer.status == HTTPStatus.GONE:
        if mark_failed(session, claimed, answer.status, error, now):
            _give_up_on(session, claimed, "it answered 410 Gone")
    elif claimed.delivery.attempt < settings.attempts:
        mark_failed(session, claimed, answer.status, error, now + wait(settings, claimed.delivery.attempt))
    elif not is_dead(session, claimed, now, settings):
        mark_failed(session, claimed, answer.status, error, None)
    elif mark_failed(session, claimed, answer.status, error, now):
        _give_up_on(session, claimed, f"{claimed.delivery.attempt} attempts in a row failed, the last one: {error}")


def _give_up_on(session: Session, claimed: Claimed, reason: str) -> None:
    endpoint = claimed.endpoint
    pause(session, endpoint.number, reason)
    record(session, "careergraph work", PAUSE, None, {"endpoint": endpoint.number, "reason": reason})
    LOG.error("endpoint %d is paused: %s", endpoint.number, reason)
