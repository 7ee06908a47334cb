"""The files that our pages load: read once, compressed once, addressed by their digest so that browsers keep them."""

import gzip
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.codes import Refusal, WebCode

ASSETS = "/_careergraph"
"""Where the files are served; a name that no host uses for its own."""

FOLDERS = {
    "graphiql.min.js": "vendor/graphiql",
    "graphiql.min.css": "vendor/graphiql",
    "react.production.min.js": "vendor/graphiql",
    "react-dom.production.min.js": "vendor/graphiql",
    "graphiql.js": "static",
    "graphiql.css": "static",
    "home.css": "static",
}
"""Where each file lies inside the package. Nothing that is not listed here is served."""

_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
_FOREVER = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """One file: its bytes, the same compressed, and a digest of them."""

    plain: bytes
    packed: bytes
    digest: str


@cache
def digest(name: str) -> str:
    """The digest of a file, short enough for an address."""
    return sha256(_content(name)).hexdigest()[:16]


@cache
def asset(name: str) -> Asset:
    """A listed file. Raises KeyError for any other."""
    plain = _content(name)
    return Asset(plain, gzip.compress(plain, 6, mtime=0), digest(name))


async def serve_asset(request: Request) -> Response:
    """The answer to a request for `{name}`."""
    name = request.path_params["name"]
    if name not in FOLDERS:
        raise Refusal(WebCode.NOT_FOUND, "There is no such file.")
    found = await to_thread.run_sync(asset, name)
    headers = {"ETag": f'"{found.digest}"', "Vary": "Accept-Encoding", "Cross-Origin-Resource-Policy": "same-origin"}
    headers["Cache-Control"] = _FOREVER if request.query_params.get("v") == found.digest else "no-cache"
    if found.digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = found.plain
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = found.packed, "gzip"
    return Response(content, headers=headers, media_type=_KINDS[name.rsplit(".", 1)[-1]])


def _content(name: str) -> bytes:
    return files("careergraph.web").joinpath(FOLDERS[name], name).read_bytes()
