"""Fetch pages of JSON from an address, under the rules of webhooks: only public hosts, or those that are named."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.client import HTTPException
from threading import Event
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from careergraph.editorial.importers.tables.table import BadTable
from careergraph.editorial.webhooks.address import Destination, Unfit, destination
from careergraph.editorial.webhooks.post import TOO_LONG, open_connection, reason_of
from careergraph.editorial.webhooks.settings import Settings

MAX_PAGE_BYTES = 32 * 1024 * 1024
"""The largest page, in bytes."""
MAX_BYTES = 256 * 1024 * 1024
"""The most bytes of one source, a file or all pages of an address."""
DEADLINE = 60.0
"""The longest time for one page once connected, in seconds."""

Query = Mapping[str, str]


@dataclass(slots=True)
class Address:
    """The address of a list. It is resolved and checked once, and each page comes from where the first one did.

    No message has its query: some vendors take a token there.
    """

    url: str
    settings: Settings
    authorization: str = ""
    size: int = 0
    _destination: Destination | None = None

    @property
    def path(self) -> str:
        """The path, without a slash at its end."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def query(self) -> dict[str, str]:
        """The parameters that the address has itself."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    def page(self, query: Query) -> Any:
        """The JSON of a page. Raises BadTable."""
        try:
            if self._destination is None:
                self._destination = destination(self.url, self.settings.named)
        except Unfit as unfit:
            raise self.bad(str(unfit)) from None
        target = f"{self._destination.target.partition('?')[0]}?{urlencode(query)}"
        body = self._get(replace(self._destination, target=target))
        self.size += len(body)
        if len(body) > MAX_PAGE_BYTES or self.size > MAX_BYTES:
            raise self.bad(f"more than {MAX_PAGE_BYTES >> 20} MiB in a page, or than {MAX_BYTES >> 20} MiB in all")
        try:
            return msgspec.json.decode(body)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            raise self.bad("the answer is no JSON") from None

    def bad(self, message: str) -> BadTable:
        """The error of the address."""
        parts = urlsplit(self.url)
        return BadTable(f"{parts.hostname or 'the address'}{parts.path}"[:200], message)

    def _get(self, to: Destination) -> bytes:
        headers = {"Accept": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        late = Event()
        try:
            with open_connection(to, self.settings.timeout, DEADLINE, late) as connection:
                connection.request("GET", to.target, headers=headers)
                response = connection.getresponse()
                body = response.read(MAX_PAGE_BYTES + 1)
        except (OSError, HTTPException, ValueError) as problem:
            raise self.bad(TOO_LONG if late.is_set() else reason_of(problem)) from None
        if late.is_set():
            raise self.bad(TOO_LONG)
        if response.status != 200:
            hint = "; redirects are not followed" if 300 <= response.status < 400 else _hint(response.status)
            raise self.bad(f"answered {response.status}{hint}")
        return body


def _hint(status: int) -> str:
    return f"; is the token in {TOKEN} one that may read it?" if status in (401, 403) else ""


TOKEN = "CAREERGRAPH_PULL_TOKEN"  # noqa: S105 - the name of a variable
"""The environment variable with the token that the other CMS asks for."""
