"""Hosts: the hosts that requests may be for.

A page can point its own name to this machine (DNS rebinding), and would then have the same origin as the responses. The
`Host` of its requests is still its own name.
"""

import re
from ipaddress import ip_address

from starlette.types import Scope

from careergraph.web.core.short_memo import ShortMemo

LOOPBACK = "localhost"
"""The name of this machine, beside its addresses."""

ANY = "*"

_AUTHORITY = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\s:/?#@\[\]]+))(?::\d*)?", re.IGNORECASE)
_NAME = re.compile(r"(\*\.)?[^\s*:/?#@,\[\]]+|\*|\[[0-9a-f:.]+\]", re.IGNORECASE)


class Hosts:
    """The hosts of a setting, with commas between them: names, `*.example.org` for those below a name, `*` for any.

    `localhost` and the loopback addresses are always allowed: a page at one of these is on this machine. Raises
    ValueError.
    """

    def __init__(self, text: str) -> None:
        names = [name.strip() for name in text.split(",") if name.strip()]
        for name in names:
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name[:40]!r} is no host, as `careers.example` is: no scheme, no port, no path")
        self._names = frozenset(name.lower().strip("[]").rstrip(".") for name in names)
        self._ends = tuple(name[1:] for name in self._names if name.startswith("*."))
        self.every = not names or ANY in names
        self._allow = ShortMemo(self._match)

    def allow(self, scope: Scope) -> bool:
        """Return whether a request is for an allowed host. Only HTTP/1.0, which no browser speaks, may have none."""
        named = False
        for name, value in scope["headers"]:
            if name == b"host":
                if not self._allow(value):
                    return False
                named = True
        return named or scope.get("http_version") == "1.0"

    def _match(self, authority: bytes) -> bool:
        parts = _AUTHORITY.fullmatch(authority.decode("latin-1").strip(" \t"))  # httptools leaves spaces at the end
        if parts is None:
            return False
        name = (parts[1] or parts[2]).lower().rstrip(".")
        return self.every or name in self._names or name.endswith(self._ends) or is_loopback(name)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine and nothing else: `localhost`, or a loopback address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == LOOPBACK
