"""The headers of a request, by their names."""

from collections.abc import Collection

LISTS = frozenset((b"accept", b"accept-encoding", b"if-none-match"))
"""Headers that are lists: one in several lines is the list of all (RFC 9110, 5.3). Of others the last line counts."""


def by_name(headers: Collection[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers of an ASGI scope by their names, in lower case."""
    named = dict(headers)
    return named if len(named) == len(headers) else _join(headers)


def _join(headers: Collection[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    named: dict[bytes, bytes] = {}
    for name, value in headers:
        named[name] = b", ".join((named[name], value)) if name in LISTS and name in named else value
    return named
