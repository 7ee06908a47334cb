"""From an operation to an answer: by its compiled plan, or by standard execution, within a budget."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass
from time import thread_time
from typing import Any

import strawberry
from graphql import ExecutionResult, OperationType, execute, subscribe
from graphql.execution.values import VariableValues
from graphql.pyutils import AwaitableOrValue

from careergraph.api.base.errors import executed
from careergraph.api.execution.executor import budgeted
from careergraph.api.limits.budget import Allowance, Budget, BudgetSpent
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.execution.documents import MOST_ERRORS, Documents, Operation
from careergraph.web.execution.run_queue import PAST, THREADS, RunQueue
from careergraph.web.response.answer import Answer, Extensions, cost_shown

LOOP_COST = 1000
"""What costs more runs in a thread, unless its plan is compiled."""

LOOP_SECONDS = 0.05
"""How long an operation may keep the event loop from everybody else. One that takes longer begins anew in a thread."""


UNLIMITED = Allowance(objects=10**9, size=10**12, seconds=10**9)
"""What a mutation may use up: where it has begun to write, ending it would tell of a failure that was none."""


@dataclass(frozen=True, slots=True, eq=False)
class ExecutionRequest:
    """One request for an operation. `values` are its variables as they were coerced; None where one does not fit.
    `reads_past` says whether it reads catalogs of the past with them."""

    operation: Operation
    variables: Mapping[str, Any] | None
    context: Any
    request_id: str
    values: VariableValues | None
    cost: int
    reads_past: bool = False


class Executor:
    """Runs operations against one Strawberry schema. Strawberry's own extensions are not run: their work is done here.

    What its compiled plan does not cover is executed as graphql-core does.
    """

    def __init__(self, schema: strawberry.Schema, config: Config) -> None:
        self._schema = schema._schema  # Strawberry has no public name for the graphql-core schema
        self._executor_class = budgeted(schema.execution_context_class, config.allowance)
        self._config = config
        self._run_queue = RunQueue(config.max_waiting, config.request_seconds)
        self.documents = Documents(schema, config)

    async def run(self, request: ExecutionRequest, *, blocks: bool = False) -> Answer:
        """The answer to an operation. Errors of fields are in it, masked where they are the server's fault.

        What is heavy, what reads a catalog of the past, and what `blocks`, runs in a thread; a mutation that has begun
        is waited for, however long it takes: who is told that it failed must find that nothing was done. Raises Refusal
        (OVERLOADED, TIMEOUT, OPERATION_BUDGET).
        """
        try:
            if blocks or request.reads_past or self._heavy(request):
                return await self._run_in_thread(request)
            await self._run_queue.turn()
            return await self._run_on_loop(request)
        except BudgetSpent as spent:
            raise _budget_spent(spent.resource) from None

    async def subscribe(self, request: ExecutionRequest) -> AsyncGenerator[bytes, None] | Answer:
        """The results of a subscription as they come, or the answer that says why there are none."""
        result = subscribe(
            self._schema,
            request.operation.document,
            **self._options(request),
        )
        if isinstance(result, Awaitable):
            result = await self._run_queue.within(result)
        if isinstance(result, ExecutionResult):
            return _answered(result, request.request_id, self._extensions(request))
        return _contents(result, request.request_id, self._extensions(request))

    def _heavy(self, request: ExecutionRequest) -> bool:
        """Whether an operation is not to be tried on the event loop."""
        plan = request.operation.plan
        return request.operation.overran or (request.cost > LOOP_COST and not (plan is not None and plan.compiled))

    async def _run_on_loop(self, request: ExecutionRequest) -> Answer:
        if request.operation.kind is OperationType.MUTATION:  # what has begun to write is neither ended nor begun anew
            return await self._answer(request, self._result(request, Budget(UNLIMITED)))
        try:
            result = self._result(request, Budget(self._config.allowance, LOOP_SECONDS))
        except BudgetSpent as spent:
            if spent.resource != "time":
                raise
            request.operation.overran = True
            return await self._run_in_thread(request)
        return await self._answer(request, result)

    async def _run_in_thread(self, request: ExecutionRequest) -> Answer:
        if request.operation.kind is OperationType.MUTATION:
            budget = Budget(UNLIMITED)
            return await self._answer(request, await self._run_queue.to_the_end(lambda: self._result(request, budget)))
        budget = Budget(self._config.allowance)

        def run() -> bytes | AwaitableOrValue[ExecutionResult]:
            budget.restart(self._config.allowance)  # waiting for a thread is no work
            start = thread_time()
            result = self._result(request, budget)
            # it may have been the machine that was slow, or what is made once: then the event loop is the faster way
            request.operation.overran = thread_time() - start > LOOP_SECONDS / 2
            return result

        try:
            result = await self._run_queue.aside(run, PAST if request.reads_past else THREADS)
        except BaseException:
            budget.end()  # nobody waits for it any longer: whatever still runs is to stop
            raise
        return await self._answer(request, result)

    async def _answer(self, request: ExecutionRequest, result: bytes | AwaitableOrValue[ExecutionResult]) -> Answer:
        if isinstance(result, bytes):
            return Answer.planned(result)
        if not isinstance(result, ExecutionResult):
            result = await self._run_queue.within(result)
        return _answered(result, request.request_id, self._extensions(request))

    def _extensions(self, request: ExecutionRequest) -> Extensions:
        return cost_shown(request.cost, self._config.max_cost) if self._config.show_cost else None

    def _result(self, request: ExecutionRequest, budget: Budget) -> bytes | AwaitableOrValue[ExecutionResult]:
        """What the plan gives, or else standard execution. Raises BudgetSpent."""
        plan = request.operation.plan
        if plan is not None and request.values is not None and not request.reads_past:
            content = plan.run_coerced(request.values, request.context, self._extensions(request), budget)
            if content is not None:
                return content
        with budget.running():
            return execute(self._schema, request.operation.document, **self._options(request))

    def _options(self, request: ExecutionRequest) -> dict[str, Any]:
        """What graphql-core is told beside the schema and the document."""
        return {
            "context_value": request.context,
            "variable_values": dict(request.variables or {}),
            "operation_name": request.operation.name,
            "executor_class": self._executor_class,
            "hide_suggestions": True,
            "max_coercion_errors": MOST_ERRORS,
            "operation_extensions": None,  # Strawberry's executor expects it
        }


async def _contents(
    results: AsyncIterator[ExecutionResult], request_id: str, extensions: Extensions
) -> AsyncGenerator[bytes, None]:
    try:
        async for result in results:
            yield _answered(result, request_id, extensions).content
    except BudgetSpent as spent:
        yield Answer.refused([_budget_spent(spent.resource).formatted()]).content


def _answered(result: ExecutionResult, request_id: str, extensions: Extensions) -> Answer:
    errors = executed(result.errors, request_id) if result.errors else None
    # variables are coerced before execution begins: such an error is about no field
    if result.data is None and not any(error.path is not None for error in result.errors or ()):
        return Answer.refused(errors or [])
    return Answer.executed(result.data, errors, extensions)


def _budget_spent(resource: str) -> Refusal:
    message = f"The operation was ended: it came to more {resource} than any may. Ask for less at once."
    return Refusal(WebCode.OPERATION_BUDGET, message, resource=resource)
