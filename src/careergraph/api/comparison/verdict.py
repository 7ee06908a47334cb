"""Verdict: which career should you choose, and the conclusion."""

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.node_id import node_id
from careergraph.api.comparison.weights import marks
from careergraph.api.types.content import Career
from careergraph.api.types.statement import Statement
from careergraph.engine.comparison import compare, verdict


@object_type(verdict.ChooseIf, "The reasons for choosing one career over the other.")
class ChooseIf(Mirror):
    career: Career = child("The career to choose.")
    reasons: list[Statement] = children(
        "The reasons that tell it from the other, in the order of their rows; none where nothing does. Each "
        "is false of the other one.",
        narrated="narrate_reasons",
        size=4,
    )
    note: Statement | None = child(
        "That the career is ahead in none of the figures that can be compared, and where the two are level; "
        "null where it is ahead in any. No reason, and there wherever `reasons` is empty.",
        narrated="narrate_note",
        share=0.5,
    )


@object_type(compare.Comparison, "Which Career Should You Choose, and the conclusion.")
class Verdict(Mirror):
    id: strawberry.ID = attr(
        "An opaque id of this verdict, for client caches; `node` does not take it.",
        lambda of, view: node_id("Verdict", view, of.a.slug, of.b.slug, *marks(of.weights)),
    )
    choose_a: ChooseIf = child("When to choose a.", "choose_a")
    choose_b: ChooseIf = child("When to choose b.", "choose_b")
    either: list[Statement] = children(
        "Statements that are true of both careers, and so do not help to choose.",
        "verdict.either",
        narrated="narrate_either",
        size=3,
    )
    conclusion: list[Statement] = children(
        "The deciding facts, and by how much; where nothing decides, the common ground, or which figures "
        "are not known or not comparable. There is always something.",
        "verdict.conclusion",
        narrated="narrate_conclusion",
        size=4,
    )
