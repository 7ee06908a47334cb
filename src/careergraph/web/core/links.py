"""Links between the pages of an app. All are relative, so they hold under any prefix, also one that a proxy strips."""

from posixpath import dirname, relpath
from urllib.parse import quote, urlencode


def link(page: str, target: str, **parameters: str) -> str:
    """The link from one path to another, with query parameters."""
    path = quote(relpath(target, dirname(page)))
    return f"{path}?{urlencode(parameters, quote_via=quote)}" if parameters else path
