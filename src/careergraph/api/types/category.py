"""Category: a field of work."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from careergraph.api.base.arguments import After, Before, First, Last
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.page import PageArguments
from careergraph.api.base.view import View
from careergraph.api.types import career_page
from careergraph.api.types.node import Node
from careergraph.engine import content

if TYPE_CHECKING:
    from careergraph.api.types.career_page import CareerConnection


@object_type
class Category(Node):
    """A field of work. Every career is in exactly one."""

    of: strawberry.Private[content.Category]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the category."""
        return node_id("Category", self.view, self.of.slug)

    @field
    def slug(self) -> str:
        """The slug of the category."""
        return self.of.slug

    @field
    def name(self) -> str:
        """Its name."""
        return self.view.read(self.of.name)

    @field
    def summary(self) -> str:
        """What kind of work it holds; empty where the name says it all."""
        return self.view.read(self.of.summary)

    @field
    @traits(weight=40, wide="catalog")
    def careers(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Annotated["CareerConnection", strawberry.lazy("careergraph.api.types.career_page")]:
        """The careers in this category, by title."""
        return career_page.in_category(self.view, self.of.slug, PageArguments(first, after, last, before))
