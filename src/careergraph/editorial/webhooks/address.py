"""Check the addresses of endpoints. A name is resolved once, its addresses are checked, and those are connected to.

So the server cannot be made to talk to itself or its neighbours: not by a name for 127.0.0.1, nor by one that resolves
to another address the next time, nor by an address in disguise.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from careergraph.editorial.webhooks.settings import Named

LONGEST = 2000
"""The longest address of an endpoint, in characters."""

_REFUSED = tuple(
    ip_network(block)
    for block in (
        "168.63.129.16/32",  # a cloud's metadata, at a public address
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",  # IPv4 addresses in disguise, from here on
        "::ffff:0:0/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)
_NAT64 = ip_network("64:ff9b::/96")
"""IPv4 addresses in networks without IPv4: as good as the address inside."""


class Unfit(Exception):
    """An address that must not be sent to. The message is one line with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """The destination of a message: `addresses` are the checked ones of `host`, `target` is the path with the query."""

    url: str
    secure: bool
    host: str
    port: int
    target: str
    addresses: tuple[str, ...]


def destination(url: str, named: Named) -> Destination:
    """Check an address, and resolve its host. Raises Unfit.

    Every address of the host must be allowed; without TLS only those that the configuration names.
    """
    parts = _split(url)
    host = (parts.hostname or "").rstrip(".")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    addresses = _look_up(host, port)
    for address in addresses:
        if named.holds(host, address):
            continue
        if not is_public(address):
            raise Unfit(
                f"{host} is a private address, which CAREERGRAPH_WEBHOOK_PRIVATE (webhook_private) does not name"
            )
        if not secure:
            raise Unfit("the address must begin with https://")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    literals = tuple(str(address) for address in addresses)
    return Destination(url=url, secure=secure, host=host, port=port, target=target, addresses=literals)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is a public one: not of this machine, its networks, or a cloud's inside."""
    if isinstance(address, IPv6Address) and address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if any(address in it for it in _REFUSED if it.version == address.version):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _split(url: str) -> SplitResult:
    """Split an address. urlsplit silently drops line ends and more, so those are refused first."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or set(url) & set(' \\"<>^`{|}'):
        raise Unfit("the address is too long, or holds a character that no address has")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise Unfit("the address cannot be read") from None
    if not good:
        raise Unfit("the address must be a complete one, such as https://example.com/hook")
    if "@" in parts.netloc or "#" in url:
        raise Unfit("the address must hold no user, no password and no fragment")
    return parts


def _look_up(host: str, port: int) -> tuple[IPv4Address | IPv6Address, ...]:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return tuple(dict.fromkeys(ip_address(entry[4][0]) for entry in entries))
    except (OSError, ValueError, UnicodeError):
        raise Unfit(f"the host {host[:100]} cannot be found") from None
