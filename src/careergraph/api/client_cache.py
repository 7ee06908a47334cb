"""The settings of normalized caches of clients, from the schema.

An `id` is that of an object in one locale, region and instant, so objects with one are kept by it, and one that is read
in two languages is two entries. All others are parts of the object around them, and never shared.
"""

from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, GraphQLUnionType

_CONNECTION, _PAGING = "Connection", ("first", "after", "last", "before")


def cache_settings(schema: GraphQLSchema) -> dict[str, Any]:
    """The types that an interface or a union may be, the types without an id, and the fields that are read page by
    page, with the arguments that tell their lists apart."""
    types = [it for name, it in sorted(schema.type_map.items()) if not name.startswith("__")]
    objects = [it for it in types if isinstance(it, GraphQLObjectType)]
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    return {
        "possibleTypes": {
            each.name: sorted(it.name for it in schema.get_possible_types(each))
            for each in types
            if isinstance(each, GraphQLInterfaceType | GraphQLUnionType)
        },
        "embedded": [it.name for it in objects if not _has_id(it) and it not in roots],
        "lists": {each.name: lists for each in objects if (lists := _lists(each))},
    }


def _has_id(kind: GraphQLObjectType) -> bool:
    """Return whether objects of a type have an id of ours. One in somebody else's scheme is a string, and no other."""
    return "id" in kind.fields and str(kind.fields["id"].type) == "ID!"


def _lists(kind: GraphQLObjectType) -> dict[str, list[str]]:
    return {
        name: [it for it in field.args if it not in _PAGING]
        for name, field in kind.fields.items()
        if str(field.type).rstrip("!").endswith(_CONNECTION)
    }
