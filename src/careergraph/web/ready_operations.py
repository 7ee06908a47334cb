"""ReadyOperations: the responses to requests for operations that are ready: read, priced and compiled before.

Such a request goes through the steps of every request. Each of them is one look-up here, without an object of its own.
"""

from functools import partial
from typing import Any

from graphql.execution.values import VariableValues

from careergraph.engine.content import Catalog
from careergraph.web.execution.admission import Admission, Caller
from careergraph.web.execution.document_cache import Operation
from careergraph.web.execution.executor import Executor
from careergraph.web.execution.heads import Head
from careergraph.web.execution.operation_reader import OperationReader
from careergraph.web.execution.run_queue import Turn
from careergraph.web.execution.tags import Tags
from careergraph.web.response.response import RawResponse
from careergraph.web.response.response_cache import Key, response_key
from careergraph.web.shared_responses import SharedResponses

NOT_READY = RawResponse(0, [], b"")
"""No response: a step of the request takes more than a look-up."""


class ReadyOperations:
    """Runs the ready operations of one app for callers who name nobody, and whom nobody watches or charges."""

    def __init__(
        self, admission: Admission, reader: OperationReader, executor: Executor, responses: SharedResponses, tags: Tags
    ) -> None:
        self._context, self._read = admission.anonymous, reader.read_opened
        self._wait, self._run_plan, self._tags = executor.wait, executor.run_plan, tags
        self._responses, self._are_kept = responses, responses.are_kept

    def respond(self, head: Head, body: bytes, catalog: Catalog) -> RawResponse | Turn | None:
        """The response to a POST that is not cached in these bytes, which is in a content coding only if it is
        `encoded`; NOT_READY where more has to be done, and None where the plan does not cover it. Raises Refusal."""
        caller = head.caller
        if caller is None or caller.catalog is not catalog or head.variant is None:
            return NOT_READY
        if (operation_read := self._read(body)) is None:
            return NOT_READY
        operation, variables = operation_read
        variables = variables or {}
        price = operation.known_cost(variables)
        if price is None or not operation.plain or operation.overran:
            return NOT_READY
        key: Key = ()
        if self._are_kept:
            key = response_key(operation.text, operation.name, variables)
            if (cached := self._responses.cache.for_catalog(catalog).get(key, body, len(body))) is not None:
                return self._responses.from_cache(head.request, caller, cached)
        if (ready := self._wait()) is not None:
            return Turn(ready, partial(self._run, head, caller, operation, variables, price[0], key))
        return self._run(head, caller, operation, variables, price[0], key)

    def _run(  # noqa: PLR0913, PLR0917 - an operation, its input and its caller
        self, head: Head, caller: Caller, operation: Operation, variables: dict[str, Any], cost: int, key: Key
    ) -> RawResponse | None:
        catalog, request = caller.catalog, head.request
        context = self._context(request, catalog, historical=False)
        if (content := self._run_plan(operation, VariableValues({}, variables), context, cost)) is None:
            return None
        tags = self._tags.of(operation, variables, catalog)
        return self._responses.share(request, caller, key, content, tags, operation.title)
