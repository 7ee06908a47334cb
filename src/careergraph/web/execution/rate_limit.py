"""Rate: how much cost each client may request in a minute, told in the standard headers."""

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import monotonic

from careergraph.web.core.codes import Refusal, WebCode

WINDOW = 60
"""The time in which the whole allowance comes back, in seconds."""

MOST_CLIENTS = 20_000
"""How many clients are remembered; one that was forgotten has its whole allowance again."""

FOR_SHARED_CACHES = (b"cdn-cache-control", b"surrogate-control")
"""Headers that only shared caches heed."""

Headers = list[tuple[bytes, bytes]]


class Rate:
    """One bucket for each client: it holds `most` units of cost, and fills again in `WINDOW` seconds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._policy = (b"ratelimit-policy", b'"cost";q=%d;w=%d' % (most, WINDOW))

    def take(self, client: str, cost: int) -> None:
        """Takes an amount out of a client's bucket. Raises Refusal (RATE_LIMITED) where it holds less."""
        level = self._level(client)
        if level < cost:
            seconds = ceil((min(cost, self._most) - level) * WINDOW / self._most)
            message = f"More cost was requested than {self._most} in {WINDOW} seconds."
            raise Refusal(WebCode.RATE_LIMITED, message, headers={"Retry-After": str(seconds)}, maximum=self._most)
        self._held[client] = level - cost, monotonic()

    def take_whole(self, client: str, cost: int) -> None:
        """Takes an amount for what cannot be requested in parts: of a bucket that never holds so much, all that a
        request leaves in a full one. Raises Refusal (RATE_LIMITED)."""
        self.take(client, min(cost, self._most - 1))

    def headers(self, client: str) -> Headers:
        """The policy, what is left of it, and in how many seconds all of it is back."""
        level = self._level(client)
        seconds = ceil((self._most - level) * WINDOW / self._most)
        return [self._policy, (b"ratelimit", b'"cost";r=%d;t=%d' % (int(level), seconds))]

    def _level(self, client: str) -> float:
        now = monotonic()
        if client not in self._held:
            if len(self._held) >= MOST_CLIENTS:
                self._held.popitem(last=False)
            self._held[client] = float(self._most), now
        self._held.move_to_end(client)
        level, then = self._held[client]
        return min(float(self._most), level + (now - then) * self._most / WINDOW)


def with_allowance(headers: Headers, allowance: Headers, *, posted: bool) -> Headers:
    """The headers of an answer, and with them what its client may still request.

    An answer that shared caches may keep tells nobody: they would hand it on to others. They keep none to a POST, so
    such an answer says that it is private instead, and tells.
    """
    if not any(name == b"cache-control" and b"public" in value for name, value in headers):
        return headers + allowance
    if not posted:
        return headers
    return [_as_private(header) for header in headers if header[0] not in FOR_SHARED_CACHES] + allowance


def _as_private(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = header
    return (name, value.replace(b"public", b"private")) if name == b"cache-control" else header


def client_of(user: object | None, address: str | None) -> str:
    """Whose bucket a request takes from: the user's, or else the address's. Of IPv6 addresses whoever has one has a
    network of 64 bits, so that is what counts."""
    if user is not None:
        name = getattr(user, "identity", None) or getattr(user, "id", None) or getattr(user, "display_name", user)
        return f"user {name}"
    try:
        ip = ip_address(address or "")
    except ValueError:
        return f"address {address}"
    return f"address {int(ip) >> 64:x}::/64" if isinstance(ip, IPv6Address) else f"address {ip}"
