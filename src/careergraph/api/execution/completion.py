"""Completion: from what a resolver returned to what is answered, by the type of the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
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
from graphql.pyutils import Path, is_iterable
from strawberry.schema.schema_converter import GraphQLCoreConverter

if TYPE_CHECKING:
    from careergraph.api.execution.standard import StandardExecutor
    from careergraph.api.execution.step import Step

Complete = Callable[["StandardExecutor", "Step", Any, Path], Any]
"""Completes a value that stands at a path. Raises what becomes an error of the field, or of the item of a list."""


def completion(schema: GraphQLSchema, type_: GraphQLOutputType) -> Complete:
    """The completion for a type of a field, as graphql-core's `complete_value` does it."""
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
    def complete(executor: StandardExecutor, step: Step, value: Any, path: Path) -> Any:
        if _absent(value):
            return _null(step, required)
        return executor.complete_leaf_value(type_, value)

    return complete


def _list(schema: GraphQLSchema, item_type: GraphQLOutputType, required: bool) -> Complete:
    complete_item = completion(schema, item_type)

    def complete(executor: StandardExecutor, step: Step, value: Any, path: Path) -> Any:
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

    def complete(executor: StandardExecutor, step: Step, value: Any, path: Path) -> Any:
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

    def complete(executor: StandardExecutor, step: Step, value: Any, path: Path) -> Any:
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
    """Completes what is absent. Raises TypeError where it must not be."""
    if required:
        raise TypeError(f"Cannot return null for non-nullable field {step.name}.")


def _absent(value: object) -> bool:
    """Whether there is nothing. Raises what a resolver returned as an error."""
    if isinstance(value, Exception):
        raise value
    return value is None or value is Undefined


def _class(type_: GraphQLObjectType) -> type | None:
    """The class whose objects are of a type; None where the type decides that by a function of its own."""
    definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return None if definition is None or definition.is_type_of is not None else definition.origin
