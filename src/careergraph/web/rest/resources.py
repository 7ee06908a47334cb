"""The resources of the REST view: an address, and the operation that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from re import findall
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
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
    parse,
    print_ast,
    type_from_ast,
)

from careergraph.api.changes.page_documents import CAREER, CATEGORY, COLLECTION, COMPARISON, SKILL, text_of

_FOLDER = Path(__file__).parent / "operations"
_INSTANT = "asOf"

PATHS: Mapping[str, str] = {
    "/careers": "careers",
    "/careers/{slug}": CAREER,
    "/skills": "skills",
    "/skills/{slug}": SKILL,
    "/categories": "categories",
    "/categories/{slug}": CATEGORY,
    "/collections": "collections",
    "/collections/{slug}": COLLECTION,
    "/comparisons": "comparisons",
    "/comparisons/{a}/{b}": COMPARISON,
    "/several": "several",
    "/paths/{from}/{to}": "path",
    "/search": "search",
}
"""The operation of each resource, by its path. Those of pages are the documents that `changes` compares."""


@dataclass(frozen=True)
class Resource:
    """A resource: its path with `{names}` in it, the text of its operation, the one root field, and the types of its
    variables. `title` is the operation's name, `summary` the comment above it."""

    path: str
    title: str
    summary: str
    text: str
    field: FieldNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, GraphQLInputType]

    @property
    def names(self) -> list[str]:
        """The variables that stand in its path."""
        return findall(r"{(\w+)}", self.path)


def read_resources(schema: GraphQLSchema) -> list[Resource]:
    """All resources. Every operation whose root field reads the past takes `asOf`."""
    return [_read(schema, path, _text(name)) for path, name in PATHS.items()]


def root_field(schema: GraphQLSchema, node: FieldNode) -> GraphQLField:
    """The field of the type of queries that an operation selects. Raises LookupError for a schema without it."""
    if schema.query_type is None:
        raise LookupError(node.name.value)
    fields: Mapping[str, GraphQLField] = schema.query_type.fields
    return fields[node.name.value]


def _text(name: str) -> str:
    file = _FOLDER / f"{name}.graphql"
    return file.read_text(encoding="utf-8") if file.exists() else text_of(name)


def _read(schema: GraphQLSchema, path: str, text: str) -> Resource:
    comment = " ".join(line.removeprefix("#").strip() for line in text.split("query", 1)[0].splitlines())
    document = parse(text, no_location=True)
    (operation,) = (it for it in document.definitions if isinstance(it, OperationDefinitionNode))
    fragments = [it for it in document.definitions if isinstance(it, FragmentDefinitionNode)]
    if _INSTANT in root_field(schema, _field(operation)).args:
        operation = _with_instant(operation)
    return Resource(
        path,
        operation.name.value if operation.name else path,
        comment.split(". ")[0].split(": ")[0].rstrip(".") + ".",
        print_ast(DocumentNode(definitions=(operation, *fragments))),
        _field(operation),
        {it.name.value: it for it in fragments},
        {it.variable.name.value: _type(schema, it) for it in operation.variable_definitions or ()},
    )


def _field(operation: OperationDefinitionNode) -> FieldNode:
    """The one root field of an operation."""
    (field,) = (it for it in operation.selection_set.selections if isinstance(it, FieldNode))
    return field


def _type(schema: GraphQLSchema, variable: VariableDefinitionNode) -> GraphQLInputType:
    kind: Any = type_from_ast(schema, variable.type)
    return cast("GraphQLInputType", kind)


def _with_instant(operation: OperationDefinitionNode) -> OperationDefinitionNode:
    """The operation with a variable for the instant whose catalog it reads."""
    variable = VariableNode(name=NameNode(value=_INSTANT))
    declared = VariableDefinitionNode(variable=variable, type=NamedTypeNode(name=NameNode(value="DateTime")))
    field = _field(operation)
    argument = ArgumentNode(name=NameNode(value=_INSTANT), value=variable)
    field = replace(field, arguments=(*(field.arguments or ()), argument))
    return replace(
        operation,
        variable_definitions=(*(operation.variable_definitions or ()), declared),
        selection_set=replace(operation.selection_set, selections=(field,)),
    )
