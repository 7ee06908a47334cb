"""Exchange: one request to the GraphQL endpoint, and in which forms its client takes an answer."""

from collections.abc import Hashable, Sequence

from graphql import OperationType
from starlette.types import Receive, Scope

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.content_codings import PLAIN_ONLY, Accepted, accepted
from careergraph.web.core.media_types import EVENT_STREAM, Media, forms
from careergraph.web.request.parameters import Parameters, from_body, from_query_string
from careergraph.web.response.response import Header

_JSON = Media.JSON


class GraphQLRequest:
    """One request on its way to its answer; `posted` says that its parameters are in the body, `plain` and `events`
    whether the client takes an answer and whether it takes a stream of them. `accepted` says which content codings it
    takes, where it may be answered in one. `source` is what the parameters are in,
    and `spelling` tells a body from a query string of the same bytes."""

    media, plain, events = _JSON, True, False
    accepted: Accepted | None = None
    source = b""
    spelling: Hashable = b""
    client = ""
    more: tuple[Header, ...] = ()

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.scope, self.receive = scope, receive
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.method: str = scope["method"]
        self.posted = self.method == "POST"

    def read(self) -> Parameters:
        """The parameters. Raises Refusal."""
        return from_body(self.source) if self.posted else from_query_string(self.source)

    def negotiate(self, accept: bytes) -> None:
        """Finds out what the client takes. Raises Refusal (NOT_ACCEPTABLE)."""
        media, self.events = forms(accept)
        self.plain = media is not None
        self.media = media or _JSON

    def accept_codings(self, *, secret: bool) -> None:
        """Finds out which codings the client takes; a `secret` answer is coded only for who takes no other.

        Raises Refusal (NOT_ACCEPTABLE).
        """
        if (header := self.headers.get(b"accept-encoding")) is not None:
            codings = accepted(header)
            if not secret or not codings.plain:
                self.accepted = codings

    @property
    def marks(self) -> Sequence[bytes]:
        """The marks of the validators that the client may send back."""
        return PLAIN_ONLY if self.accepted is None else self.accepted.marks

    def check_form(self, kind: OperationType) -> None:
        """Raises Refusal (NOT_ACCEPTABLE) where the client does not take what an operation gives."""
        if kind is OperationType.SUBSCRIPTION and not self.events:
            raise Refusal(WebCode.NOT_ACCEPTABLE, f"A subscription is answered as {EVENT_STREAM}.")
        if kind is not OperationType.SUBSCRIPTION and not self.plain:
            raise Refusal(WebCode.NOT_ACCEPTABLE, f"Only a subscription is answered as {EVENT_STREAM}.")
