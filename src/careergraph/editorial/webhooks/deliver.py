"""Deliver one event to one endpoint: send it, and on failure retry, give up, or pause the endpoint."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from random import SystemRandom
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph import __version__
from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.webhooks.address import Unfit, destination
from careergraph.editorial.webhooks.message import body, headers, message_id, secrets_of
from careergraph.editorial.webhooks.post import Answer, post
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.access.audit import record
from careergraph.store.database.database import transaction
from careergraph.store.events.deliveries import Claimed, State, deliveries, mark_delivered, mark_failed
from careergraph.store.events.endpoints import pause
from careergraph.store.events.outbox import enqueue

JITTER = 0.2
"""The share by which waits vary, so that endpoints which failed together are not all retried at once."""
_RECENT = 50
_uniform = SystemRandom().uniform


def wait(settings: Settings, attempt: int, uniform: Callable[[float, float], float] = _uniform) -> timedelta:
    """Return the wait after an attempt, which counts from 1, before the next one."""
    return _plain(settings, attempt) * uniform(1 - JITTER, 1 + JITTER)


def is_dead(session: Session, claimed: Claimed, now: datetime, settings: Settings) -> bool:
    """Return whether an endpoint took no other delivery in the whole time of the attempts at this one."""
    tried = sum((_plain(settings, attempt) for attempt in range(1, settings.attempts)), timedelta())
    since = now - tried * (1 - JITTER)
    taken = deliveries(session, claimed.endpoint.number, state=State.DELIVERED, first=_RECENT)
    return not any(it.delivered_at is not None and it.delivered_at > since for it in taken)


def _plain(settings: Settings, attempt: int) -> timedelta:
    factor = 4.0 ** min(attempt - 1, 30)
    return timedelta(seconds=min(settings.first_wait.total_seconds() * factor, settings.longest_wait.total_seconds()))


LOG = logging.getLogger("careergraph.webhooks")
PAUSE = "pause-endpoint"
"""The name of a pause in the audit log."""
PAUSED = "delivery.paused"
"""The event that nothing is sent to an endpoint until it resumes, since it took nothing."""


def deliver(
    engine: Engine, claimed: Claimed, now: datetime, settings: Settings, workflow: Workflow | None = None
) -> bool:
    """Send a claimed delivery; return whether it was taken. Raises DatabaseProblem.

    No transaction is open meanwhile. A delivery that is lost in between is sent again when its lease ends.
    """
    answer = send(claimed, now, settings)
    runs = workflow or Workflow()
    runs.run(partial(transaction, engine), lambda session: settle(session, claimed, answer, now, settings))
    return answer.taken


def send(claimed: Claimed, now: datetime, settings: Settings) -> Answer:
    """Make one attempt, signed for this time. Changes nothing in the database."""
    try:
        to = destination(claimed.endpoint.url, settings.named)
    except Unfit as unfit:
        return Answer(status=None, error=str(unfit))
    content = body(claimed.event, settings.document_url)
    secrets = secrets_of(settings.secret_key, claimed.endpoint, now)
    signed = headers(secrets, message_id(claimed.event), now, content)
    plain = {"Content-Type": "application/json", "User-Agent": f"careergraph/{__version__}", "Connection": "close"}
    return post(to, plain | signed, content, settings.timeout, settings.deadline)


def settle(session: Session, claimed: Claimed, answer: Answer, now: datetime, settings: Settings) -> None:
    """Record the result of an attempt. A delivery to a dead endpoint stays until the endpoint resumes."""
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
    """Pause an endpoint, and tell the others."""
    endpoint = claimed.endpoint
    pause(session, endpoint.number, reason)
    detail = {"endpoint": endpoint.number, "reason": reason}
    record(session, "careergraph work", PAUSE, None, detail)
    payload = {**detail, "host": urlsplit(endpoint.url).hostname, "by": "careergraph work"}
    enqueue(session, PAUSED, [], payload, None, but=endpoint.number)
    LOG.error("endpoint %d is paused: %s", endpoint.number, reason)
