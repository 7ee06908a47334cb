"""Types: which class stands behind an object type, and which object types a class may be shown as."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, is_abstract_type
from strawberry.schema.schema_converter import GraphQLCoreConverter

from careergraph.api.compiler.expression import Unplanned


class Types:
    """The object types of a schema by their classes, without those that decide for themselves what belongs to them."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._by_class: Mapping[type, GraphQLObjectType] = dict(_found(schema))

    def object_type(self, type_: Any, cls: type) -> GraphQLObjectType:
        """The object type of a class. Raises Unplanned where it does not fit the type of a field."""
        object_type = self._by_class.get(cls)
        if object_type is None or not (
            object_type is type_ or (is_abstract_type(type_) and self._schema.is_sub_type(type_, object_type))
        ):
            raise Unplanned(f"{cls.__name__} does not fit")
        return object_type

    def of(self, cls: type) -> GraphQLObjectType:
        """The object type of a class that is known to have one."""
        return self._by_class[cls]

    def behind(self, type_: GraphQLObjectType) -> type:
        """The class of an object type. Raises Unplanned where there is none."""
        cls = next((cls for cls, it in self._by_class.items() if it is type_), None)
        if cls is None:
            raise Unplanned("the type is a host's")
        return cls

    def possible(self, type_: Any) -> list[type]:
        """The classes that an interface or a union may be."""
        names = {it.name for it in self._schema.get_possible_types(type_)}
        return [cls for cls, it in self._by_class.items() if it.name in names]


def _found(schema: GraphQLSchema) -> Iterator[tuple[type, GraphQLObjectType]]:
    for type_ in schema.type_map.values():
        definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if isinstance(type_, GraphQLObjectType) and definition is not None and definition.is_type_of is None:
            yield definition.origin, type_
