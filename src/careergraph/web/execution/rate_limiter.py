"""RateLimiter: the cost that each client may request in a minute, reported in the standard headers."""

from collections import OrderedDict
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import monotonic

from careergraph.web.core.codes import Refusal, WebCode

WINDOW = 60
"""Seconds in which a client regains its whole allowance."""

MAX_CLIENTS = 20_000
"""The number of clients that are remembered; a forgotten one has its whole allowance again."""

FOR_SHARED_CACHES = (b"cdn-cache-control", b"surrogate-control")
"""Headers that only shared caches obey."""

Headers = list[tuple[bytes, bytes]]


class RateLimiter:
    """One token bucket for each client: it holds `most` units of cost, and refills in `WINDOW` seconds."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.taken = 0
        """The cost that was taken from all clients so far, without costs that are charged once."""
        self._policy = (b"ratelimit-policy", b'"cost";q=%d;w=%d' % (most, WINDOW))

    def take(self, client: str, cost: int, *, once: bool = False) -> None:
        """Take a cost from a client's bucket; `once` if it is not charged again when the request begins again.

        Raises Refusal (RATE_LIMITED) if it holds less.
        """
        level = self._level(client)
        if level < cost:
            seconds = ceil((min(cost, self._most) - level) * WINDOW / self._most)
            message = f"More cost was requested than {self._most} in {WINDOW} seconds."
            raise Refusal(WebCode.RATE_LIMITED, message, headers={"Retry-After": str(seconds)}, maximum=self._most)
        self._buckets[client] = level - cost, monotonic()
        self.taken += 0 if once else cost

    def give_back(self, client: str, cost: int) -> None:
        """Give back the cost of a request that is charged again, or was not run."""
        if client in self._buckets:
            level, then = self._buckets[client]
            self._buckets[client] = level + cost, then

    def take_at_most_all(self, client: str, cost: int) -> None:
        """Take the cost of a request that cannot be divided: at most a full bucket, less the cost of the request
        itself. Raises Refusal (RATE_LIMITED)."""
        self.take(client, min(cost, self._most - 1))

    def headers(self, client: str) -> Headers:
        """The policy, the remaining cost, and the seconds until the bucket is full."""
        level = self._level(client)
        seconds = ceil((self._most - level) * WINDOW / self._most)
        return [self._policy, (b"ratelimit", b'"cost";r=%d;t=%d' % (int(level), seconds))]

    def _level(self, client: str) -> float:
        now = monotonic()
        if client not in self._buckets:
            if len(self._buckets) >= MAX_CLIENTS:
                self._buckets.popitem(last=False)
            self._buckets[client] = float(self._most), now
        self._buckets.move_to_end(client)
        level, then = self._buckets[client]
        return min(float(self._most), level + (now - then) * self._most / WINDOW)


def add_allowance(headers: Headers, allowance: Headers, *, posted: bool) -> Headers:
    """The headers of a response with those of the client's allowance.

    A response that shared caches may store has none: they would send them to other clients. They store none to a POST,
    so such a response says that it is private instead.
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
    """The client whose bucket pays for a request: the user, or else the address; of IPv6 its network of 64 bits, since
    whoever has one address has all of them. An IPv4 address that IPv6 maps is one of IPv4: a server that listens on
    `::` sees all of those in one network."""
    if user is not None:
        name = getattr(user, "identity", None) or getattr(user, "id", None) or getattr(user, "display_name", user)
        return f"user {name}"
    return _by_address(address or "")


@lru_cache(maxsize=1024)
def _by_address(address: str) -> str:
    try:
        ip = ip_address(address)
    except ValueError:
        return f"address {address}"
    if not isinstance(ip, IPv6Address):
        return f"address {ip}"
    return f"address {int(ip) >> 64:x}::/64" if ip.ipv4_mapped is None else f"address {ip.ipv4_mapped}"
