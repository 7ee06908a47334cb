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


class Call(NamedTuple):
    """A root field and its arguments, as they are written."""

    field: str
    arguments: Mapping[str, ValueNode]

    def value(self, name: str, variables: Mapping[str, Any]) -> Any:
        """The value of an argument; None where it is not given."""
        node = self.arguments.get(name)
        if isinstance(node, VariableNode):
            return variables.get(node.name.value)
        return None if node is None else value_from_ast_untyped(node, dict(variables))


def calls_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[Call, ...]:
    """The calls of an operation that passed validation, in their order."""
    fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
    return tuple(_calls(operation.selection_set, fragments))


def _calls(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[Call]:
    for it in selections.selections:
        if isinstance(it, FieldNode):
            yield Call(it.name.value, {argument.name.value: argument.value for argument in it.arguments or ()})
        elif isinstance(it, InlineFragmentNode):
            yield from _calls(it.selection_set, fragments)
        elif isinstance(it, FragmentSpreadNode):
            yield from _calls(fragments[it.name.value].selection_set, fragments)
