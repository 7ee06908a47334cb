"""RelatedCareer and PublishedRelation: careers near another one, by this catalog's measure and by others' word."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import Component
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.types import career
from careergraph.api.types.source import Source
from careergraph.api.types.worth import SharedItem
from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.similarity.published_relations import Relation
from careergraph.engine.similarity.vectors import WEIGHTS, Part, parts_of

if TYPE_CHECKING:
    from careergraph.api.types.career import Career


@object_type
class Likeness:
    """How alike two careers are in one component."""

    of: strawberry.Private[Part]
    view: strawberry.Private[View]

    @field
    def component(self) -> Component:
        """The component."""
        return self.of.component

    @field
    def similarity(self) -> float:
        """How alike the two are in it, from 0 to 1."""
        return self.of.similarity

    @field
    def weight(self) -> float:
        """How much it weighs. The score is the mean of the components by their weights."""
        return WEIGHTS[self.of.component]


@object_type
class RelatedCareer:
    """A career near another one, by what the catalog says of both."""

    of: strawberry.Private[Neighbour]
    view: strawberry.Private[View]

    @field
    def career(self) -> Annotated["Career", strawberry.lazy("careergraph.api.types.career")]:
        """The other career."""
        return career.Career(self.view.catalog.careers[self.of.slug], self.view)

    @field
    def score(self) -> float:
        """How near the two are, from 0 to 1: the mean of `components` by their weights. It says how alike the
        descriptions of the work are, not how many people move from one to the other."""
        return self.of.score

    @field
    @traits(size=6)
    def components(self) -> list[Likeness]:
        """What made the score: the components that both careers have."""
        return [Likeness(it, self.view) for it in parts_of(self.of.likeness)]

    @field
    @traits(size=3)
    def shared(self) -> list[SharedItem]:
        """What the two have in common that says most: at most three things."""
        return [SharedItem(it, self.view) for it in self.of.shared]


@object_type
class PublishedRelation:
    """That a source calls a career related to another one. Nothing here was computed by us."""

    of: strawberry.Private[Relation]
    view: strawberry.Private[View]

    @field
    def career(self) -> Annotated["Career", strawberry.lazy("careergraph.api.types.career")]:
        """The other career."""
        return career.Career(self.of.career, self.view)

    @field
    def rank(self) -> int:
        """Its place in the source's list, from 1; places of careers that are not published here are missing."""
        return self.of.rank

    @field
    def source(self) -> Source:
        """Who says so."""
        return Source(self.of.source)
