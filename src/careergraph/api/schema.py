"""The public schema, and its text."""

from collections.abc import Mapping
from functools import cache

import strawberry
from strawberry.types.scalar import ScalarDefinition

from careergraph.api import readers_schema
from careergraph.api.base.scalars import SCALARS
from careergraph.api.editing.mutations.mutation import Mutation
from careergraph.api.editors_query import Query


def build_schema(
    *, sort: bool = False, query: type = Query, scalars: Mapping[object, ScalarDefinition] = SCALARS
) -> strawberry.Schema:
    """A schema of its own; may be called any number of times. `sort` puts everything in it in alphabetical order;
    `query` and `scalars` may hold more than the public ones."""
    return readers_schema.build_schema(query, Mutation, sort=sort, scalars=scalars)


schema = build_schema()
"""The schema that the application serves. It begins with the part that readers ask, `readers_schema`."""


@cache
def sdl() -> str:
    """The schema as a text, sorted, so that two texts differ only where the schemas do."""
    # Every tool knows `@oneOf`, a directive of the specification, and some refuse to have it defined again.
    return build_schema(sort=True).as_str().removeprefix("directive @oneOf on INPUT_OBJECT").strip() + "\n"
