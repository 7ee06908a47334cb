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
    """A root field with its arguments: `variables` are the names of those that are nothing but a variable, and
    `literals` hold the others; `defaults` are those of the operation's variables."""

    field: str
    variables: Mapping[str, str]
    literals: Mapping[str, ValueNode]
    defaults: Mapping[str, Any]

    def value(self, name: str, variables: Mapping[str, Any]) -> Any:
        """The value of an argument; None without one."""
        if (variable := self.variables.get(name)) is not None:
            return variables[variable] if variable in variables else self.defaults.get(variable)
        if (node := self.literals.get(name)) is None:
            return None
        return value_from_ast_untyped(node, {**self.defaults, **variables})


def root_fields_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[RootField, ...]:
    """The root fields of a valid operation, in their order."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    defaults = {
        node.variable.name.value: value_from_ast_untyped(node.default_value)
        for node in operation.variable_definitions or ()
        if node.default_value is not None
    }
    return tuple([_root_field(node, defaults) for node in _fields(operation.selection_set, fragments)])


def _root_field(node: FieldNode, defaults: Mapping[str, Any]) -> RootField:
    arguments = {it.name.value: it.value for it in node.arguments or ()}
    variables = {name: it.name.value for name, it in arguments.items() if isinstance(it, VariableNode)}
    literals = {name: it for name, it in arguments.items() if name not in variables}
    return RootField(node.name.value, variables, literals, defaults)


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value].selection_set, fragments)
