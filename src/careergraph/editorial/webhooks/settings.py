"""Settings of webhooks: where secrets come from, which private addresses are meant, and how long to keep trying."""

from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

SHORTEST_KEY = 32
"""A key of fewer characters could be guessed from one signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The private places that somebody decided to send to: networks, and hosts wherever they are."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Named":
        """From a list with commas or spaces between: `127.0.0.1, 10.0.0.0/8, hooks.internal`. Raises ValueError."""
        networks, hosts = [], set()
        for word in text.replace(",", " ").split():
            try:
                networks.append(ip_network(word, strict=False))
            except ValueError:
                if not word.replace("-", "").replace(".", "").replace("_", "").isalnum() or not word.isascii():
                    raise ValueError(f"{word[:40]!r} is neither an address, a network nor a host") from None
                hosts.add(word.lower().rstrip("."))
        return cls(networks=tuple(networks), hosts=frozenset(hosts))

    def holds(self, host: str, address: IPv4Address | IPv6Address) -> bool:
        """Whether a host is named, or the address that it has."""
        return host in self.hosts or any(address in it for it in self.networks if it.version == address.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How events are sent. As it is here, the twelve attempts at one delivery take about three days."""

    secret_key: str = field(default="", repr=False)
    """What the secrets of all endpoints are derived from; without it nothing is sent."""
    named: Named = field(default_factory=Named)
    """The private addresses that may be sent to."""
    attempts: int = 12
    """How often one delivery is tried."""
    first_wait: timedelta = timedelta(seconds=5)
    """How long after the first attempt the second one follows; each wait is four times the one before."""
    longest_wait: timedelta = timedelta(hours=16)
    """No wait is longer than this, give or take a fifth."""
    timeout: float = 10.0
    """How long an endpoint may take to accept the connection, at whichever of its addresses, and how long to say
    anything, in seconds."""
    deadline: float = 20.0
    """How long an attempt may take once connected, in seconds, however busily the endpoint dawdles."""
    senders: int = 4
    """How many endpoints a worker tells at a time."""

    def __post_init__(self) -> None:
        if self.secret_key and len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(f"the secret key is shorter than {SHORTEST_KEY} characters")
