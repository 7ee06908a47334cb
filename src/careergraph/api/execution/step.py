"""Steps: the selected fields of a type, resolved and completed by the shapes of their definitions."""

from collections.abc import Callable
from inspect import isasyncgenfunction, iscoroutinefunction, signature
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    Undefined,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import Path, is_iterable
from graphql.type import introspection
from strawberry.schema.schema_converter import GraphQLCoreConverter

from careergraph.api.base.strawberry_patches import Straight

Complete = Callable[[Any, "Step", Any, Path], Any]
"""A function that completes a value at a path, for an executor. Raises the error of the field or list item."""


class FieldShape(NamedTuple):
    """The parts of a step that do not depend on the selection.

    `method` resolves a field that needs nothing but its object. A value of the type `exact` is complete already,
    `texts` are the names of an enum by its values, and `complete` completes any other value.
    """

    definition: GraphQLField
    method: Callable[[Any], Any] | None
    exact: type | None
    texts: dict[Any, str] | None
    nullable: bool
    complete: Complete


class Step:
    """A selected field. `arguments` are the coerced ones, if all objects share them; `children` are the steps below it,
    by the type of the object."""

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

    def __init__(self, key: str, parent: GraphQLObjectType, details: FieldDetailsList, shape: FieldShape) -> None:
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


def completion(schema: GraphQLSchema, type_: GraphQLOutputType) -> Complete:
    """Return the function that completes values of a type, as graphql-core's `complete_value` does."""
    required = isinstance(type_, GraphQLNonNull)
    inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(inner, GraphQLList):
        return _list(schema, inner.of_type, required)
    if is_leaf_type(inner):
        return _leaf(inner, required)
    if is_abstract_type(inner):
        return _abstract(schema, inner, required)
    return _object(inner, required)


def _leaf(type_: GraphQLLeafType, required: bool) -> Complete:
    def complete(executor: Any, step: Step, value: Any, path: Path) -> Any:
        if _absent(value):
            return _null(step, required)
        return executor.complete_leaf_value(type_, value)

    return complete


def _list(schema: GraphQLSchema, item_type: GraphQLOutputType, required: bool) -> Complete:
    complete_item = completion(schema, item_type)

    def complete(executor: Any, step: Step, value: Any, path: Path) -> Any:
        if type(value) is not list:
            if _absent(value):
                return _null(step, required)
            if not is_iterable(value):
                raise GraphQLError(f"Expected Iterable, but did not find one for field '{step.name}'.")
        completed: list[Any] = []
        for index, item in enumerate(value):
            item_path = Path(path, index, None)
            try:
                completed.append(complete_item(executor, step, item, item_path))
            except Exception as error:  # an error of a field, whatever it is
                executor.handle_field_error(error, item_type, step.details, item_path)
                completed.append(None)
        return completed

    return complete


def _object(type_: GraphQLObjectType, required: bool) -> Complete:
    name, cls, decides = type_.name, _class(type_), type_.is_type_of

    def complete(executor: Any, step: Step, value: Any, path: Path) -> Any:
        if type(value) is not cls or cls is None:
            if _absent(value):
                return _null(step, required)
            if decides is not None:
                info = executor.info_of(step, path)
                return executor.complete_object_value(type_, step.details, info, path, value, None)
        steps = step.children.get(type_)
        if steps is None:
            steps = executor.steps_below(step, type_)
        return executor.execute_steps(steps, name, value, path)

    return complete


def _abstract(schema: GraphQLSchema, type_: GraphQLAbstractType, required: bool) -> Complete:
    by_class = {cls: possible for possible in schema.get_possible_types(type_) if (cls := _class(possible)) is not None}

    def complete(executor: Any, step: Step, value: Any, path: Path) -> Any:
        possible = by_class.get(type(value))
        if possible is None:
            if _absent(value):
                return _null(step, required)
            info = executor.info_of(step, path)
            return executor.complete_abstract_value(type_, step.details, info, path, value, None)
        steps = step.children.get(possible)
        if steps is None:
            steps = executor.steps_below(step, possible)
        return executor.execute_steps(steps, possible.name, value, path)

    return complete


def _null(step: Step, required: bool) -> None:
    """Complete an absent value. Raises TypeError if the field is required."""
    if required:
        raise TypeError(f"Cannot return null for non-nullable field {step.name}.")


def _absent(value: object) -> bool:
    """Return whether a value is absent. Raises an error that a resolver returned."""
    if isinstance(value, Exception):
        raise value
    return value is None or value is Undefined


def _class(type_: GraphQLObjectType) -> type | None:
    """Return the class of the objects of a type; None if the type has a function that decides it."""
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return None if definition is None or definition.is_type_of is not None else definition.origin


EXACT: dict[str, type] = {"String": str, "ID": str, "Boolean": bool, "Int": int, "Float": float}
"""The Python type, by scalar, whose values need no serializing."""

SHAPES = "careergraph.shapes"
"""The key of the shapes of fields in the extensions of a schema."""


def steps_of(schema: GraphQLSchema, parent: GraphQLObjectType, fields: GroupedFieldSet) -> list[Step]:
    """Return the steps of collected fields, without those that the type lacks, as graphql-core does."""
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


def _shape(schema: GraphQLSchema, parent: GraphQLObjectType, name: str, definition: GraphQLField) -> FieldShape:
    nullable = not isinstance(definition.type, GraphQLNonNull)
    inner: Any = definition.type if nullable else definition.type.of_type  # type: ignore[union-attr]
    texts = None
    if isinstance(inner, GraphQLEnumType):
        texts = {value.value: name for name, value in inner.values.items()}
    return FieldShape(
        definition,
        _own(parent, name) or _method(definition),
        EXACT.get(inner.name) if is_leaf_type(inner) else None,
        texts,
        nullable,
        completion(schema, definition.type),
    )


def _own(parent: GraphQLObjectType, name: str) -> Callable[[Any], Any] | None:
    """Return our resolver of `__typename` and `__Type.isOneOf`; None for other fields."""
    if name == "__typename":
        type_name = parent.name
        return lambda _: type_name
    return _is_one_of if (parent.name, name) == ("__Type", "isOneOf") else None


def _is_one_of(type_: Any) -> bool | None:
    """Return null for other types than input objects, as the specification says. Strawberry's resolver fails there."""
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
