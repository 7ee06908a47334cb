"""Fetch: a JSON object from a provider. Bounded in time and size; no redirect is followed, no inner address reached."""

from http.client import HTTPException
from threading import Event
from typing import Any

import msgspec

from careergraph import __version__
from careergraph.editorial.webhooks.address import Unfit, destination
from careergraph.editorial.webhooks.post import open_connection, reason_of
from careergraph.editorial.webhooks.settings import Named

LARGEST = 512 * 1024
"""The most that is read of an answer, in bytes."""
TIMEOUT, DEADLINE = 5.0, 8.0
"""How long the provider may take to say anything, and for all of it, in seconds."""

_HEADERS = {"Accept": "application/json", "User-Agent": f"careergraph/{__version__}", "Connection": "close"}
_OBJECT = msgspec.json.Decoder(dict[str, Any])


class Unavailable(Exception):
    """The provider did not answer, or not with what it should. The message is one line."""


def fetch(url: str, named: Named) -> dict[str, Any]:
    """The JSON object at an address. Raises Unavailable."""
    late = Event()
    try:
        to = destination(url, named)
        with open_connection(to, TIMEOUT, DEADLINE, late) as connection:
            connection.request("GET", to.target, headers=_HEADERS)
            answer = connection.getresponse()
            status, body = answer.status, answer.read(LARGEST + 1)
    except Unfit as unfit:
        raise Unavailable(str(unfit)) from None
    except (OSError, HTTPException, ValueError) as problem:
        raise Unavailable("took too long" if late.is_set() else reason_of(problem)) from None
    if late.is_set():
        raise Unavailable("took too long")
    if status != 200:
        raise Unavailable("redirects are not followed" if 300 <= status < 400 else f"answered {status}")
    if len(body) > LARGEST:
        raise Unavailable(f"answered with more than {LARGEST} bytes")
    try:
        return _OBJECT.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Unavailable("answered with no JSON object") from None
