"""The files of the developer pages: read once, compressed once, with a digest in their address for caches."""

from functools import cache
from importlib.resources import files

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

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


@cache
def asset(name: str) -> File:
    """A file of `FOLDERS`. Raises KeyError."""
    content = files("careergraph.web").joinpath(FOLDERS[name], name).read_bytes()
    return File(content, _KINDS[name.rsplit(".", 1)[-1]])


class Assets:
    """Serves the files of one app."""

    def __init__(self, coder: PageCoder) -> None:
        self._coder = coder

    async def serve(self, request: Request) -> Response:
        """The response to a request for `{name}`. Raises Refusal."""
        name = request.path_params["name"]
        file = await to_thread.run_sync(asset, name) if name in FOLDERS else None
        return await self._coder.static(request, file, named=name in BUILT)
