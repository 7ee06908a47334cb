"""The plan of one operation: compiled when it comes again, and once for each way in which variables select fields."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    get_variable_values,
    type_from_ast,
)
from graphql.execution.values import VariableValues

from careergraph.api.context import Context
from careergraph.api.plan.compiler import Compiler, Run
from careergraph.api.plan.form import Unplanned
from careergraph.api.plan.kept import encode
from careergraph.api.plan.walk import conditions_of

MOST_VARIANTS = 8
"""Ways to select fields, by the variables of `@skip` and `@include`, that are compiled for one operation."""

SOON = 2
"""The run that compiles the plan: an operation that is asked only once is executed sooner than it is compiled."""

SIMPLE: Mapping[str, type] = {"String": str, "ID": str, "Boolean": bool}
"""Scalars whose variables are what their values are, by the type that those have."""


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
        self._simple = _simple(schema, operation)

    def run(
        self, variables: Mapping[str, Any] | None, context: Context, extensions: Mapping[str, Any] | None = None
    ) -> bytes | None:
        """The JSON of `{"data": ...}`, as standard execution gives it; None where standard execution has to answer.

        With `extensions` these stand behind `data`. None is given for whatever is not covered, for every error, and as
        long as the plan is not compiled.
        """
        given = self._coerced(variables or {})
        if given is None:
            return None
        run = self._compiled(given)
        if run is None:
            return None
        try:
            data = run(context, given)
            return encode({"data": data} if extensions is None else {"data": data, "extensions": extensions})
        except Exception:  # whatever it is, standard execution says it in the words and at the place that are right
            return None

    @property
    def compiled(self) -> bool:
        """Whether any variant has been compiled, so that a run may answer."""
        return any(self._variants.values())

    def _coerced(self, variables: Mapping[str, Any]) -> VariableValues | None:
        if self._simple is not None:
            found = {name: variables.get(name) for name in self._simple}
            if all(type(found[name]) is kind for name, kind in self._simple.items()):
                return VariableValues({}, found)
        definitions = self._operation.variable_definitions or ()
        coerced = get_variable_values(self._schema, definitions, dict(variables), max_errors=1)
        return None if isinstance(coerced, list) else coerced

    def _compiled(self, given: VariableValues) -> Run | None:
        chosen = tuple([given.coerced.get(name) for name in self._conditions])
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


def _simple(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Mapping[str, type] | None:
    """The variables by the types of their values, where all are required and of simple scalars."""
    found: dict[str, type] = {}
    for definition in operation.variable_definitions or ():
        type_ = type_from_ast(schema, definition.type)
        inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if definition.default_value is not None and not isinstance(type_, GraphQLNonNull):
            return None
        kind = SIMPLE.get(str(inner))
        if kind is None:
            return None
        found[definition.variable.name.value] = kind
    return found
