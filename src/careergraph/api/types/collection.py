"""Collection: careers that an editor put together."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.types import career
from careergraph.api.types.node import Node
from careergraph.engine import content

if TYPE_CHECKING:
    from careergraph.api.types.career import Career


@object_type
class Collection(Node):
    """A list of careers that an editor put together."""

    of: strawberry.Private[content.Collection]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the collection."""
        return node_id("Collection", self.view, self.of.slug)

    @field
    def slug(self) -> str:
        """The slug of the collection."""
        return self.of.slug

    @field
    def title(self) -> str:
        """Its title."""
        return self.view.read(self.of.title)

    @field
    def summary(self) -> str:
        """What its careers have in common; empty where the title says it all."""
        return self.view.read(self.of.summary)

    @field
    @traits(size=10, wide="catalog")
    def careers(self) -> list[Annotated["Career", strawberry.lazy("careergraph.api.types.career")]]:
        """Its careers, in the editor's order."""
        careers = self.view.catalog.careers
        return [career.Career(careers[slug], self.view) for slug in self.of.careers if slug in careers]
