"""MultiComparison: two to six careers at once."""

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.node_id import Node, node_id
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.content import Career, Skill
from careergraph.api.types.statement import Statement
from careergraph.api.types.value import Value
from careergraph.engine.comparison import group, multi_comparison


@object_type(group.MultiRow, "One attribute of several careers.")
class MultiRow(Mirror):
    attribute: Attribute = child("The attribute of the row.")
    values: list[Value | None] = children(
        "The careers' values, in the order of the careers; null where one is unknown.", size=6
    )
    leaders: list[Career] = children(
        "The careers that nobody beats, where somebody is beaten; empty where nothing decides.", size=4
    )
    comparable: bool = attr("Whether every career has a value and any two of the values can be compared.")
    compared: list[Career] = children(
        "The largest group of careers of which any two can be compared; empty where no two can be.", size=4
    )
    ahead: list[Career] = children("Those of `compared` that nobody of them beats, where somebody is beaten.", size=3)


@object_type(group.SkillAcross, "A skill concept and who has it.")
class SkillAcross(Mirror):
    concept: Skill = child("The skill.")
    holders: list[Career] = children("The careers that have it, in their order.", size=3)


@object_type(group.MultiChoice, "The reasons for one of several careers.")
class MultiChoice(Mirror):
    career: Career = child("The career to choose.")
    reasons: list[Statement] = children(
        "The reasons that distinguish it from all others; empty where there are none.", size=3
    )
    note: Statement | None = child(
        "That the career is alone ahead in none of the figures that can be compared; null where it is in any."
    )


@object_type(multi_comparison.MultiComparison, "Two to six careers compared.")
class MultiComparison(Node):
    id: strawberry.ID = attr(
        "An opaque id of this variant of the comparison, with its careers in this order.",
        lambda of, view: node_id("MultiComparison", view, *[career.slug for career in of.careers]),
    )
    slug: str = attr("The slugs of the careers with `-vs-` between them, in the requested order.")
    title: str = attr("The titles of the careers with `vs` between them.")
    region: str | None = attr(
        "The region that the figures were chosen by; null where none was.", "view.localized.region"
    )
    careers: list[Career] = children("The careers, in the requested order.", size=6)
    rows: list[MultiRow] = children(
        "One row for each attribute that any of the careers has, in the order of their positions.", size=10
    )
    skills: list[SkillAcross] = children(
        "Who has which skill: those that most careers have first, then by slug.", size=60
    )
    statements: list[Statement] = children("The statements on the whole group.")
    choices: list[MultiChoice] = children("When to choose which of them, in the order of the careers.", size=4)
