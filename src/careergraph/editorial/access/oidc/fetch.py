"""Ask a provider: in bounded time and size, without redirects, and nowhere but at the addresses that it may have."""

from collections.abc import Mapping
from http.client import HTTPException
from threading import Event
from typing import Any

import msgspec

from careergraph import __version__
from careergraph.editorial.access.oidc.settings import Settings
from careergraph.editorial.webhooks.address import Unfit, destination
from careergraph.editorial.webhooks.post import open_connection, reason_of
from careergraph.editorial.webhooks.settings import Named

LARGEST = 512 * 1024
"""The most that is read of an answer, in bytes."""
TIMEOUT, DEADLINE = 5.0, 8.0
"""How long the provider may take to say anything, and for all of it, in seconds."""
DISCOVERY = "/.well-known/openid-configuration"

_HEADERS = {"Accept": "application/json", "User-Agent": f"careergraph/{__version__}", "Connection": "close"}
_OBJECT = msgspec.json.Decoder(dict[str, Any])


class Unavailable(Exception):
    """The provider did not answer, or not with the right content. The message is one line."""


def fetch(url: str, named: Named) -> dict[str, Any]:
    """The JSON object at an address. Raises Unavailable."""
    status, body = exchange(url, named)
    if status != 200:
        raise Unavailable("redirects are not followed" if 300 <= status < 400 else f"answered {status}")
    return decode(body)


def decode(body: bytes) -> dict[str, Any]:
    """The JSON object of an answer. Raises Unavailable."""
    try:
        return _OBJECT.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Unavailable("answered with no JSON object") from None


def exchange(
    url: str, named: Named, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """The status and the body of the answer to a GET or, with a body, to a POST. Raises Unavailable."""
    late = Event()
    method = "GET" if body is None else "POST"
    try:
        to = destination(url, named)
        with open_connection(to, TIMEOUT, DEADLINE, late) as connection:
            connection.request(method, to.target, body, {**_HEADERS, **(headers or {})})
            answer = connection.getresponse()
            status, content = answer.status, answer.read(LARGEST + 1)
    except Unfit as unfit:
        raise Unavailable(str(unfit)) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise Unavailable("took too long" if late.is_set() else reason_of(problem)) from None
    if late.is_set():
        raise Unavailable("took too long")
    if len(content) > LARGEST:
        raise Unavailable(f"answered with more than {LARGEST} bytes")
    return status, content


def named_by(settings: Settings) -> Named:
    """The private addresses that the provider may have: those of its own host."""
    return Named(hosts=frozenset({settings.host}))


def discover(settings: Settings, get: Any = fetch) -> dict[str, Any]:
    """The provider's description of itself. Raises Unavailable."""
    page: dict[str, Any] = get(settings.issuer.rstrip("/") + DISCOVERY, named_by(settings))
    if page.get("issuer") != settings.issuer:
        raise Unavailable("its configuration names another issuer")
    return page


def address_in(page: Mapping[str, Any], name: str, settings: Settings) -> str:
    """An address that the provider's description holds. Raises Unavailable."""
    address = page.get(name)
    if not isinstance(address, str) or not address.startswith(
        "https://" if settings.secure else ("http://", "https://")
    ):
        raise Unavailable(f"it names no safe address as {name}")
    return address
