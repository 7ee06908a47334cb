"""Coercion: the variables of a request, coerced once as graphql-core does it."""

from collections.abc import Mapping
from types import NoneType
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
        self._accepted = _simple(schema, operation)
        accepted = self._accepted or frozenset()
        self._required = {name for name, _ in accepted if (name, NoneType) not in accepted}

    def coerce(self, variables: Mapping[str, Any] | None) -> VariableValues | list[GraphQLError]:
        """The coerced values with defaults; a list with the first error if a variable does not fit."""
        copied = dict(variables or {})
        if (values := self.coerce_simple(copied)) is not None:
            return values
        return get_variable_values(self._schema, self._definitions, copied, max_errors=1)

    def coerce_simple(self, variables: dict[str, Any]) -> VariableValues | None:
        """The same for the variables of most requests, which are coerced to themselves; None for others."""
        if self._accepted is None:
            return None
        types = dict(zip(variables, map(type, variables.values()), strict=True))
        if types.items() <= self._accepted and types.keys() >= self._required:
            return VariableValues({}, variables)
        return None


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


def _simple(schema: GraphQLSchema, operation: OperationDefinitionNode) -> frozenset[tuple[str, type]] | None:
    """The names of the variables, each with the types of the values that it takes as they are; None if it has a default
    that may count, or is no simple scalar."""
    accepted: set[tuple[str, type]] = set()
    for definition in operation.variable_definitions or ():
        name, type_ = definition.variable.name.value, type_from_ast(schema, definition.type)
        required = isinstance(type_, GraphQLNonNull)
        kind = SIMPLE.get(str(type_.of_type if isinstance(type_, GraphQLNonNull) else type_))
        if kind is None or (definition.default_value is not None and not required):
            return None
        accepted |= {(name, kind)} if required else {(name, kind), (name, NoneType)}
    return frozenset(accepted)
