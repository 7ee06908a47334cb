"""Heads: the heads of requests, read once, as clients send few different ones."""

from collections.abc import Hashable
from itertools import chain

import msgspec
from starlette.types import Message, Scope

from careergraph.engine.content import Catalog
from careergraph.web.core.codes import Refusal
from careergraph.web.core.origins import Origins
from careergraph.web.core.request_headers import by_name
from careergraph.web.core.request_record import RECORD
from careergraph.web.execution.admission import Admission, Caller
from careergraph.web.execution.authentication import IDENTIFYING
from careergraph.web.request.request import GraphQLRequest, read_headers
from careergraph.web.response.response_cache import Variant

MAX_HEADS = 256
"""The number of heads that are remembered. When there are more, all are dropped."""

MAX_HEAD = 4096
"""The longest head that is remembered, in bytes."""


class Head(msgspec.Struct, eq=False):
    """A head: its request, still without its body, and the length of that where it is known. `variant` is that of the
    cached response that it gets; None where the response depends on more. `caller` is who sends it, where that is
    free."""

    request: GraphQLRequest
    variant: Variant | None
    length: int = 0
    caller: Caller | None = None


class Heads:
    """Remembers the heads of one app by whatever tells them apart; None for those that a server reads each time."""

    def __init__(self, admission: Admission, origins: Origins) -> None:
        self._admission, self._origins = admission, origins
        self._catalog: Catalog | None = None
        self.remembered: dict[Hashable, Head | None] = {}

    def read(self, scope: Scope, headers: dict[bytes, bytes]) -> Head | None:
        """A head without its length; None where it is refused."""
        try:
            request = read_headers(scope, _receive, headers, self._origins)
            return Head(request, self._variant(request))
        except Refusal:
            return None

    def remember(self, key: Hashable, head: Head | None) -> Head | None:
        """Remember a head, and return it."""
        if len(self.remembered) >= MAX_HEADS:
            self.remembered.clear()
        self.remembered[key] = head
        return head

    def of(self, scope: Scope) -> Head | None:
        """The head of a POST that names nobody, from its ASGI scope; None for others, and where somebody watches."""
        if scope["method"] != "POST" or RECORD in scope or "user" in scope:
            return None
        key = tuple(scope["headers"])
        try:
            return self.remembered[key]
        except KeyError:
            return self._add(key)
        except TypeError:  # some servers have lists of headers
            return None

    def _add(self, key: tuple[tuple[bytes, bytes], ...]) -> Head | None:
        if not self._admission.is_plain or sum(map(len, chain.from_iterable(key))) > MAX_HEAD:
            return None
        plain: Scope = {"type": "http", "method": "POST", "query_string": b"", "headers": key}
        head = self.read(plain, by_name(key))
        return self.remember(key, head if head is not None and head.variant is not None else None)

    def caller(self, head: Head, request: GraphQLRequest, catalog: Catalog) -> Caller | None:
        """Return who sends a request with this head, if they were admitted as anonymous. Raises Refusal."""
        if catalog is not self._catalog:
            self._catalog = catalog
            for other in filter(None, self.remembered.values()):
                other.caller = None
        if (caller := head.caller) is None:
            if (caller := self._admission.admit_anonymous(request)) is None:
                return None
            if not self._admission.charges and caller.catalog is catalog:
                head.caller = caller
        return caller

    def _variant(self, request: GraphQLRequest) -> Variant | None:
        unusual = self._admission.charges or not request.posted or not request.accepts_json
        if unusual or not IDENTIFYING.isdisjoint(request.headers):
            return None
        codings = self._admission.codings(request.headers)
        coding = None if codings is None else codings.coding
        return request.media if coding is None else (request.media, coding.name)


async def _receive() -> Message:
    """Receive nothing more: the request is read whole."""
    return {"type": "http.disconnect"}
