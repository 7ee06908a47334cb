"""The sizes of the lists that an introspection walks through, counted in the schema itself."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from graphql import GraphQLSchema, is_abstract_type

ALL_TYPES = 0
"""The size of page that stands for "of all types": what lies right below `__schema.types`, where the mean counts."""

WRAPPED = 0.6
"""How many types a type wraps (`ofType`), in the mean: half of all types of fields are required, and some are lists."""


class IntrospectionSizes:
    """How many items each list of the introspection has: their mean over all types, and the most that one has."""

    def __init__(self, schema: GraphQLSchema) -> None:
        types = list(schema.type_map.values())
        fields = [field for type_ in types if hasattr(type_, "interfaces") for field in _parts(type_, "fields")]
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
        """How many items a field of the introspection has, and the size of page that holds right below it."""
        if name == "types":
            return self._types, ALL_TYPES
        mean, most = self._sizes.get(name, (1, 1))
        # what a field of all types has is a mean as well; of one type it may be the most
        return (mean, ALL_TYPES if name == "fields" else 1) if of_all else (most, 1)


@lru_cache(maxsize=4)
def introspection_sizes(schema: GraphQLSchema) -> IntrospectionSizes:
    """The sizes of a schema, counted once."""
    return IntrospectionSizes(schema)


def _parts(type_: Any, name: str) -> list[Any]:
    return list(getattr(type_, name, {}).values())


def _count(item: Any, name: str) -> int:
    return len(getattr(item, name, None) or ())


def _mean_and_most(items: Iterable[Any], count: Callable[[Any], int]) -> tuple[float, float]:
    counts = [count(item) for item in items] or [1]
    return sum(counts) / len(counts), max(counts)
