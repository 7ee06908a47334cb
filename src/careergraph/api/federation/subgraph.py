"""The schema of the subgraph."""

from functools import cache

import strawberry

from careergraph.api.federation.entities import REPRESENTATION
from careergraph.api.federation.query import Query
from careergraph.api.federation.subgraph_sdl import subgraph_sdl
from careergraph.api.schema import build_schema


@cache
def subgraph() -> strawberry.Schema:
    """Return the schema that an application with `federation` serves. The first call takes half a second."""
    subgraph_sdl()  # now, rather than in the first request for it
    return build_schema(query=Query, scalars=REPRESENTATION)
