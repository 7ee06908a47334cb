"""Executor: runs operations by their compiled plans or by standard execution, within a budget."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from time import thread_time
from typing import Any

import msgspec
import strawberry
from graphql import ExecutionResult, GraphQLSchema, OperationType, subscribe
from graphql.execution.values import VariableValues
from graphql.pyutils import AwaitableOrValue

from careergraph.api.base.errors import executed
from careergraph.api.execution.executor import budgeted, execute_document
from careergraph.api.limits.execution_budget import Allowance, Budget, BudgetExceeded
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.execution.close_names import add_close_names
from careergraph.web.execution.document_cache import MOST_ERRORS, DocumentCache, Operation
from careergraph.web.execution.run_queue import PAST, THREADS, RunQueue
from careergraph.web.response.operation_result import Extensions, OperationResult, cost_extensions
from careergraph.web.response.response_cache import Key

LOOP_COST = 1000
"""The cost above which an operation runs in a thread, unless its plan is compiled."""

LOOP_SECONDS = 0.05
"""Seconds that an operation may block the event loop. A longer one starts again in a thread."""


UNLIMITED = Allowance(objects=10**9, size=10**12, seconds=10**9)
"""The budget of a mutation: once it has begun to write, ending it would report a failure that was none."""


class ExecutionRequest(msgspec.Struct, frozen=True, eq=False):
    """A request for an operation. `values` are its coerced variables; None if one does not fit. `reads_past` is whether
    it reads catalogs of the past with them. With a `key`, its response is the same for everybody."""

    operation: Operation
    variables: Mapping[str, Any] | None
    context: Any
    request_id: str
    values: VariableValues | None
    cost: int
    reads_past: bool = False
    key: Key | None = None

    @property
    def runs_inline(self) -> bool:
        """Whether a compiled plan may run the operation on the event loop."""
        operation = self.operation
        if self.values is None or self.reads_past or operation.overran:
            return False
        return operation.plan is not None and operation.plan.compiled


class Executor:
    """Runs operations against one Strawberry schema, without Strawberry's own extensions; `whole` is that of
    `DocumentCache`. An operation that its compiled plan does not cover is executed in the standard way."""

    def __init__(
        self, schema: strawberry.Schema, config: Config, whole: Callable[[], strawberry.Schema] | None = None
    ) -> None:
        self._executor_class = budgeted(schema.execution_context_class, config.limits.allowance)
        self._allowance = config.limits.allowance
        self._introspection = config.graphql.introspection
        self._shown_cost = config.limits.max_cost if config.graphql.show_cost else None
        self._run_queue = RunQueue(config.requests.max_waiting, config.requests.request_seconds)
        self.wait = self._run_queue.wait
        """A future that is done when it is the turn of a request; None if it is at once. Both raise Refusal."""
        self.documents = DocumentCache(schema, config, whole)

    @property
    def is_busy(self) -> bool:
        """Whether any thread works for a request. For any thread."""
        return self._run_queue.is_busy

    async def run(self, request: ExecutionRequest, *, blocks: bool = False) -> OperationResult:
        """The result of an operation, with the errors of its fields; bugs are masked.

        An operation that is heavy, that reads a catalog of the past or that `blocks` runs in a thread. A mutation that
        has begun is never given up: a failure means that nothing was done. Raises Refusal (OVERLOADED, TIMEOUT,
        OPERATION_BUDGET).
        """
        try:
            if blocks or request.reads_past or self._is_heavy(request):
                return await self._run_in_thread(request)
            await self._run_queue.acquire()
            return await self._run_on_loop(request)
        except BudgetExceeded as exceeded:
            raise _budget_exceeded(exceeded.resource) from None

    def run_inline(self, request: ExecutionRequest) -> bytes | None:
        """The content of an operation that `runs_inline`, in its turn; None if its plan does not cover it."""
        return self.run_plan(request.operation, request.values, request.context, request.cost)

    def run_plan(self, operation: Operation, values: VariableValues | None, context: Any, cost: int) -> bytes | None:
        """The same, given the parts of the request."""
        if operation.plan is None or values is None:
            return None
        budget = Budget(self._allowance, LOOP_SECONDS)
        try:
            content = operation.plan.run_coerced(values, context, self._extensions(cost), budget)
        except BudgetExceeded as exceeded:
            if exceeded.resource == "time":
                _note_late(operation)
            return None
        operation.is_late = False
        return content

    def run_cached_query(self, text: str, variables: Mapping[str, Any], context: Any) -> OperationResult | None:
        """The result of a query of the server's own, out of turn and charged to nobody; None if its operation is not
        cached, or has to wait. For any thread. Raises BudgetExceeded."""
        operation = self.documents.cached(text)
        values = None if operation is None else operation.coercion.coerce(variables)
        if operation is None or isinstance(values, list):
            return None
        request = ExecutionRequest(operation, variables, context, "", values, 0)
        result = self._result(request, Budget(self._allowance))
        if isinstance(result, bytes):
            return OperationResult.planned(result)
        return _operation_result(result, "", None) if isinstance(result, ExecutionResult) else None

    async def subscribe(self, request: ExecutionRequest) -> AsyncGenerator[bytes, None] | OperationResult:
        """The results of a subscription as they come, or the result with the reason why there are none."""
        result = subscribe(
            request.operation.schema,
            request.operation.document,
            context_value=request.context,
            variable_values=dict(request.variables or {}),
            operation_name=request.operation.name,
            executor_class=self._executor_class,
            hide_suggestions=True,
            max_coercion_errors=MOST_ERRORS,
            operation_extensions=None,  # Strawberry's executor expects it
        )
        if isinstance(result, Awaitable):
            result = await self._run_queue.with_timeout(result)
        if isinstance(result, ExecutionResult):
            return self._operation_result(request, result)
        return _encode_results(result, request.request_id, self._extensions(request.cost))

    def _is_heavy(self, request: ExecutionRequest) -> bool:
        """Return whether an operation is too much for the event loop."""
        plan = request.operation.plan
        return request.operation.overran or (request.cost > LOOP_COST and not (plan is not None and plan.compiled))

    async def _run_on_loop(self, request: ExecutionRequest) -> OperationResult:
        if request.operation.kind is OperationType.MUTATION:  # once it writes, it is neither ended nor started again
            return await self._complete(request, self._result(request, Budget(UNLIMITED)))
        try:
            result = self._result(request, Budget(self._allowance, LOOP_SECONDS))
        except BudgetExceeded as exceeded:
            if exceeded.resource != "time":
                raise
            _note_late(request.operation)
            return await self._run_in_thread(request)
        request.operation.is_late = False
        return await self._complete(request, result)

    async def _run_in_thread(self, request: ExecutionRequest) -> OperationResult:
        if request.operation.kind is OperationType.MUTATION:
            budget = Budget(UNLIMITED)
            return await self._complete(
                request, await self._run_queue.run_to_completion(lambda: self._result(request, budget))
            )
        budget = Budget(self._allowance)

        def run() -> bytes | AwaitableOrValue[ExecutionResult]:
            budget.restart(self._allowance)  # the wait for a thread does not count
            start = thread_time()
            result = self._result(request, budget)
            # if only the machine was slow, or a cache was empty, the event loop is the faster way
            request.operation.overran = request.operation.is_late = thread_time() - start > LOOP_SECONDS / 2
            return result

        try:
            result = await self._run_queue.run_in_thread(run, PAST if request.reads_past else THREADS)
        except BaseException:
            budget.end()  # the request is given up: stop the thread
            raise
        return await self._complete(request, result)

    async def _complete(
        self, request: ExecutionRequest, result: bytes | AwaitableOrValue[ExecutionResult]
    ) -> OperationResult:
        if isinstance(result, bytes):
            return OperationResult.planned(result)
        if not isinstance(result, ExecutionResult):
            result = await self._run_queue.with_timeout(result)
        return self._operation_result(request, result)

    def _operation_result(self, request: ExecutionRequest, result: ExecutionResult) -> OperationResult:
        schema = request.operation.schema if self._introspection else None
        return _operation_result(result, request.request_id, self._extensions(request.cost), schema)

    def _extensions(self, cost: int) -> Extensions:
        return None if self._shown_cost is None else cost_extensions(cost, self._shown_cost)

    def _result(self, request: ExecutionRequest, budget: Budget) -> bytes | AwaitableOrValue[ExecutionResult]:
        """Run the plan, or else standard execution. Raises BudgetExceeded."""
        operation = request.operation
        if (plan := operation.plan) is not None and request.values is not None and not request.reads_past:
            content = plan.run_coerced(request.values, request.context, self._extensions(request.cost), budget)
            if content is not None:
                return content
        with budget.running():
            return execute_document(
                operation.schema,
                operation.document,
                self._executor_class,
                request.context,
                request.values if request.values and request.values.sources else request.variables or {},
                operation_name=operation.name,
                hide_suggestions=True,
                max_coercion_errors=MOST_ERRORS,
            )


async def _encode_results(
    results: AsyncIterator[ExecutionResult], request_id: str, extensions: Extensions
) -> AsyncGenerator[bytes, None]:
    try:
        async for result in results:
            yield _operation_result(result, request_id, extensions).content
    except BudgetExceeded as exceeded:
        yield OperationResult.refused([_budget_exceeded(exceeded.resource).formatted()]).content


def _note_late(operation: Operation) -> None:
    """Note that an operation took too long for the event loop. After the second time in a row it runs in a thread:
    after the first, a pause of the machine would send all requests for it there."""
    operation.overran, operation.is_late = operation.is_late, True


def _operation_result(
    result: ExecutionResult, request_id: str, extensions: Extensions, schema: GraphQLSchema | None = None
) -> OperationResult:
    """With a schema, names of it are suggested for those that it does not have."""
    errors = executed(result.errors, request_id) if result.errors else None
    # variables are coerced before execution begins: such an error is about no field
    if result.data is None and not any(error.path is not None for error in result.errors or ()):
        if schema is not None and errors:
            add_close_names(schema, result.errors or (), errors)
        return OperationResult.refused(errors or [])
    return OperationResult.executed(result.data, errors, extensions)


def _budget_exceeded(resource: str) -> Refusal:
    message = f"The operation was ended: it exceeded its budget of {resource}. Select less at once."
    return Refusal(WebCode.OPERATION_BUDGET, message, resource=resource)
