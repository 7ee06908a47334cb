"""Glance: the table at the top of a comparison."""

import strawberry

from careergraph.api.base.arguments import AttributeKey
from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.enums import Obstacle, Outcome, Side
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.comparison.weights import marks
from careergraph.api.types.attribute import Attribute, current_key
from careergraph.api.types.statement import Statement
from careergraph.api.types.value import Value
from careergraph.engine.comparison import compare, glance


@object_type(glance.GlanceRow, "The two values of one attribute side by side, and their outcome.")
class GlanceRow(Mirror):
    parent: strawberry.Private[compare.Comparison]

    attribute: Attribute = child("The attribute of the row.")
    a: Value | None = child("The value of a; null where it is unknown.", share=0.7)
    b: Value | None = child("The value of b; null where it is unknown.", share=0.7)
    outcome: Outcome = attr("The outcome of the row.")
    obstacle: Obstacle | None = attr(
        "Why the two values cannot be compared; null where they can, or where a side has none."
    )
    unknown_for: list[Side] = attr("The careers that have no value of the attribute: none, or one of the two.", size=2)
    statements: list[Statement] = children(
        "The statements of the row: who has the better value or end, that both are the same, or why nothing can be "
        "stated; each career's own figure where there is no outcome.",
        lambda of, parent: parent.statements_of(of),
        size=2,
    )


def row_of(of: compare.Comparison, view: View, attribute: AttributeKey) -> glance.GlanceRow | None:
    """Return the row of an attribute; None where neither career has a value. Raises CodedError UNKNOWN_ATTRIBUTE."""
    return of.glance.row(current_key(view, attribute))


@object_type(compare.Comparison, "At a Glance: one row for each attribute that either career has.")
class Glance(Mirror):
    id: strawberry.ID = attr(
        "An opaque id of this table, for client caches; `node` does not take it.",
        lambda of, view: node_id("Glance", view, of.a.slug, of.b.slug, *marks(of.weights)),
    )
    rows: list[GlanceRow] = children(
        "The rows, in the order of their attributes' positions; with weights, the heaviest first.",
        "glance.rows",
        narrated="narrate_rows",
        size=10,
    )
    unknown: list[Attribute] = children(
        "The attributes that neither career has a value of, in the order of their positions: they have no row.", size=5
    )
    row: GlanceRow | None = child(
        "The row of one attribute; null where neither career has a value of it.", row_of, cost=2
    )
