"""Standard execution gives what the library's executor gives, also where resolvers give what they should not."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import pytest
import strawberry
from graphql import (
    ExecutionResult,
    Executor,
    GraphQLInterfaceType,
    GraphQLObjectType,
    execute,
    get_introspection_query,
    parse,
    validate,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

from api.asking import SEEDED, answer
from api.compiler.comparing import formatted, standard
from careergraph.api.base.strawberry_patches import straight_to_methods
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.schema import schema


@strawberry.enum
class Colour(StrEnum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@strawberry.interface
class Shape:
    """What has a name."""

    @strawberry.field
    def name(self) -> str:
        """Its name."""
        return type(self).__name__


@strawberry.type
class Square(Shape):
    """A shape whose fields give the right values and wrong ones."""

    @strawberry.field
    def sides(self) -> int:
        """A number that fits."""
        return 4

    @strawberry.field
    def huge(self) -> int | None:
        """A number that does not fit."""
        return 2**31

    @strawberry.field
    def truth(self) -> int:
        """A boolean where a number belongs."""
        return True

    @strawberry.field
    def endless(self) -> float | None:
        """No number."""
        return float("nan")

    @strawberry.field
    def absent(self) -> str:
        """Null where there must be a text."""
        return None  # type: ignore[return-value]

    @strawberry.field
    def number(self) -> str:
        """A number where a text belongs."""
        return 7  # type: ignore[return-value]

    @strawberry.field
    def colours(self) -> list[Colour | None]:
        """Members, a name, and what is no colour."""
        return [Colour.RED, "blue", "green", None, ["red"]]  # type: ignore[list-item]

    @strawberry.field
    def texts(self) -> list[str]:
        """A list with an item that is missing."""
        return ["a", None]  # type: ignore[list-item]

    @strawberry.field
    def lazily(self) -> list[str]:
        """A list that is an iterator."""
        items: Iterator[Any] = iter(["a", "b"])
        return items  # type: ignore[return-value]

    @strawberry.field
    def no_list(self) -> list[str] | None:
        """A text where a list belongs."""
        return "abc"  # type: ignore[return-value]

    @strawberry.field
    def returned(self) -> str | None:
        """An error that is returned rather than raised."""
        return ValueError("returned")  # type: ignore[return-value]

    @strawberry.field
    def raised(self, often: int = 1) -> str | None:
        """An error."""
        raise ValueError("raised" * often)

    @strawberry.field
    def inside(self, depth: int | None = None) -> list["Square | None"]:
        """Squares, none, and what is no square."""
        return [Square(), None, Stranger()] if depth is None else []  # type: ignore[list-item]

    @strawberry.field
    def shapes(self) -> list[Shape | None]:
        """Shapes, and what is no shape."""
        return [Square(), None, Stranger(), "text"]  # type: ignore[list-item]

    @strawberry.field
    def required(self) -> list["Square"]:
        """A list that is null as a whole since one item is."""
        return [Square(), None]  # type: ignore[list-item]


class Stranger:
    """No type of the schema."""


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    def square(self) -> Square:
        """A square."""
        return Square()

    @strawberry.field
    def maybe(self) -> Square | None:
        """A square."""
        return Square()


ODD = strawberry.Schema(Query, execution_context_class=StandardExecutor)
straight_to_methods(ODD._schema)

FIELDS = [
    "sides name __typename",
    "huge sides",
    "truth",
    "endless",
    "absent",
    "number",
    "colours",
    "texts",
    "lazily",
    "noList",
    "returned",
    "raised again: raised(often: 2)",
    "inside { sides huge absent }",
    "inside { sides inside { name } more: inside(depth: 1) { name } }",
    "shapes { name __typename ... on Square { sides endless } }",
    "required { sides }",
    "sides @skip(if: true)",
    "inside { sides @skip(if: true) }",
]


def _run(text: str, executor: type[Executor[Any]]) -> ExecutionResult:
    document = parse(text)
    assert validate(ODD._schema, document) == []
    result = execute(ODD._schema, document, executor_class=executor, operation_extensions=None)
    assert isinstance(result, ExecutionResult)
    return result


@pytest.mark.parametrize("root", ["square", "maybe"])
@pytest.mark.parametrize("fields", FIELDS)
def test_odd_values_are_answered_as_by_the_library(root: str, fields: str) -> None:
    """The same data in the same order, and the same errors with the same messages at the same places."""
    text = f"{{ {root} {{ {fields} }} }}"
    expected, result = _run(text, StrawberryGraphQLCoreExecutionContext), _run(text, StandardExecutor)
    assert repr(result.data) == repr(expected.data)
    assert formatted(result) == formatted(expected)


def test_a_fragment_selects_the_same_wherever_it_is_spread() -> None:
    text = "{ square { ...F inside { ...F } } } fragment F on Square { sides inside { name ... on Square { truth } } }"
    expected, result = _run(text, StrawberryGraphQLCoreExecutionContext), _run(text, StandardExecutor)
    assert repr(result.data) == repr(expected.data) and formatted(result) == formatted(expected)


def test_the_introspection_is_that_of_the_library() -> None:
    document = parse(get_introspection_query(specified_by_url=True, input_value_deprecation=True))
    expected, result = standard(document, {}, SEEDED), standard(document, {}, SEEDED, StandardExecutor)
    assert result.errors is None and repr(result.data) == repr(expected.data)


def test_is_one_of_is_told_of_input_objects_and_null_of_all_else() -> None:
    """What Strawberry puts there raises for `[Int]` and `Int!`."""
    types = answer("{ __schema { types { name kind isOneOf fields { type { kind isOneOf } } } } }", SEEDED)
    one_of = {it["name"]: it["isOneOf"] for it in types["__schema"]["types"]}
    assert one_of["ValueTest"] is True and one_of["CareerFilter"] is False and one_of["Career"] is None
    inside = [field["type"]["isOneOf"] for it in types["__schema"]["types"] for field in it["fields"] or ()]
    assert inside and set(inside) == {None}


def test_no_resolver_is_asynchronous() -> None:
    """What standard execution takes for granted; a subscription's events are resolved at once too."""
    for type_ in schema._schema.type_map.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
                assert definition is None or definition.is_subscription or not definition.is_async, f"{type_}.{name}"
