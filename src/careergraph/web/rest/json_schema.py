"""JSON Schema of the result of an operation, from the GraphQL schema: one object for each selection."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLSchema,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)

Schema = dict[str, Any]

SCALARS: Mapping[str, Schema] = {
    "String": {"type": "string"},
    "ID": {"type": "string"},
    "Boolean": {"type": "boolean"},
    "Int": {"type": "integer", "format": "int32"},
    "Float": {"type": "number"},
    "Date": {"type": "string", "format": "date"},
    "DateTime": {"type": "string", "format": "date-time"},
}
"""The schemas of scalars; any other may be anything."""


class Selections:
    """Schemas of selections. Each fragment that is a whole selection becomes one of `components`, by its name; schemas
    refer to it at `place`."""

    def __init__(self, schema: GraphQLSchema, place: str = "#/components/schemas") -> None:
        self._schema, self._place = schema, place
        self._fragments: Mapping[str, FragmentDefinitionNode] = {}
        self._described: dict[str, FragmentDefinitionNode] = {}
        self.components: dict[str, Schema] = {}

    def of(self, field: FieldNode, kind: GraphQLOutputType, fragments: Mapping[str, FragmentDefinitionNode]) -> Schema:
        """The schema of a field's value in a document with these fragments."""
        self._fragments = fragments
        return self._value(kind, field.selection_set)

    def _value(self, kind: GraphQLOutputType | GraphQLInputType, selection: SelectionSetNode | None) -> Schema:
        if isinstance(kind, GraphQLNonNull):
            return self._present(kind.of_type, selection)
        return or_null(self._present(kind, selection))

    def _present(self, kind: Any, selection: SelectionSetNode | None) -> Schema:
        if isinstance(kind, GraphQLList):
            return {"type": "array", "items": self._value(kind.of_type, selection)}
        if selection is None:
            return of_leaf(kind)
        if (name := _whole(selection)) is None:
            return self._object(kind, selection)
        fragment = self._fragments[name]
        if self._described.setdefault(name, fragment) != fragment:
            raise ValueError(f"two operations have different fragments {name}")
        if name not in self.components:
            self.components[name] = self._object(kind, fragment.selection_set)
        return {"$ref": f"{self._place}/{name}"}

    def _object(self, kind: GraphQLNamedType, selection: SelectionSetNode) -> Schema:
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for owner, field in self._fields(kind, selection):
            key = field.alias.value if field.alias else field.name.value
            properties[key] = _either(properties.get(key), self._field(owner, field))
            if owner is kind and key not in required:
                required.append(key)
        described = {"description": kind.description} if kind.description else {}
        return {"type": "object", **described, "properties": properties, "required": required}

    def _field(self, owner: Any, field: FieldNode) -> Schema:
        if field.name.value == "__typename":
            types = self._schema.get_possible_types(owner) if is_abstract_type(owner) else [owner]
            return {"type": "string", "enum": sorted(it.name for it in types)}
        definition = owner.fields[field.name.value]
        schema = self._value(definition.type, field.selection_set)
        return schema | ({"description": definition.description} if definition.description else {})

    def _fields(self, kind: GraphQLNamedType, selection: SelectionSetNode) -> Iterator[tuple[Any, FieldNode]]:
        """The fields of a selection, each with the type that has it: another one's are not in every object."""
        for node in selection.selections:
            if isinstance(node, FieldNode):
                yield kind, node
                continue
            fragment: Any = self._fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            condition = fragment.type_condition
            owner = kind if condition is None else self._schema.type_map[condition.name.value]
            yield from self._fields(owner, fragment.selection_set)


def of_input(kind: GraphQLInputType) -> Schema:
    """The schema of a parameter."""
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLList):
        return {"type": "array", "items": of_leaf(get_named_type(inner))}
    return of_leaf(inner)


def of_leaf(kind: Any) -> Schema:
    """The schema of a scalar or an enum."""
    if isinstance(kind, GraphQLEnumType):
        return {"type": "string", "enum": sorted(kind.values)}
    return dict(SCALARS.get(kind.name, {}))


def or_null(schema: Schema) -> Schema:
    """The schema of a value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]} if schema else schema


def _whole(selection: SelectionSetNode) -> str | None:
    """The name of the fragment that is all of a selection; None for any other selection."""
    first, *others = selection.selections
    return first.name.value if isinstance(first, FragmentSpreadNode) and not others else None


def _either(one: Schema | None, other: Schema) -> Schema:
    return other if one is None or one == other else {"anyOf": [one, other]}
