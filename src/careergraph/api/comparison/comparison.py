"""Comparison: two careers side by side."""

from datetime import datetime
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Most, checked_count
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import Side
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.comparison.glance import Glance
from careergraph.api.comparison.pair_editorial import PairEditorial
from careergraph.api.comparison.skill_matching import SkillsComparison
from careergraph.api.comparison.transition import Transition
from careergraph.api.comparison.verdict import Verdict
from careergraph.api.comparison.weights import Weighing, marks
from careergraph.api.types.career import NEIGHBOURS, Career, careers_of
from careergraph.api.types.collection import Collection
from careergraph.api.types.node import Node
from careergraph.api.types.statement import Statement, statements_of
from careergraph.engine.comparison import compare, opening
from careergraph.engine.content import outcome

From = Annotated[Side, strawberry.argument(name="from", description="The career to move from.")]


@object_type
class Lead:
    """A paragraph, with the statements that it is made of."""

    of: strawberry.Private[opening.Lead]
    view: strawberry.Private[View]

    @field
    def text(self) -> str:
        """The paragraph."""
        return self.of.text

    @field
    @traits(size=6)
    def statements(self) -> list[Statement]:
        """Its sentences, in order."""
        return statements_of(self.of.statements, self.view)


@object_type
class Comparison(Node):
    """Two careers compared. The comparison of b and a is its mirror image."""

    of: strawberry.Private[compare.Comparison]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the comparison, with its careers in this order and its weights."""
        return node_id("Comparison", self.view, self.of.a.slug, self.of.b.slug, *marks(self.of.weights))

    @field
    def slug(self) -> str:
        """The slugs of both careers with `-vs-` between them, in the order that was asked for."""
        return self.of.slug

    @field
    def canonical_slug(self) -> str:
        """The slugs of both careers with `-vs-` between them, in the order of the alphabet: the one address of a pair
        and its mirror image."""
        return self.of.canonical_slug

    @field
    def title(self) -> str:
        """The titles of both careers, with `vs` between them."""
        return self.of.title

    @field
    def updated_at(self) -> datetime:
        """When either career was last published, which is the date for a sitemap."""
        return self.of.updated_at

    @field
    def a(self) -> Career:
        """The career that was named first."""
        return Career(self.of.a, self.view)

    @field
    def b(self) -> Career:
        """The career that was named second."""
        return Career(self.of.b, self.view)

    @field
    def region(self) -> str | None:
        """The region that the figures were chosen by; null where none was."""
        return self.view.localized.region

    @field
    @traits(weight=5, size=7)
    def summary(self) -> list[Statement]:
        """All that there is to summarise, a sentence each; `lead` is the short form of it."""
        return statements_of(self.of.summary, self.view)

    @field
    @traits(weight=8)
    def lead(self) -> Lead:
        """The paragraph of a page: at most three sentences and 320 characters, from the same facts as what follows. Of
        a career's title longer than 40 characters only 40 count."""
        return Lead(self.of.lead, self.view)

    @field
    @traits(weight=6)
    def description(self) -> str:
        """What search engines show: the title, then figures of both, in at most 155 characters."""
        return self.of.description

    @field
    @traits(weight=3)
    def glance(self) -> Glance:
        """At a Glance: a table of both careers' values."""
        return Glance(self.of, self.view)

    @field
    @traits(weight=1)
    def weighed(self) -> Weighing | None:
        """Who is ahead by the reader's own weights; null without weights."""
        return None if self.of.weighed is None else Weighing(self.of.weighed, self.view)

    @field
    @traits(weight=3)
    def skills(self) -> SkillsComparison:
        """Skills Analysis: what both can do, and what only one of them can."""
        return SkillsComparison(self.of, self.view)

    @field
    @traits(weight=5)
    def verdict(self) -> Verdict:
        """Which Career Should You Choose, and the conclusion."""
        return Verdict(self.of, self.view)

    @field
    @traits(weight=5)
    def transition(self, side: From = Side.A) -> Transition:
        """How hard it is to move from one of the two careers to the other."""
        return Transition(self.of.transition(outcome.Side(side.value)), self.view)

    @field
    @traits(share=0.3)
    def editorial(self) -> PairEditorial | None:
        """What an editor says of the pair, which is no statement of the engine; null where nobody said anything."""
        notes = self.view.catalog.pairs_notes.get(self.of.canonical_slug)
        return None if notes is None else PairEditorial(notes, self.view)

    @field
    @traits(weight=3, size=5, wide="collections")
    def collections(self) -> list[Collection]:
        """The collections that hold either career, those that hold both first."""
        return [Collection(it, self.view) for it in self.of.collections]

    @field
    @traits(weight=5, wide="catalog")
    def compare_with(self, first: Most = NEIGHBOURS) -> list[Career]:
        """Other careers worth comparing with a or b, best first."""
        return careers_of(self.of.compare_with(checked_count(first, NEIGHBOURS)), self.view)

    @field
    @traits(wide="catalog")
    def catalog_version(self) -> int:
        """The version of the catalog that the comparison follows from."""
        return self.view.catalog.version
