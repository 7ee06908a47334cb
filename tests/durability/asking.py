"""Servers in processes of their own, and what they answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from durability.children import Nursery
from waiting import CEILING


@contextmanager
def serving(children: Nursery, **config: Any) -> Iterator[str]:
    """The address of a server in a process of its own."""
    server = children.child("durability.server:main", **config)
    message = server.listen()
    assert message is not None
    try:
        yield message["address"]
    finally:
        server.kill()


def fetch(
    address: str,
    path: str,
    connection: HTTPConnection | None = None,
    headers: dict[str, str] | None = None,
    body: str | None = None,
) -> tuple[int, Any]:
    """The status and the body of a response. A request with a body is a POST."""
    used = connection or HTTPConnection(urlsplit(address).netloc, timeout=CEILING)
    used.request("GET" if body is None else "POST", path, body, headers or {})
    response = used.getresponse()
    content = json.loads(response.read())
    if connection is None:
        used.close()
    return response.status, content


def ask(address: str, query: str, connection: HTTPConnection | None = None) -> Any:
    """The data that a server answers with."""
    status, content = fetch(address, f"/graphql?{urlencode({'query': query})}", connection)
    assert status == 200 and "errors" not in content, content
    return content["data"]


def version(address: str) -> int:
    """The version that a server answers from."""
    number: int = ask(address, "{ catalog { version } }")["catalog"]["version"]
    return number
