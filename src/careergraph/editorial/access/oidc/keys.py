"""The keys of a provider: fetched in the background, refreshed, and served from memory while the provider is down."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic
from typing import Any

from careergraph.editorial.access.oidc.fetch import Unavailable, address_in, discover, fetch, named_by
from careergraph.editorial.access.oidc.settings import Settings
from careergraph.editorial.webhooks.settings import Named

LOG = logging.getLogger("careergraph.oidc")

FRESH = 600.0
"""The age, in seconds, from which keys are fetched again."""
STALE = 1200.0
"""The age, in seconds, from which a request waits for new keys rather than use the old ones: the provider may have
revoked one long ago."""
PATIENCE = 30.0
"""The least time between two fetches, in seconds, whatever unknown keys tokens name and whether or not the last one
succeeded."""
UNKNOWN = 120.0
"""How long the name of a key that the provider does not have is no reason to ask it again, in seconds."""
LASTING = 86_400.0
"""How long keys are used while the provider is down, in seconds."""
MOST_KEYS = 100
MOST_UNKNOWN = 1000
"""How many names of keys are remembered that the provider does not have."""

Fetch = Callable[[str, Named], dict[str, Any]]
RawKeys = tuple[dict[str, Any], ...]


class Fetching(Exception):
    """The keys are being fetched; `done` is when they are, whether or not that went well. Ask again then."""

    def __init__(self, done: "Future[None]") -> None:
        super().__init__("the keys of the provider are being fetched")
        self.done = done


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The provider's keys, the time they were fetched, the time of the last attempt, and whether that failed."""

    keys: RawKeys = ()
    at: float = -LASTING
    tried: float = -LASTING
    failed: bool = False


class Keys:
    """The keys of one provider. May be shared by threads; never blocks, and fetches at most once at a time."""

    def __init__(self, settings: Settings, fetch: Fetch = fetch, clock: Callable[[], float] = monotonic) -> None:
        self._settings, self._fetch, self._clock = settings, fetch, clock
        self._lock = Lock()  # of the fields below, and never held for longer than it takes to look at them
        self._snapshot = _Snapshot()
        self._fetching: Future[None] | None = None
        self._unknown: OrderedDict[str | None, float] = OrderedDict()

    def current(self) -> RawKeys:
        """The keys as the provider wrote them. Raises Fetching where they have to be waited for, and Unavailable."""
        with self._lock:
            now, snapshot = self._clock(), self._snapshot
            age, usable = now - snapshot.at, bool(snapshot.keys) and now - snapshot.at < LASTING
            done = self._start(now) if age >= FRESH else None
            if done is not None and (not usable or now - snapshot.tried >= STALE):
                raise Fetching(done)
            if not usable:
                raise Unavailable("the keys of the provider are not known")
            return snapshot.keys

    def look_for(self, name: str | None) -> None:
        """Fetch a key that is not among the current ones, by its name or, for any, None.

        Raises Fetching where the caller should wait, and Unavailable where the provider could not be reached lately.
        Returns where it was asked lately and does not have the key.
        """
        with self._lock:
            now = self._clock()
            if self._fetching is None and now - self._unknown.get(name, -UNKNOWN) < UNKNOWN:
                return
            done = self._start(now)
            if done is not None:
                raise Fetching(done)
            if self._snapshot.failed:
                raise Unavailable("the provider could not be asked lately")
            self._unknown[name] = now
            self._unknown.move_to_end(name)
            if len(self._unknown) > MOST_UNKNOWN:
                self._unknown.popitem(last=False)

    def _start(self, now: float) -> "Future[None] | None":
        """Return the running fetch, or start one; None where it is too early for another. The caller holds the lock."""
        if self._fetching is None and now - self._snapshot.tried >= PATIENCE:
            done: Future[None] = Future()
            done.set_running_or_notify_cancel()  # a waiter that goes away must not end it for the others
            self._fetching = done
            Thread(target=self._renew, args=(now, done), name="careergraph-oidc", daemon=True).start()
        return self._fetching

    def _renew(self, now: float, done: "Future[None]") -> None:
        keys: RawKeys | None = None
        try:
            keys = self._fetch_keys()
        except Unavailable as problem:
            LOG.warning("the keys of %s cannot be fetched: %s", self._settings.issuer, problem)
        except Exception:
            LOG.exception("the keys of %s cannot be fetched", self._settings.issuer)
        with self._lock:
            old = self._snapshot
            if keys is None:
                self._snapshot = _Snapshot(old.keys, old.at, now, failed=True)
            else:
                self._snapshot = _Snapshot(old.keys if keys == old.keys else keys, now, now)
            self._fetching = None
        done.set_result(None)

    def _fetch_keys(self) -> RawKeys:
        address = address_in(discover(self._settings, self._fetch), "jwks_uri", self._settings)
        keys = self._fetch(address, named_by(self._settings)).get("keys")
        if not isinstance(keys, list) or not 0 < len(keys) <= MOST_KEYS:
            raise Unavailable("it has no list of keys")
        return tuple([key for key in keys if isinstance(key, dict)])
