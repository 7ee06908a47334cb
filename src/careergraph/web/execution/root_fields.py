"""The root fields of an operation with their arguments, also those within fragments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
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
    """A root field with its arguments, by their names: that of a variable where one is nothing but a variable, else
    its literal; `defaults` are those of the operation's variables."""

    field: str
    arguments: Mapping[str, str | ValueNode]
    defaults: Mapping[str, Any]

    def value(self, name: str, variables: Mapping[str, Any]) -> Any:
        """The value of an argument; None without one."""
        argument = self.arguments.get(name)
        if isinstance(argument, str):
            return variables[argument] if argument in variables else self.defaults.get(argument)
        return None if argument is None else value_from_ast_untyped(argument, {**self.defaults, **variables})


def root_fields_of(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[RootField, ...]:
    """The root fields of a valid operation, in their order."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    defaults = {
        node.variable.name.value: value_from_ast_untyped(node.default_value)
        for node in operation.variable_definitions or ()
        if node.default_value is not None
    }
    return tuple([_root_field(node, defaults) for node in _fields(operation.selection_set, fragments)])


def pair_reader(root_fields: Sequence[RootField]) -> Callable[[Mapping[str, Any]], tuple[Any, Any]] | None:
    """A function that reads the slugs of a pair out of the variables of a request, and raises KeyError where they are
    defaults. None unless an operation is one comparison of two variables, in the locale and the region of everybody."""
    if len(root_fields) != 1 or root_fields[0].field != "comparison":
        return None
    arguments = root_fields[0].arguments
    names = [name for name in (arguments.get("a"), arguments.get("b")) if isinstance(name, str)]
    return itemgetter(*names) if len(names) == 2 and arguments.keys().isdisjoint(("locale", "region")) else None


def _root_field(node: FieldNode, defaults: Mapping[str, Any]) -> RootField:
    values = {it.name.value: it.value for it in node.arguments or ()}
    arguments = {name: it.name.value if isinstance(it, VariableNode) else it for name, it in values.items()}
    return RootField(node.name.value, arguments, defaults)


def _fields(selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(selection.selection_set, fragments)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(fragments[selection.name.value].selection_set, fragments)
