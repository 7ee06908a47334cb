"""The key by which the first administrator signs in, once, from this machine: `Admin.first_address` shows it."""

import secrets
from hmac import compare_digest
from threading import Lock
from time import monotonic

SECONDS = 3600
"""Seconds for which a key works."""


class FirstSignInKey:
    """One key, kept in this process alone. May be shared by threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key: str | None = None
        self._until = 0.0

    def offer(self) -> str:
        """A new key, in the place of any before."""
        with self._lock:
            self._key, self._until = secrets.token_urlsafe(24), monotonic() + SECONDS
            return self._key

    def is_valid(self, key: str) -> bool:
        """Return whether a key would be taken now."""
        with self._lock:
            return self._matches(key)

    def take(self, key: str) -> bool:
        """Take a key, which is worth nothing from then on; False for one that is wrong, late or used."""
        with self._lock:
            if not self._matches(key):
                return False
            self._key = None
            return True

    def _matches(self, key: str) -> bool:
        return self._key is not None and monotonic() < self._until and compare_digest(self._key.encode(), key.encode())
