"""The schema, and its text."""

from collections.abc import Mapping
from functools import cache

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from careergraph.api.base.scalars import SCALARS
from careergraph.api.base.strawberry_patches import straight_to_methods, without_null_defaults
from careergraph.api.editing.mutations.mutation import Mutation
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.query import Query, Subscription
from careergraph.api.types.value import Value


def build_schema(
    *, sort: bool = False, query: type = Query, scalars: Mapping[object, ScalarDefinition] = SCALARS
) -> strawberry.Schema:
    """A schema of its own; may be called any number of times. `sort` puts everything in it in alphabetical order;
    `query` and `scalars` may hold more than the public ones."""
    built = strawberry.Schema(
        query=query,
        mutation=Mutation,
        subscription=Subscription,
        types=Value.__subclasses__(),
        execution_context_class=StandardExecutor,
        config=StrawberryConfig(sort_schema=sort, scalar_map={**SCALARS, **scalars}),
    )
    without_null_defaults(built._schema)
    straight_to_methods(built._schema)
    return built


schema = build_schema()
"""The schema that the application serves."""


@cache
def sdl() -> str:
    """The schema as a text, sorted, so that two texts differ only where the schemas do."""
    # Every tool knows `@oneOf`, a directive of the specification, and some refuse to have it defined again.
    return build_schema(sort=True).as_str().removeprefix("directive @oneOf on INPUT_OBJECT").strip() + "\n"
