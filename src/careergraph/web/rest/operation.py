"""ReadOperation: a query of the server's own, with the types of its variables and its root fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLInputType,
    GraphQLSchema,
    NamedTypeNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    parse,
    print_ast,
    type_from_ast,
    value_from_ast_untyped,
)

_INSTANT = "asOf"


@dataclass(frozen=True)
class ReadOperation:
    """A query: its name and the first sentence of the comment above it, its text, the root fields, and the types,
    defaults and descriptions of its variables."""

    title: str
    summary: str
    comment: str
    text: str
    fields: tuple[FieldNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, GraphQLInputType]
    defaults: Mapping[str, Any]
    descriptions: Mapping[str, str]


def read_operation(schema: GraphQLSchema, text: str, *, past: bool) -> ReadOperation:
    """Read the one operation of a document. With `past`, its root fields that read the past take `asOf`."""
    lines = [line.removeprefix("#").strip() for line in text.split("query", 1)[0].splitlines()]
    comment = " ".join(lines).strip()
    document = parse(text, no_location=True)
    (operation,) = (it for it in document.definitions if isinstance(it, OperationDefinitionNode))
    fragments = [it for it in document.definitions if isinstance(it, FragmentDefinitionNode)]
    if past:
        operation = _with_instant(schema, operation)
    declared = operation.variable_definitions or ()
    return ReadOperation(
        operation.name.value if operation.name else "",
        comment.split(". ")[0].split(": ")[0].rstrip(".") + ".",
        comment,
        print_ast(DocumentNode(definitions=(operation, *fragments))),
        _fields(operation),
        {it.name.value: it for it in fragments},
        {it.variable.name.value: _type(schema, it) for it in declared},
        {it.variable.name.value: value_from_ast_untyped(it.default_value) for it in declared if it.default_value},
        dict(_descriptions(schema, operation)),
    )


def root_field(schema: GraphQLSchema, node: FieldNode) -> GraphQLField:
    """The field of the type of queries that an operation selects. Raises LookupError for a schema without it."""
    if schema.query_type is None:
        raise LookupError(node.name.value)
    fields: Mapping[str, GraphQLField] = schema.query_type.fields
    return fields[node.name.value]


def _fields(operation: OperationDefinitionNode) -> tuple[FieldNode, ...]:
    return tuple([it for it in operation.selection_set.selections if isinstance(it, FieldNode)])


def _type(schema: GraphQLSchema, variable: VariableDefinitionNode) -> GraphQLInputType:
    kind: Any = type_from_ast(schema, variable.type)
    return cast("GraphQLInputType", kind)


def _descriptions(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Iterator[tuple[str, str]]:
    """The variables that are arguments of root fields, or fields of one, with their descriptions."""
    for field in _fields(operation):
        arguments = root_field(schema, field).args
        for node in field.arguments or ():
            argument, value = arguments[node.name.value], node.value
            if isinstance(value, ObjectValueNode):
                members: Any = getattr(argument.type, "fields", {})
                yield from _described((it, members[it.name.value].description) for it in value.fields)
            else:
                yield from _described([(node, argument.description)])


def _described(nodes: Any) -> Iterator[tuple[str, str]]:
    pairs: Iterator[tuple[ArgumentNode | ObjectFieldNode, str | None]] = iter(nodes)
    for node, description in pairs:
        value: ValueNode = node.value
        if isinstance(value, VariableNode) and description:
            yield value.name.value, description


def _with_instant(schema: GraphQLSchema, operation: OperationDefinitionNode) -> OperationDefinitionNode:
    """The operation with a variable for the instant whose catalog it reads, where its fields read the past."""
    variable = VariableNode(name=NameNode(value=_INSTANT))
    argument = ArgumentNode(name=NameNode(value=_INSTANT), value=variable)
    fields = tuple(
        replace(field, arguments=(*(field.arguments or ()), argument))
        if _INSTANT in root_field(schema, field).args
        else field
        for field in _fields(operation)
    )
    if fields == _fields(operation):
        return operation
    declared = VariableDefinitionNode(variable=variable, type=NamedTypeNode(name=NameNode(value="DateTime")))
    return replace(
        operation,
        variable_definitions=(*(operation.variable_definitions or ()), declared),
        selection_set=replace(operation.selection_set, selections=fields),
    )
