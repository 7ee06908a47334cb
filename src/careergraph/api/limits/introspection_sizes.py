"""The sizes of the lists in an introspection, counted in the schema."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, is_abstract_type

ALL_TYPES = 0
"""The page size that means "of all types": right below `__schema.types`, the mean counts."""

WRAPPED = 0.6
"""The mean number of types that a type wraps (`ofType`): half of all types of fields are required, some are lists."""


class IntrospectionSizes:
    """The number of items of each list: the mean over all types, and the maximum."""

    def __init__(self, schema: GraphQLSchema) -> None:
        types = list(schema.type_map.values())
        composite = [type_ for type_ in types if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
        fields = [field for type_ in composite for field in type_.fields.values()]
        self._types = len(types)
        self._sizes = {
            "fields": _mean_and_most(types, lambda it: _count(it, "fields") if hasattr(it, "interfaces") else 0),
            "inputFields": _mean_and_most(types, lambda it: 0 if hasattr(it, "interfaces") else _count(it, "fields")),
            "interfaces": _mean_and_most(types, lambda it: _count(it, "interfaces")),
            "enumValues": _mean_and_most(types, lambda it: _count(it, "values")),
            "possibleTypes": _mean_and_most(
                types, lambda it: len(schema.get_possible_types(it)) if is_abstract_type(it) else 0
            ),
            "args": _mean_and_most(fields, lambda it: _count(it, "args")),
            "directives": (float(len(schema.directives)), len(schema.directives)),
            "locations": (4.0, 20),
            "ofType": (WRAPPED, WRAPPED),
        }

    def items(self, name: str, *, of_all: bool) -> tuple[float, int]:
        """The number of items of a field, and the page size right below it."""
        if name == "types":
            return self._types, ALL_TYPES
        mean, most = self._sizes.get(name, (1, 1))
        # a field of all types has a mean too; of one type it may have the maximum
        return (mean, ALL_TYPES if name == "fields" else 1) if of_all else (most, 1)


@lru_cache(maxsize=4)
def introspection_sizes(schema: GraphQLSchema) -> IntrospectionSizes:
    """The sizes of a schema, counted once."""
    return IntrospectionSizes(schema)


def _count(item: Any, name: str) -> int:
    return len(getattr(item, name, None) or ())


def _mean_and_most(items: Iterable[Any], count: Callable[[Any], int]) -> tuple[float, float]:
    counts = [count(item) for item in items] or [1]
    return sum(counts) / len(counts), max(counts)
