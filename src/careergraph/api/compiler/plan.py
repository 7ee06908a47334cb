"""The plan of one operation: compiled when it comes again, and once for each way in which variables select fields."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
)
from graphql.execution.values import VariableValues

from careergraph.api.base.context import Context
from careergraph.api.compiler.compiler import Compiler, Run
from careergraph.api.compiler.conditions import conditions_of
from careergraph.api.compiler.expression import Unplanned
from careergraph.api.compiler.fragment_cache import encode
from careergraph.api.limits.budget import Allowance, Budget
from careergraph.api.limits.coercion import Coercion

MOST_VARIANTS = 8
"""Ways to select fields, by the variables of `@skip` and `@include`, that are compiled for one operation."""

SOON = 2
"""The run that compiles the plan: an operation that is asked only once is executed sooner than it is compiled."""


class Plan:
    """One read operation as it is run over a catalog."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        soon: int,
    ) -> None:
        self._schema, self._operation, self._fragments, self._soon = schema, operation, fragments, soon
        self._conditions = conditions_of(operation, fragments)
        self._variants: dict[tuple[object, ...], Run | None] = {}
        self._runs = 0
        self._coercion = Coercion(schema, operation)

    def run(
        self,
        variables: Mapping[str, Any] | None,
        context: Context,
        extensions: Mapping[str, Any] | None = None,
        budget: Budget | None = None,
    ) -> bytes | None:
        """The JSON of `{"data": ...}`, as standard execution gives it; None where standard execution has to answer."""
        values = self._coercion.coerce(variables)
        return None if isinstance(values, list) else self.run_coerced(values, context, extensions, budget)

    def run_coerced(
        self,
        values: VariableValues,
        context: Context,
        extensions: Mapping[str, Any] | None = None,
        budget: Budget | None = None,
    ) -> bytes | None:
        """The same for variables that are coerced already.

        With `extensions` these stand behind `data`. None is given for whatever is not covered, for every error, and as
        long as the plan is not compiled. Raises BudgetSpent.
        """
        run = self._compiled(values)
        if run is None:
            return None
        spend = (budget or Budget(Allowance())).spend
        try:
            data = run(context, values, spend)
            text = encode({"data": data} if extensions is None else {"data": data, "extensions": extensions})
        except Exception:  # whatever it is, standard execution says it in the words and at the place that are right
            return None
        spend(0, len(text))
        return text

    @property
    def compiled(self) -> bool:
        """Whether any variant has been compiled, so that a run may answer."""
        return any(self._variants.values())

    def _compiled(self, variables: VariableValues) -> Run | None:
        chosen = tuple([variables.coerced.get(name) for name in self._conditions])
        if chosen in self._variants:
            return self._variants[chosen]
        self._runs += 1
        if self._runs < self._soon or len(self._variants) >= MOST_VARIANTS:
            return None
        if not all(type(it) is bool for it in chosen):
            return None
        conditions = VariableValues({}, dict(zip(self._conditions, chosen, strict=True)))
        compiler = Compiler(self._schema, self._operation, self._fragments, conditions)
        try:
            self._variants[chosen] = compiler.compile()
        except Unplanned:
            self._variants[chosen] = None
        return self._variants[chosen]


def compile_plan(
    schema: GraphQLSchema, document: DocumentNode, operation_name: str | None = None, *, soon: int = SOON
) -> Plan | None:
    """The plan of an operation of a document that fits the schema; None where no plan covers it.

    It is compiled with its run number `soon`; until then its runs give None.
    """
    operation = get_operation_ast(document, operation_name)
    fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
    if operation is None or any(it.variable_definitions for it in fragments.values()) or not _ours(schema):
        return None
    try:
        return Plan(schema, operation, fragments, soon)
    except Unplanned:
        return None


def _ours(schema: GraphQLSchema) -> bool:
    """Whether the schema is one of Strawberry's that leaves execution as it is."""
    built = getattr(schema, "_strawberry_schema", None)
    return built is not None and not built.exception_handlers
