"""Standard execution of documents, and executors that spend a budget as they go."""

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakMethod

from graphql import (
    DefinitionNode,
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLSchema,
    OperationDefinitionNode,
    execute,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import AwaitableOrValue
from graphql.type.definition import GraphQLResolveInfoHelpers

from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.limits.execution_budget import CURRENT, Allowance, Budget


def execute_document(
    schema: GraphQLSchema,
    document: DocumentNode,
    executor_class: type[Executor[Any]],
    context: Any,
    variables: Mapping[str, Any] | VariableValues,
    **options: Any,
) -> AwaitableOrValue[ExecutionResult]:
    """Execute an operation in the standard way: the one call of graphql-core. It coerces variables, unless they are
    what graphql-core made of them before, for a class of `budgeted`."""
    if isinstance(variables, VariableValues):
        document, variables, options["coerced"] = _without_definitions(document), {}, variables
    return execute(
        schema,
        document,
        context_value=context,
        variable_values=dict(variables),
        executor_class=executor_class,
        operation_extensions=None,  # Strawberry's executor expects it
        **options,
    )


def _cut_circle(executor: Executor[Any]) -> None:
    """Let the helpers of an executor point to it weakly. As graphql-core makes them, each execution is a circle: its
    context, and the catalog with it, would stay until the garbage collector comes by."""
    executor.async_helpers = GraphQLResolveInfoHelpers(
        gather=_weakly(executor.gather_async_work), track=_weakly(executor.track_async_work)
    )


def _weakly(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that calls a method of an object, which others have to keep as long."""
    of = WeakMethod(method)

    def call(*arguments: Any) -> Any:
        bound = of()
        assert bound is not None  # noqa: S101 - resolvers run as long as their executor
        return bound(*arguments)

    return call


def _without_definitions(document: DocumentNode) -> DocumentNode:
    """Return a document without the definitions of its variables, so that none is coerced."""
    return DocumentNode(definitions=tuple(map(_undefined, document.definitions)), loc=document.loc)


def _undefined(definition: DefinitionNode) -> DefinitionNode:
    """Return an operation without the definitions of its variables; a fragment as it is."""
    if not isinstance(definition, OperationDefinitionNode):
        return definition
    kept = {name: getattr(definition, name) for name in definition.keys if name != "variable_definitions"}
    return OperationDefinitionNode(**kept)


def budgeted(standard: type[Executor[Any]], allowance: Allowance) -> type[Executor[Any]]:
    """An executor like `standard` that raises BudgetExceeded when the budget of the operation that runs is used up.

    Where none is set, and for each event of a subscription, an execution has a whole allowance.
    """
    spends = issubclass(standard, StandardExecutor)

    class Budgeted(standard):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, coerced: VariableValues | None = None, **options: Any) -> None:
            super().__init__(*args, **options)
            if coerced is not None:
                self.variable_values = coerced
            self.spend = (CURRENT.get() or Budget(allowance)).spend
            _cut_circle(self)

        def build_per_event_executor(self, payload: Any) -> Any:
            executor = super().build_per_event_executor(payload)
            executor.spend = Budget(allowance).spend  # a subscription lasts longer than any one operation may
            executor._relevant_sub_fields = {}  # graphql-core adds to it with each event, and looks none of it up again
            return executor

        def execute_fields(self, parent_type: Any, source: Any, path: Any, fields: Any, position: Any) -> Any:
            if not spends:
                self.spend(len(fields))
            return super().execute_fields(parent_type, source, path, fields, position)

        def complete_leaf_value(self, return_type: Any, result: Any) -> Any:
            value = standard.complete_leaf_value(return_type, result)
            if type(value) is str:
                self.spend(1, len(value))
            return value

    return Budgeted
