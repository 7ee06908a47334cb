"""Types: the classes behind object types, the declarations behind fields, and the fields that are selected."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_object_type
from graphql.execution.collect_fields import FieldDetailsList
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from careergraph.api.base.declaration import Declaration, MirrorType, declaration_of, mirror_type
from careergraph.api.compiler.fallback import Reason, Unplanned
from careergraph.engine.text.statement import Statement

Object = Mapping[str, str]
"""The places of an object (`of`, `view`, perhaps `parent`), each with the local variable that holds it."""


Collect = Callable[[Any, FieldDetailsList], Mapping[str, FieldDetailsList]]
"""Gives the fields that are selected below some, by the type of these."""


class Selected(NamedTuple):
    """A selected field: its nodes, the object that it is of, whether its value is a GraphQL object already, and whether
    that is asked for alone, by a field of the root."""

    details: FieldDetailsList
    source: Object
    computed: bool
    alone: bool


class Types:
    """The object types of a schema by their classes, but for those that choose their objects."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._by_class: Mapping[type, GraphQLObjectType] = dict(_classes(schema))
        self._by_name = {type_.name: cls for cls, type_ in self._by_class.items()}

    def of(self, cls: type) -> GraphQLObjectType:
        """Return the object type of a class that has one."""
        return self._by_class[cls]

    def of_type(self, type_: GraphQLObjectType) -> type | None:
        """Return the class of an object type, where it has one."""
        return self._by_name.get(type_.name)

    def behind(self, type_: GraphQLObjectType) -> type:
        """Return the class of an object type. Raises Unplanned for a type of a host."""
        cls = self._by_name.get(type_.name)
        if cls is None:
            raise Unplanned(Reason.HOST, "a type is a host's")
        self.mirrors(cls)
        return cls

    def mirrors(self, cls: type) -> MirrorType:
        """Return what a class declares of its objects. Raises Unplanned for a class of a host."""
        if (mirrors := mirror_type(cls)) is None:
            raise Unplanned(Reason.HOST, "a type is a host's")
        return mirrors

    def possible(self, type_: Any) -> list[type]:
        """Return the declared classes that an interface or a union may be."""
        classes = [self._by_name[it.name] for it in self._schema.get_possible_types(type_) if it.name in self._by_name]
        return [cls for cls in classes if mirror_type(cls) is not None]

    def order(self, type_: GraphQLObjectType, details: FieldDetailsList, collect: Collect) -> int:
        """Return 0 for a selected field of statements that may be made in bytes, 1 for another side of its object with
        such a field, and 2 for any other: what these would work out on their own is there when statements were made."""
        field = type_.fields.get(details[0].node.name.value)
        declaration = None if field is None else declaration_of(field)
        if field is None or declaration is None:
            return 2
        below: Any = get_named_type(field.type)
        if declaration.narrated and self.mirrors(self.behind(below)).engine is Statement:
            return 0
        if declaration.source != "of" or not is_object_type(below):
            return 2
        return 1 if any(self.order(below, it, collect) == 0 for it in collect(below, details).values()) else 2


def _classes(schema: GraphQLSchema) -> Iterator[tuple[type, GraphQLObjectType]]:
    for type_ in schema.type_map.values():
        definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if isinstance(type_, GraphQLObjectType) and definition is not None and definition.is_type_of is None:
            yield definition.origin, type_


def declared(field: GraphQLField) -> tuple[Declaration, StrawberryField]:
    """Return the declaration of a field. Raises Unplanned for a host's field, and for ours with a host's additions."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    declaration = declaration_of(field)
    if declaration is None or not isinstance(definition, StrawberryField):
        raise Unplanned(Reason.HOST, "a field is a host's")
    if definition.is_async or definition.extensions or definition.permission_classes:
        raise Unplanned(Reason.HOST, "a field is more than its declaration")
    return declaration, definition
