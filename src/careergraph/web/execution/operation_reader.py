"""OperationReader: from a request to its operation and variables.

A client writes the requests for one operation alike, but for the variables at the end: what is ahead of them, the
opening, is read once.
"""

from typing import Any

import msgspec

from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.execution.document_cache import DocumentCache, Operation, SchemaNotBuilt
from careergraph.web.execution.rate_limiter import RateLimiter
from careergraph.web.request.parameters import Parameters, from_body
from careergraph.web.request.persisted import PersistedDocuments
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.operation_result import OperationResult

MAX_OPENINGS = 256
"""The number of openings that are remembered. When there are more, all are dropped."""

MAX_LENGTH = 8 * 1024
"""The longest opening that is remembered, in bytes."""

_VARIABLES = b'"variables":'
_LENGTH = len(_VARIABLES)
_decode = msgspec.json.Decoder(dict[str, Any] | None).decode


OperationRead = tuple[Operation, dict[str, Any] | None]
"""An operation and the variables of a request."""


class OperationReader:
    """Reads the requests of one app."""

    def __init__(self, config: Config, documents: DocumentCache, rate_limiter: RateLimiter | None) -> None:
        self._documents, self._rate_limiter = documents, rate_limiter
        self._persisted = PersistedDocuments(config)
        self._openings = Openings()
        self.read_opened = self._openings.find
        """The operation and the variables of a POST that begins as one before; None where it has to be read whole."""

    def read(self, request: GraphQLRequest, client: str) -> OperationRead | OperationResult:
        """The operation and the variables, or the result with the reason why there is none. Charges the client for a
        document that is new. Raises Refusal and SchemaNotBuilt."""
        if request.posted and (opened := self.read_opened(request.source)) is not None:
            return opened
        text = self._persisted.text(parameters := request.parameters())
        operation = self._find(text, parameters.operation_name, client)
        if isinstance(operation, OperationResult):
            return operation
        self._persisted.remember(parameters)
        if request.posted and operation.plan is not None and operation.plan.compiled:
            self._openings.remember(request.source, operation, parameters)
        return operation, parameters.variables

    def _find(self, text: str, name: str | None, client: str) -> Operation | OperationResult:
        if self._rate_limiter is None:
            return self._documents.find(text, name)
        cost = self._documents.reading_cost(text)
        self._rate_limiter.take(client, cost, once=True)
        try:
            return self._documents.find(text, name)
        except SchemaNotBuilt:
            self._rate_limiter.give_back(client, cost)  # it is read again, and charged then
            raise


class Openings:
    """The openings that were seen last.

    Whether a body is one JSON object whose last member is the variables depends on its opening and on what follows
    apart: on an opening that `null}` completes, and on one value with a brace behind it.
    """

    def __init__(self) -> None:
        self._operations: dict[bytes, Operation] = {}

    def find(self, body: bytes) -> tuple[Operation, dict[str, Any] | None] | None:
        """The operation of a body, and its variables; None where it has to be read whole."""
        length = body.rfind(_VARIABLES) + _LENGTH
        operation = self._operations.get(body[:length])
        if operation is None or not body.endswith(b"}"):
            return None
        try:
            return operation, _decode(memoryview(body)[length:-1])
        except (msgspec.DecodeError, UnicodeError, RecursionError):  # whoever reads it whole has the words for it
            return None

    def remember(self, body: bytes, operation: Operation, parameters: Parameters) -> None:
        """Remember the opening of a body, where the text of its document alone names its operation."""
        opening = body[: body.rfind(_VARIABLES) + len(_VARIABLES)]
        if not parameters.query or len(opening) > MAX_LENGTH:
            return
        try:
            whole = from_body(opening + b"null}")
        except Refusal:
            return
        if whole != Parameters(parameters.query, parameters.operation_name):
            return
        if len(self._operations) >= MAX_OPENINGS:
            self._operations.clear()
        self._operations[opening] = operation
