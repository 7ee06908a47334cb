"""Traits: what the server has to know of a field before it runs it, said where the field is defined."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from graphql import GraphQLField
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

Resolver = TypeVar("Resolver", bound=Callable[..., Any])

USUAL_SIZE = 8
"""Items of a list that has no count among its arguments and declares no size."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a field costs, and what its answer follows from.

    One unit of cost is about 20 microseconds of work. A field costs its `weight`, and what is selected below it as
    many times as it has items: `first` or `last` where it has them, `size` otherwise; an optional object counts
    with the `share` of objects that have it. Without a weight a field costs what plain fields of its kind do.

    An answer with a `wide` field follows from documents that its arguments do not name: from any of `attributes`,
    `collections` or `skills`, or of the whole `catalog`. One with a `personal` field follows from who asks, one with a
    `past` field from a catalog of the past, which may have to be read first, whatever its arguments are.
    """

    weight: float | None = None
    size: int = USUAL_SIZE
    share: float = 1.0
    wide: str | None = None
    personal: bool = False
    past: bool = False


PLAIN = Traits()
"""The traits of a field that declares none."""

_NAME = "__careergraph_traits__"


def traits(  # noqa: PLR0913 - each says one thing of a field
    *,
    weight: float | None = None,
    size: int = USUAL_SIZE,
    share: float = 1.0,
    wide: str | None = None,
    personal: bool = False,
    past: bool = False,
) -> Callable[[Resolver], Resolver]:
    """Declares the traits of a field; stands right above its method, below `@field`."""

    def decorated(resolver: Resolver) -> Resolver:
        setattr(resolver, _NAME, Traits(weight, size, share, wide, personal, past))
        return resolver

    return decorated


def traits_of(field: GraphQLField) -> Traits:
    """The traits that were declared for a field of a schema."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    resolver = definition.base_resolver if isinstance(definition, StrawberryField) else None
    traits = getattr(resolver.wrapped_func, _NAME, PLAIN) if resolver is not None else PLAIN
    return traits if isinstance(traits, Traits) else PLAIN
