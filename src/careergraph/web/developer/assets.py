"""The files of the developer pages: read once, compressed once, with a digest in their address for caches."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.response.page_coding import File, PageCoder

ASSETS = "/_careergraph"
"""The path of the files; a name that no host uses itself."""

_KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "ttf": "font/ttf"}

BUILT = frozenset(
    item.name
    for item in files("careergraph.web").joinpath("vendor/graphiql").iterdir()
    if item.name.rpartition(".")[2] in _KINDS
)
"""Files with a digest in their names, by which they import each other."""

FOLDERS = {**dict.fromkeys(BUILT, "vendor/graphiql"), "home.css": "static"}
"""The folder of each file in the package. No other file is served."""

_FOREVER = "public, max-age=31536000, immutable"


@cache
def digest(name: str) -> str:
    """The digest of a file, short enough for an address."""
    return sha256(_content(name)).hexdigest()[:16]


@cache
def asset(name: str) -> File:
    """A file of `FOLDERS`. Raises KeyError."""
    return File(_content(name), _KINDS[name.rsplit(".", 1)[-1]], digest(name))


class Assets:
    """Serves the files of one app."""

    def __init__(self, coder: PageCoder) -> None:
        self._coder = coder

    async def serve(self, request: Request) -> Response:
        """The response to a request for `{name}`. Raises Refusal."""
        name = request.path_params["name"]
        if name not in FOLDERS:
            raise Refusal(WebCode.NOT_FOUND, "There is no such file.")
        file = await to_thread.run_sync(asset, name)
        named = name in BUILT or request.query_params.get("v") == file.digest
        control = _FOREVER if named else "no-cache"
        policy = {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": control}
        return await self._coder.file(request, file, **policy)


def _content(name: str) -> bytes:
    return files("careergraph.web").joinpath(FOLDERS[name], name).read_bytes()
