"""Step: one field of a selection set, with all that is the same for each object that it is asked of."""

from collections.abc import Callable
from inspect import isasyncgenfunction, iscoroutinefunction, signature
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.type import introspection
from strawberry.schema.schema_converter import GraphQLCoreConverter

from careergraph.api.base.strawberry_patches import Straight
from careergraph.api.execution.completion import Complete, completion

EXACT: dict[str, type] = {"String": str, "ID": str, "Boolean": bool, "Int": int, "Float": float}
"""The type, by scalar, whose values are what is answered already."""

SHAPES = "careergraph.shapes"
"""Where a schema keeps the shapes of its fields, among its extensions."""


class Shape(NamedTuple):
    """What is so of a field wherever it is selected.

    `method` resolves it where it needs nothing but its object. A value of the type `exact` is completed already,
    `texts` are the names of an enum by its values, `complete` is for what is neither.
    """

    definition: GraphQLField
    method: Callable[[Any], Any] | None
    exact: type | None
    texts: dict[Any, str] | None
    nullable: bool
    complete: Complete


class Step:
    """A field as it is selected. `arguments` are set once they are coerced, where each object may be given the same;
    `children` are the steps below it by the type of the object."""

    __slots__ = (
        "arguments",
        "children",
        "complete",
        "definition",
        "details",
        "exact",
        "key",
        "method",
        "nullable",
        "parent",
        "texts",
    )

    def __init__(self, key: str, parent: GraphQLObjectType, details: FieldDetailsList, shape: Shape) -> None:
        self.key, self.parent, self.details = key, parent, details
        self.definition, self.method, self.exact, self.texts, self.nullable, self.complete = shape
        self.arguments: dict[str, Any] | None = None
        self.children: dict[GraphQLObjectType, list[Step]] = {}

    @property
    def type(self) -> GraphQLOutputType:
        """The type of the field."""
        return self.definition.type

    @property
    def nodes(self) -> list[FieldNode]:
        """The field's nodes in the document."""
        return [detail.node for detail in self.details]

    @property
    def name(self) -> str:
        """The name of the field, with that of its type."""
        return f"{self.parent}.{self.details[0].node.name.value}"


def steps_of(schema: GraphQLSchema, parent: GraphQLObjectType, fields: GroupedFieldSet) -> list[Step]:
    """The steps of collected fields. One that the type does not have is left out, as graphql-core does."""
    shapes = schema.extensions.setdefault(SHAPES, {})
    steps: list[Step] = []
    for key, details in fields.items():
        name = details[0].node.name.value
        if (shape := shapes.get((parent, name))) is None:
            definition = schema.get_field(parent, name)
            if definition is None:
                continue
            shape = shapes[parent, name] = _shape(schema, parent, name, definition)
        steps.append(Step(key, parent, details, shape))
    return steps


def _shape(schema: GraphQLSchema, parent: GraphQLObjectType, name: str, definition: GraphQLField) -> Shape:
    nullable = not isinstance(definition.type, GraphQLNonNull)
    inner: Any = definition.type if nullable else definition.type.of_type  # type: ignore[union-attr]
    texts = None
    if isinstance(inner, GraphQLEnumType):
        texts = {value.value: name for name, value in inner.values.items()}
    return Shape(
        definition,
        _own(parent, name) or _method(definition),
        EXACT.get(inner.name) if is_leaf_type(inner) else None,
        texts,
        nullable,
        completion(schema, definition.type),
    )


def _own(parent: GraphQLObjectType, name: str) -> Callable[[Any], Any] | None:
    """How two fields of the introspection are resolved, whatever resolver they have."""
    if name == "__typename":
        type_name = parent.name
        return lambda _: type_name
    return _is_one_of if (parent.name, name) == ("__Type", "isOneOf") else None


def _is_one_of(type_: Any) -> bool | None:
    """As the specification says: null for what is no input object. What Strawberry puts there fails for `[Int]`."""
    if not isinstance(type_, GraphQLInputObjectType):
        return None
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return type_.is_one_of or (definition is not None and definition.is_one_of)


def _method(definition: GraphQLField) -> Callable[[Any], Any] | None:
    resolve = definition.resolve
    if isinstance(resolve, Straight):
        method = resolve.method
        return None if iscoroutinefunction(method) or isasyncgenfunction(method) else method
    if resolve is None or definition.args or getattr(resolve, "__module__", None) != introspection.__name__:
        return None
    # what graphql-core's own resolvers take no notice of, they call `_info`
    return (lambda source: resolve(source, None)) if list(signature(resolve).parameters)[1] == "_info" else None
