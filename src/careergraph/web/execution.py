"""From an operation to an answer: by its compiled plan, or by standard execution."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping
from typing import Any

import strawberry
from graphql import ExecutionResult, OperationType, execute, subscribe
from graphql.pyutils import AwaitableOrValue

from careergraph.api.errors import executed
from careergraph.web.answer import Answer, Extensions, cost_shown
from careergraph.web.config import Config
from careergraph.web.documents import MOST_ERRORS, Documents, Operation
from careergraph.web.turns import Turns


class Executor:
    """Runs operations against one Strawberry schema. Strawberry's own extensions are not run: their work is done here.

    What its compiled plan does not cover is executed as graphql-core does.
    """

    def __init__(self, schema: strawberry.Schema, config: Config) -> None:
        self._schema = schema._schema  # Strawberry has no public name for the graphql-core schema
        self._executor_class = schema.execution_context_class
        self._config = config
        self._turns = Turns(config.max_waiting, config.request_seconds)
        self.documents = Documents(schema, config)

    async def run(  # noqa: PLR0913 - what an execution needs
        self,
        operation: Operation,
        variables: dict[str, Any] | None,
        cost: int,
        context: Any,
        request_id: str,
        *,
        blocks: bool = False,
    ) -> Answer:
        """The answer to an operation. Errors of fields are in it, masked where they are the server's fault.

        What reads a catalog of the past, and what `blocks`, runs in a thread; a mutation that has begun is waited for,
        however long it takes: who is told that it failed must find that nothing was done. Raises Refusal (OVERLOADED,
        TIMEOUT).
        """
        shown = cost_shown(cost, self._config.max_cost) if self._config.show_cost else None
        if blocks or operation.measure.past:
            writes = operation.kind is OperationType.MUTATION
            aside = self._turns.to_the_end if writes else self._turns.aside
            result = await aside(lambda: self._result(operation, variables, context))
        else:
            await self._turns.turn()
            if operation.plan is not None and (content := operation.plan.run(variables, context, shown)) is not None:
                return Answer.planned(content)
            result = self._result(operation, variables, context)
        if not isinstance(result, ExecutionResult):
            result = await self._turns.within(result)
        return _answered(result, request_id, shown)

    async def subscribe(
        self, operation: Operation, variables: dict[str, Any] | None, cost: int, context: Any, request_id: str
    ) -> AsyncGenerator[bytes, None] | Answer:
        """The results of a subscription as they come, or the answer that says why there are none."""
        shown = cost_shown(cost, self._config.max_cost) if self._config.show_cost else None
        found = subscribe(
            self._schema,
            operation.document,
            context_value=context,
            variable_values=variables,
            operation_name=operation.name,
            executor_class=self._executor_class,
            hide_suggestions=True,
            max_coercion_errors=MOST_ERRORS,
            operation_extensions=None,  # Strawberry's executor expects it
        )
        if isinstance(found, Awaitable):
            found = await self._turns.within(found)
        if isinstance(found, ExecutionResult):
            return _answered(found, request_id, shown)
        return _contents(found, request_id, shown)

    def _result(
        self, operation: Operation, variables: Mapping[str, Any] | None, context: object
    ) -> AwaitableOrValue[ExecutionResult]:
        return execute(
            self._schema,
            operation.document,
            context_value=context,
            variable_values=dict(variables or {}),
            operation_name=operation.name,
            executor_class=self._executor_class,
            hide_suggestions=True,
            max_coercion_errors=MOST_ERRORS,
            operation_extensions=None,  # Strawberry's executor expects it
        )


async def _contents(
    results: AsyncIterator[ExecutionResult], request_id: str, shown: Extensions
) -> AsyncGenerator[bytes, None]:
    async for result in results:
        yield _answered(result, request_id, shown).content


def _answered(result: ExecutionResult, request_id: str, shown: Extensions) -> Answer:
    errors = executed(result.errors, request_id) if result.errors else None
    # variables are coerced before execution begins: such an error is about no field
    if result.data is None and not any(error.path is not None for error in result.errors or ()):
        return Answer.refused(errors or [])
    return Answer.executed(result.data, errors, shown)
