"""Coercion: the variables of a request, coerced once as graphql-core does it."""

from collections.abc import Mapping
from types import NoneType
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLType,
    OperationDefinitionNode,
    Undefined,
    get_named_type,
    get_variable_values,
    is_input_object_type,
    type_from_ast,
)
from graphql.execution.values import VariableValues

from careergraph.api.limits.field_costs import ABSENT_WEIGHT, DEFAULT_WEIGHT, OBJECT_WEIGHT

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
        types = {it.variable.name.value: type_from_ast(schema, it.type) for it in self._definitions}
        self._with_objects = {name: type_ for name, type_ in types.items() if is_input_object_type(_named(type_))}
        self._weights: dict[str, tuple[float, Mapping[str, float]]] = {}

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

    def weigh_objects(self, variables: Mapping[str, Any]) -> float:
        """Return what the input objects in the variables weigh beside their values: their fields are looked for, also
        where they are absent, and defaults are coerced."""
        total = 0.0
        waiting = [(variables[name], type_) for name, type_ in self._with_objects.items() if name in variables]
        while waiting:
            value, type_ = waiting.pop()
            if isinstance(type_, GraphQLNonNull):
                type_ = type_.of_type
            if isinstance(type_, GraphQLList):
                waiting.extend([(it, type_.of_type) for it in (value if isinstance(value, list) else [value])])
            elif isinstance(value, dict) and is_input_object_type(type_):
                weight, absent = self._weights.get(type_.name) or self._weigh(type_)
                total += weight - sum([absent.get(name, 0.0) for name in value])
                parts = type_.fields
                waiting.extend(
                    [(it, parts[name].type) for name, it in value.items() if it is not None and name in parts]
                )
        return total

    def _weigh(self, type_: GraphQLInputObjectType) -> tuple[float, Mapping[str, float]]:
        """Return what an object of a type weighs without any field, and what each field takes off where it is there."""
        has_default = {name: field.default_value is not Undefined for name, field in type_.fields.items()}
        absent = {name: DEFAULT_WEIGHT if it else ABSENT_WEIGHT for name, it in has_default.items()}
        weights = self._weights[type_.name] = (OBJECT_WEIGHT + sum(absent.values()), absent)
        return weights


def _named(type_: GraphQLType | None) -> GraphQLType | None:
    return None if type_ is None else get_named_type(type_)


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
