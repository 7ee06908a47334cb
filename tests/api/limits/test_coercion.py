"""Variables that are coerced to themselves are what graphql-core makes of them."""

from itertools import product
from typing import Any

from graphql import OperationDefinitionNode, get_variable_values, parse
from graphql.execution.values import VariableValues

from careergraph.api.limits.coercion import Coercion
from careergraph.api.schema import schema

ABSENT = object()
VALUES: tuple[Any, ...] = (ABSENT, None, "x", "", True, 1, 1.5, [], ["x"], {}, {"x": 1})
DEFINITIONS = (
    "$a: String",
    "$a: String!",
    "$a: ID",
    "$a: ID!",
    '$a: String = "d"',
    '$a: String! = "d"',
    "$a: Boolean!",
)


def test_each_value_is_coerced_as_graphql_core_does() -> None:
    for a, b in product(DEFINITIONS, ("$b: String", "$b: Boolean!", "$b: Int")):
        document = parse(f"query ({a}, {b}) {{ __typename }}")
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        coercion = Coercion(schema._schema, operation)
        for of_a, of_b, more in product(VALUES, VALUES, ({}, {"c": 1})):
            variables: dict[str, Any] = {"a": of_a, "b": of_b} | more
            variables = {name: value for name, value in variables.items() if value is not ABSENT}
            expected = get_variable_values(
                schema._schema, operation.variable_definitions or (), variables, max_errors=1
            )
            actual = coercion.coerce(variables)
            if isinstance(expected, VariableValues):
                assert isinstance(actual, VariableValues)
                assert actual.coerced == expected.coerced, (a, b, variables)
            else:
                assert isinstance(actual, list), (a, b, variables)


def test_a_first_page_needs_no_graphql_core() -> None:
    document = parse("query ($after: String, $slug: ID!) { __typename }")
    coercion = Coercion(schema._schema, document.definitions[0])  # type: ignore[arg-type]
    accepted: list[dict[str, Any]] = [{"slug": "x"}, {"slug": "x", "after": None}, {"after": "y", "slug": "x"}]
    for variables in accepted:
        assert coercion.coerce_simple(variables) == VariableValues({}, variables)
    others: list[dict[str, Any]] = [{}, {"slug": None}, {"slug": 1}, {"slug": "x", "more": "y"}]
    for variables in others:
        assert coercion.coerce_simple(variables) is None
