"""Couriers: a few threads that send pending deliveries, each to one endpoint at a time."""

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.webhooks.deliver import deliver
from careergraph.editorial.webhooks.settings import Settings
from careergraph.editorial.webhooks.trusted_clock import utc_now
from careergraph.store.access.people import display_names
from careergraph.store.database.database import reading, transaction
from careergraph.store.events.deliveries import Claimed, claim, has_pending

LOG = logging.getLogger("careergraph.webhooks")


class Couriers:
    """Send the pending deliveries of one database. Any number of them may run, in any number of processes."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        workflow: Workflow | None = None,
    ) -> None:
        self._engine, self._settings, self._clock = engine, settings, clock
        self._workflow = workflow or Workflow()
        self._name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(6)}"
        self._silent = False

    def deliver_due(self, now: datetime | None = None, stop: Event | None = None) -> tuple[int, int]:
        """Send all due deliveries. Return how many were taken, and how many were not. Raises DatabaseProblem.

        Without a key there are no signatures, and nothing is sent.
        """
        if not self._has_pending() or (first := self.take("0", now)) is None:
            return 0, 0
        couriers = [_Courier(self, f"{number}", now, stop or Event()) for number in range(self._settings.senders)]
        for courier in couriers[1:]:
            courier.start()
        couriers[0].work(first)
        for courier in couriers[1:]:
            courier.join()
        for courier in couriers:
            if courier.problem is not None:
                raise courier.problem
        return sum(it.taken for it in couriers), sum(it.refused for it in couriers)

    def take(self, courier: str, now: datetime | None) -> Claimed | None:
        """Claim the next due delivery of a courier; None if there is none."""
        with transaction(self._engine) as session:
            claimed = claim(session, f"{self._name}:{courier}", now or self._clock())
            return claimed if claimed is None else _with_display_name(session, claimed)

    def deliver(self, claimed: Claimed, now: datetime | None) -> bool:
        """Send it; return whether it was taken."""
        return deliver(self._engine, claimed, now or self._clock(), self._settings, self._workflow)

    def _has_pending(self) -> bool:
        """Return whether any delivery is pending. Writes nothing, so frequent looks disturb nobody."""
        with reading(self._engine) as session:
            waiting = has_pending(session)
        if waiting and not self._settings.secret_key:
            if not self._silent:
                LOG.error("events wait to be sent, but there is no CAREERGRAPH_SECRET_KEY to sign them with")
            self._silent = True
            return False
        return waiting


def _with_display_name(session: Session, claimed: Claimed) -> Claimed:
    """Add the display name of whom an event is `by`: the outbox holds none, so that it can change or be erased."""
    payload = claimed.event.payload
    if "by" not in payload:
        return claimed
    named = {"byName": display_names(session, [payload["by"]])[payload["by"]]}
    return replace(claimed, event=replace(claimed.event, payload={**payload, **named}))


class _Courier(Thread):
    """A courier. It is a daemon: a process that ends does not wait for a slow endpoint."""

    def __init__(self, couriers: Couriers, name: str, now: datetime | None, stop: Event) -> None:
        super().__init__(name=f"careergraph-courier-{name}", daemon=True)
        self._couriers, self._number, self._now, self._stop_event = couriers, name, now, stop
        self.taken = self.refused = 0
        self.problem: Exception | None = None

    def run(self) -> None:
        self.work(None)

    def work(self, claimed: Claimed | None) -> None:
        """Send a claimed delivery, then all that are due. An exception is stored in `problem`."""
        try:
            claimed = claimed or self._take()
            while claimed is not None:
                if self._couriers.deliver(claimed, self._now):
                    self.taken += 1
                else:
                    self.refused += 1
                claimed = self._take()
        except Exception as problem:
            self.problem = problem

    def _take(self) -> Claimed | None:
        return None if self._stop_event.is_set() else self._couriers.take(self._number, self._now)
