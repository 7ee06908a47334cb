"""The schema of readers: the public one without the editors' side, which takes longer to build than all else."""

from collections.abc import Mapping

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from careergraph.api.base.scalars import SCALARS
from careergraph.api.base.strawberry_patches import straight_to_methods, without_null_defaults
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.query import ReadersQuery, Subscription
from careergraph.api.types.value import Value


def build_schema(
    query: type,
    mutation: type | None = None,
    *,
    sort: bool = False,
    scalars: Mapping[object, ScalarDefinition] = SCALARS,
) -> strawberry.Schema:
    """A schema of its own; may be called any number of times. `sort` puts everything in it in alphabetical order;
    `scalars` may hold more than the public ones."""
    built = strawberry.Schema(
        query=query,
        mutation=mutation,
        subscription=Subscription,
        types=Value.__subclasses__(),
        execution_context_class=StandardExecutor,
        config=StrawberryConfig(sort_schema=sort, scalar_map={**SCALARS, **scalars}),
    )
    without_null_defaults(built._schema)
    straight_to_methods(built._schema)
    return built


EDITORS_FIELDS = frozenset(("editor",))
"""The root fields of the public schema's queries that readers have none of."""

readers_schema = build_schema(ReadersQuery)
"""The part of the public schema that an application begins with. A document that fits it fits the public schema, with
the same response, unless it asks for the schema itself."""
