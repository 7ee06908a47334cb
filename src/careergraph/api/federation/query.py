"""Query: the public root fields, and the two that a gateway asks a subgraph for."""

from typing import Annotated

from careergraph.api import editors_query
from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, argument, attr, computed, object_type, root_type
from careergraph.api.federation.entities import Entity, Representation, resolve
from careergraph.api.federation.subgraph_sdl import subgraph_sdl
from careergraph.api.query import QUERIES

Representations = Annotated[
    list[Representation], argument("The entities, each by its `__typename` and one of its keys.")
]


@object_type(str, "The subgraph, to be composed with others.", name="_Service")
class Service(Mirror):
    sdl: str = attr("The schema of the subgraph, with the directives of Federation.", "of", cost=20)


@root_type(QUERIES)
class Query(editors_query.Query):
    @computed("The subgraph, to be composed with others.", name="_service")
    def subgraph(self) -> Service:
        return Service(subgraph_sdl())

    @computed(
        "Entities by their representations, in the same order, at most 1,000. One that cannot be resolved is null, "
        "with its own error. They are read in the default locale, unless `locale` is a part of the key.",
        name="_entities",
        cost=1,
        depends_on="catalog",
    )
    def entities(self, info: Info, representations: Representations) -> list[Entity | None]:
        return resolve(info, representations)
