"""Coercion: the variables of a request, coerced once as graphql-core does it."""

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
"""The scalars whose values are coerced to themselves, with their Python types."""


class Coercion:
    """Coerces the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        self._schema = schema
        self._definitions = operation.variable_definitions or ()
        self._simple = _simple(schema, operation)
        self._kinds = list((self._simple or {}).values())

    def coerce(self, variables: Mapping[str, Any] | None) -> VariableValues | list[GraphQLError]:
        """The coerced values with defaults; a list with the first error if a variable does not fit."""
        variables = variables or {}
        if self._simple is not None:  # the variables of most requests
            values = {name: variables.get(name) for name in self._simple}
            if list(map(type, values.values())) == self._kinds:
                return VariableValues({}, values)
        return get_variable_values(self._schema, self._definitions, dict(variables), max_errors=1)


def count_values(value: object) -> int:
    """The number of values in the variables, at any depth: each has to be coerced."""
    if type(value) is dict and _NESTED.isdisjoint(map(type, value.values())):
        return 1 + len(value)
    count, waiting = 0, [value]
    while waiting:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return count


_NESTED = frozenset({dict, list})


def _simple(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Mapping[str, type] | None:
    """The variables with the types of their values, if all are required and simple scalars; else None."""
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
