"""Keys: those that a provider signs with, fetched when they are needed first and again when they are old."""

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any

from careergraph.editorial.oidc.fetch import Unavailable, fetch
from careergraph.editorial.oidc.settings import Settings
from careergraph.editorial.webhooks.settings import Named

LOG = logging.getLogger("careergraph.oidc")

FRESH = 600.0
"""How long keys are used before they are fetched again, in seconds."""
PATIENCE = 30.0
"""How long nothing is fetched again, whatever unknown keys tokens name and whether or not it went well, in seconds."""
LASTING = 86_400.0
"""How long keys are used where the provider cannot be asked, in seconds."""
MOST_KEYS = 100

Fetch = Callable[[str, Named], dict[str, Any]]


class Keys:
    """The keys of one provider. May be shared by threads; asking for them may block for as long as a fetch may take."""

    def __init__(self, settings: Settings, fetch: Fetch = fetch, clock: Callable[[], float] = monotonic) -> None:
        self._settings, self._fetch, self._clock = settings, fetch, clock
        self._named = Named(hosts=frozenset({settings.host}))
        self._lock = Lock()
        self._held: tuple[dict[str, Any], ...] = ()
        self._at = self._tried = -LASTING

    def current(self, *, unknown: bool = False) -> tuple[dict[str, Any], ...]:
        """The keys as the provider wrote them; `unknown` says that a token names none of those. Raises Unavailable."""
        with self._lock:
            age, waited = self._clock() - self._at, self._clock() - self._tried
            if waited >= PATIENCE and (unknown or age >= FRESH):
                self._renew()
            if not self._held or self._clock() - self._at >= LASTING:
                raise Unavailable("the keys of the provider are not known")
            return self._held

    def _renew(self) -> None:
        self._tried = self._clock()
        try:
            self._held, self._at = self._fetched(), self._tried
        except Unavailable as problem:
            LOG.warning("the keys of %s cannot be fetched: %s", self._settings.issuer, problem)

    def _fetched(self) -> tuple[dict[str, Any], ...]:
        issuer = self._settings.issuer
        found = self._fetch(issuer.rstrip("/") + "/.well-known/openid-configuration", self._named)
        address = found.get("jwks_uri")
        if found.get("issuer") != issuer:
            raise Unavailable("it says that it is another issuer")
        if not isinstance(address, str) or (self._settings.secure and not address.startswith("https://")):
            raise Unavailable("it names no safe address of its keys")
        keys = self._fetch(address, self._named).get("keys")
        if not isinstance(keys, list) or not 0 < len(keys) <= MOST_KEYS:
            raise Unavailable("it has no list of keys")
        return tuple([it for it in keys if isinstance(it, dict)])
