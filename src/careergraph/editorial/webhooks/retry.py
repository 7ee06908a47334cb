"""Retries: when a delivery that failed is tried again, when it is given up, and when its endpoint is taken for dead."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy.orm import Session

from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.events.deliveries import Claimed, State, deliveries

JITTER = 0.2
"""Waits vary by this share, so that endpoints which failed together are not all tried again at one moment."""
_RECENT = 50
_uniform = SystemRandom().uniform


def wait(settings: Settings, attempt: int, uniform: Callable[[float, float], float] = _uniform) -> timedelta:
    """How long to wait after an attempt, which counts from 1, before the next one."""
    return _plain(settings, attempt) * uniform(1 - JITTER, 1 + JITTER)


def is_dead(session: Session, claimed: Claimed, now: datetime, settings: Settings) -> bool:
    """Whether an endpoint took nothing else either in all the time in which this delivery was tried in vain."""
    tried = sum((_plain(settings, attempt) for attempt in range(1, settings.attempts)), timedelta())
    since = now - tried * (1 - JITTER)
    taken = deliveries(session, claimed.endpoint.number, state=State.DELIVERED, first=_RECENT)
    return not any(it.delivered_at is not None and it.delivered_at > since for it in taken)


def _plain(settings: Settings, attempt: int) -> timedelta:
    factor = 4.0 ** min(attempt - 1, 30)
    return timedelta(seconds=min(settings.first_wait.total_seconds() * factor, settings.longest_wait.total_seconds()))
