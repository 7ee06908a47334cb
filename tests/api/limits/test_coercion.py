"""Variables that are coerced to themselves are what graphql-core makes of them."""

from itertools import product
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, OperationDefinitionNode, get_variable_values, parse
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


@pytest.mark.parametrize(
    ("declared", "variables", "weight"),
    [
        ("$a: [ID!]!", {"a": ["x", "y"]}, 0),
        ("$a: Document", {"a": {"slug": "x", "values": [{}, {}]}}, 0),
        ("$a: [CareerOrder!]", {"a": [{"by": "TITLE"}, {"by": "TITLE"}]}, 2 * (1 + 0.3 + 3)),
        ("$a: [CareerOrder!]", {"a": [{"by": "TITLE", "attribute": None, "direction": "ASC"}]}, 1),
        ("$a: [DocumentBaseInput!]!", {"a": [{"type": "CAREER", "slug": "x", "base": 1}] * 500}, 500),
        ("$a: CareerFilter, $b: ID", {"b": "x"}, 0),
        ("$a: CareerFilter", {"a": [3, None, "x"]}, 0),
    ],
)
def test_an_input_object_weighs_what_it_has_and_lacks(declared: str, variables: dict[str, Any], weight: float) -> None:
    document = parse(f"query ({declared}) {{ __typename }}")
    coercion = Coercion(schema._schema, document.definitions[0])  # type: ignore[arg-type]
    assert coercion.weigh_objects(variables) == pytest.approx(weight)


def test_parts_of_input_objects_weigh_too() -> None:
    document = parse("query ($a: DocumentInput!) { __typename }")
    coercion = Coercion(schema._schema, document.definitions[0])  # type: ignore[arg-type]
    bare: dict[str, Any] = {"a": {"career": {"slug": "x"}}}
    whole = {"a": {"career": {"slug": "x", "skills": [{}, {}]}}}
    skill = schema._schema.type_map["CareerSkillPartInput"]
    assert isinstance(skill, GraphQLInputObjectType)
    more = coercion.weigh_objects(whole) - coercion.weigh_objects(bare)
    assert more == pytest.approx(2 * (1 + 0.3 * len(skill.fields)) - 0.3)


def test_an_empty_part_weighs_what_it_lacks() -> None:
    document = parse("query ($a: [AttributeFilter!]) { __typename }")
    coercion = Coercion(schema._schema, document.definitions[0])  # type: ignore[arg-type]
    part = schema._schema.type_map["NumberRange"]
    assert isinstance(part, GraphQLInputObjectType)
    absent: dict[str, Any] = {"a": [{"attribute": "pay", "test": {"range": None}}]}
    empty: dict[str, Any] = {"a": [{"attribute": "pay", "test": {"range": {}}}]}
    more = coercion.weigh_objects(empty) - coercion.weigh_objects(absent)
    assert more == pytest.approx(1 + 0.3 * len(part.fields))
