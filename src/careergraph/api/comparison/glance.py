"""Glance: the table at the top of a comparison."""

import strawberry

from careergraph.api.base.arguments import AttributeKey
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import Obstacle, Outcome, Side
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.comparison.weights import marks
from careergraph.api.types.attribute import Attribute, known_attribute
from careergraph.api.types.statement import Statement, statements_of
from careergraph.api.types.value import Value, mirrored_or_none
from careergraph.engine.comparison import compare, glance


@object_type
class GlanceRow:
    """The two values of one attribute side by side, and what comes out of it."""

    of: strawberry.Private[glance.GlanceRow]
    pair: strawberry.Private[compare.Comparison]
    view: strawberry.Private[View]

    @field
    def attribute(self) -> Attribute:
        """What the row is about."""
        return Attribute(self.of.attribute, self.view)

    @field
    @traits(share=0.7)
    def a(self) -> Value | None:
        """The value of a; null where it is not known."""
        return mirrored_or_none(self.of.a, self.view)

    @field
    @traits(share=0.7)
    def b(self) -> Value | None:
        """The value of b; null where it is not known."""
        return mirrored_or_none(self.of.b, self.view)

    @field
    def outcome(self) -> Outcome:
        """What comes out of the row."""
        return self.of.outcome

    @field
    def obstacle(self) -> Obstacle | None:
        """Why the two values cannot be compared; null where they can, or where a side has none."""
        return self.of.obstacle

    @field
    @traits(size=2)
    def unknown_for(self) -> list[Side]:
        """The careers that have no value of the attribute: none, or one of the two."""
        return list(self.of.unknown_for)

    @field
    @traits(size=2)
    def statements(self) -> list[Statement]:
        """What the row says: who has the better value or end, that both are the same, or why nothing can be said; each
        career's own figure where nothing comes out of it."""
        return statements_of(self.pair.statements_of(self.of), self.view)


@object_type
class Glance:
    """At a Glance: one row for each attribute that either career has."""

    of: strawberry.Private[compare.Comparison]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this table, for client caches; `node` does not take it."""
        return node_id("Glance", self.view, self.of.a.slug, self.of.b.slug, *marks(self.of.weights))

    @field
    @traits(size=10)
    def rows(self) -> list[GlanceRow]:
        """The rows, in the order of their attributes' positions; with weights, the heaviest first."""
        return [GlanceRow(row, self.of, self.view) for row in self.of.glance.rows]

    @field
    @traits(size=5)
    def unknown(self) -> list[Attribute]:
        """The attributes that neither career has a value of, in the order of their positions: they have no row."""
        return [Attribute(it, self.view) for it in self.of.unknown]

    @field
    @traits(weight=2)
    def row(self, attribute: AttributeKey) -> GlanceRow | None:
        """The row of one attribute; null where neither career has a value of it."""
        row = self.of.glance.row(known_attribute(self.view, attribute))
        return None if row is None else GlanceRow(row, self.of, self.view)
