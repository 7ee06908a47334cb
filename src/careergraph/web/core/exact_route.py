"""Routes that match the whole path of a request."""

import re

from starlette.routing import Route
from starlette.types import ASGIApp


class ExactRoute(Route):
    """A route that matches its path to the last character.

    Starlette's patterns end with `$`, which lets a line break follow, and their `.` stops at one. So `/metrics%0A`
    would be answered as `/metrics` is, past a proxy that hides that path, and other paths with a line break by no
    route of ours.
    """

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app, name=None)
        self.path_regex = re.compile(self.path_regex.pattern.removesuffix("$") + r"\Z", re.DOTALL)
