"""Settings of webhooks: the key of their secrets, allowed private addresses, and retries."""

from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

SHORTEST_KEY = 32
"""The shortest key, in characters; a shorter one could be guessed from one signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The private networks and hosts that may be sent to."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Named":
        """Parse a list separated by commas or spaces: `127.0.0.1, 10.0.0.0/8, hooks.internal`. Raises ValueError."""
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
        """Return whether a host, or its address, is named."""
        return host in self.hosts or any(address in it for it in self.networks if it.version == address.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How events are sent. By default, the twelve attempts at a delivery take about three days."""

    secret_key: str = field(default="", repr=False)
    """The key from which the secrets of all endpoints are derived; nothing is sent without it."""
    named: Named = field(default_factory=Named)
    """The private addresses that may be sent to."""
    attempts: int = 12
    """The most attempts at one delivery."""
    first_wait: timedelta = timedelta(seconds=5)
    """The wait after the first attempt; each later wait is four times as long."""
    longest_wait: timedelta = timedelta(hours=16)
    """The longest wait, give or take a fifth."""
    timeout: float = 10.0
    """The time to connect, to all addresses together, and the time between bytes, in seconds."""
    deadline: float = 20.0
    """The time of a whole attempt once connected, in seconds."""
    keep: timedelta = timedelta(days=30)
    """How long an event that was delivered, or given up, stays in the log."""
    document_url: str = ""
    """The template of the address where people edit a document."""
    senders: int = 4
    """The number of endpoints that a worker sends to at a time."""

    def __post_init__(self) -> None:
        if self.secret_key and len(self.secret_key) < SHORTEST_KEY:
            raise ValueError(f"the secret key is shorter than {SHORTEST_KEY} characters")
