"""The root fields of an operation with their arguments, also those within fragments."""

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
    """A root field and its arguments as literals; `defaults` are those of the operation's variables."""

    field: str
    arguments: Mapping[str, ValueNode]
    defaults: Mapping[str, Any]

    def value(self, name: str, variables: Mapping[str, Any]) -> Any:
        """The value of an argument; None without one."""
        node = self.arguments.get(name)
        if node is None:
            return None
        if isinstance(node, VariableNode):
            return variables.get(node.name.value, self.defaults.get(node.name.value))
        return value_from_ast_untyped(node, {**self.defaults, **variables})


def root_fields_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[RootField, ...]:
    """The root fields of a valid operation, in their order."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    defaults = {
        node.variable.name.value: value_from_ast_untyped(node.default_value)
        for node in operation.variable_definitions or ()
        if node.default_value is not None
    }
    return tuple(
        [RootField(node.name.value, _arguments(node), defaults) for node in _fields(operation.selection_set, fragments)]
    )


def _arguments(field: FieldNode) -> Mapping[str, ValueNode]:
    return {argument.name.value: argument.value for argument in field.arguments or ()}


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value].selection_set, fragments)
