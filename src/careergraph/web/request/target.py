"""Request targets, in the form that routes expect.

A client may write the whole address (`GET http://host/healthz HTTP/1.1`) or, to ask about the server itself, a star. A
server must take both (RFC 9112, section 3.2), and the host of the address then counts instead of the header's.
"""

import re
from urllib.parse import unquote

from starlette.types import Scope

_ABSOLUTE = re.compile(rb"https?://([^/?#]+)(.*)", re.IGNORECASE | re.DOTALL)

RawHeaders = list[tuple[bytes, bytes]]


def split_target(target: bytes) -> tuple[bytes, bytes] | None:
    """The host, with its port, and the path with its query string of an absolute address; None for any other target."""
    parts = _ABSOLUTE.fullmatch(target)
    if parts is None:
        return None
    host, path = parts[1], parts[2]
    return host, path if path.startswith(b"/") else b"/" + path


def with_host(headers: RawHeaders, host: bytes) -> RawHeaders:
    """Headers with another host."""
    return [(b"host", host), *(header for header in headers if header[0] != b"host")]


def origin_form(scope: Scope) -> Scope:
    """The ASGI scope of a request with the path and the host of its target; the scope itself if its target is a path.

    Some servers (uvicorn with h11, hypercorn) pass the whole address as the path.
    """
    root = scope.get("root_path", "")
    raw = scope.get("raw_path") or scope["path"].encode("utf-8")
    target = raw.removeprefix(root.encode("utf-8"))
    if target == b"*" and scope["method"] == "OPTIONS":
        return {**scope, "path": f"{root}/", "raw_path": f"{root}/".encode()}
    parts = split_target(target)
    if parts is None:
        return scope
    host, path = parts
    return {
        **scope,
        "path": root + unquote(path.decode("latin-1")),
        "raw_path": root.encode("utf-8") + path,
        "headers": with_host(scope["headers"], host),
    }
