"""Coercion: the variables of a request as graphql-core coerces them, once for whatever reads them."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    get_variable_values,
    type_from_ast,
)
from graphql.execution.values import VariableValues

SIMPLE: Mapping[str, type] = {"String": str, "ID": str, "Boolean": bool}
"""Scalars whose variables are what their values are, by the type that those have."""


class Coercion:
    """Coerces the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._simple = _simple(schema, operation)

    def coerce(self, variables: Mapping[str, Any] | None) -> VariableValues | list[GraphQLError]:
        """The coerced values, defaults among them; the first error, in a list, where a variable does not fit."""
        variables = variables or {}
        if self._simple is not None:  # what most requests have needs no look at each type
            values = {name: variables.get(name) for name in self._simple}
            if all(type(values[name]) is kind for name, kind in self._simple.items()):
                return VariableValues({}, values)
        return get_variable_values(self._schema, self._definitions, dict(variables), max_errors=1)


def count_values(value: object) -> int:
    """How many values are in the variables, at any depth: coercing each of them is work."""
    count, waiting = 0, [value]
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return count


def _simple(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Mapping[str, type] | None:
    """The variables by the types of their values, where all are required and of simple scalars."""
    types: dict[str, type] = {}
    for definition in operation.variable_definitions or ():
        type_ = type_from_ast(schema, definition.type)
        inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if definition.default_value is not None and not isinstance(type_, GraphQLNonNull):
            return None
        kind = SIMPLE.get(str(inner))
        if kind is None:
            return None
        types[definition.variable.name.value] = kind
    return types
