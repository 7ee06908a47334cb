"""Calls: the root fields of an operation with their arguments, whatever fragments they stand in."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    value_from_ast_untyped,
)


class RootField(NamedTuple):
    """A root field and its arguments, as they are written; `defaults` are those of the operation's variables."""

    field: str
    arguments: Mapping[str, ValueNode]
    defaults: Mapping[str, Any]

    def value(self, name: str, variables: Mapping[str, Any]) -> Any:
        """The value of an argument; None where it is not given."""
        node = self.arguments.get(name)
        if isinstance(node, VariableNode):
            return variables.get(node.name.value, self.defaults.get(node.name.value))
        return None if node is None else value_from_ast_untyped(node, {**self.defaults, **variables})


def root_fields_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[RootField, ...]:
    """The calls of an operation that passed validation, in their order."""
    fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
    defaults = {
        it.variable.name.value: value_from_ast_untyped(it.default_value)
        for it in operation.variable_definitions or ()
        if it.default_value is not None
    }
    return tuple(
        [RootField(it.name.value, _arguments(it), defaults) for it in _fields(operation.selection_set, fragments)]
    )


def _arguments(field: FieldNode) -> Mapping[str, ValueNode]:
    return {argument.name.value: argument.value for argument in field.arguments or ()}


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for it in selections.selections:
        if isinstance(it, FieldNode):
            yield it
        elif isinstance(it, InlineFragmentNode):
            yield from _fields(it.selection_set, fragments)
        elif isinstance(it, FragmentSpreadNode):
            yield from _fields(fragments[it.name.value].selection_set, fragments)
