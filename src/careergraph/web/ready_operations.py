"""ReadyOperations: the responses to requests for operations that are ready: read, priced and compiled before.

Such a request goes through the steps of every request. Each of them is one look-up here, without an object of its own.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias

from careergraph.engine.content import Catalog
from careergraph.web.execution.admission import Admission, Caller
from careergraph.web.execution.document_cache import Operation, Price
from careergraph.web.execution.executor import Executor
from careergraph.web.execution.heads import Head
from careergraph.web.execution.operation_reader import OperationReader
from careergraph.web.execution.tags import Tags
from careergraph.web.response.response import RawResponse
from careergraph.web.response.response_cache import Key, response_key
from careergraph.web.shared_responses import SharedResponses


Run: TypeAlias = Callable[[], RawResponse | None]


class ReadyOperations:
    """Runs the ready operations of one app for callers who name nobody, and whom nobody watches or charges."""

    def __init__(
        self, admission: Admission, reader: OperationReader, executor: Executor, responses: SharedResponses, tags: Tags
    ) -> None:
        self._anonymous, self._read = admission.anonymous, reader.read_opened
        self._known_price, self._executor = executor.documents.known_price, executor
        self._responses, self._tags = responses, tags

    def find(self, head: Head, body: bytes, catalog: Catalog) -> RawResponse | Run | None:
        """The cached response to a POST, or what runs its operation; None where a step takes more than a look-up. What
        runs it returns None where its plan does not cover it, and puts it into no content coding."""
        if head.variant is None or (caller := head.caller) is None or caller.catalog is not catalog:
            return None
        if (operation_read := self._read(body)) is None:
            return None
        operation, variables = operation_read
        price = self._known_price(operation, variables)
        if price is None or price.reads_past or operation.overran or not operation.plain:
            return None
        key: Key = ()
        if self._responses.are_kept:
            key = response_key(operation.text, operation.name, variables)
            if (known := self._responses.cache.for_catalog(catalog).get(key, body, len(body))) is not None:
                return self._responses.from_cache(head.request, caller, known)
        return partial(self._run, head, caller, operation, variables, price, key)

    def _run(  # noqa: PLR0913, PLR0917 - an operation, its input and its caller
        self,
        head: Head,
        caller: Caller,
        operation: Operation,
        variables: Mapping[str, Any] | None,
        price: Price,
        key: Key,
    ) -> RawResponse | None:
        catalog = caller.catalog
        context = self._anonymous(head.request, catalog, historical=False)
        if (content := self._executor.run_plan(operation, price.values, context, price.cost)) is None:
            return None
        tags = self._tags.of(operation, variables, catalog)
        return self._responses.share(head.request, caller, key, content, tags, operation.title)
