"""Transition: how hard it is to move from one career to another."""

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.enums import Kinship, TransitionGrade
from careergraph.api.base.node_id import document_id
from careergraph.api.types.content import Career, CareerSkill, RelatedCareer
from careergraph.api.types.statement import Statement
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.similarity.neighbours import nearness
from careergraph.engine.transition import path, transition


@object_type(transition.Transition, "The move from one career to another, graded by a stated rule from stated facts.")
class Transition(Mirror):
    id: strawberry.ID = document_id(
        "An opaque id of this move, for client caches; `node` does not take it.",
        "Transition",
        "origin.slug",
        "target.slug",
    )
    origin: Career = child("The career to leave.", name="from")
    target: Career = child("The career to move to.", name="to")
    grade: TransitionGrade = attr(
        "How hard the move is, by its `points`: up to 2 EASY, up to 4 MODERATE, up to 8 CHALLENGING, more HARD."
    )
    points: int = attr(
        "The points: up to 4 for missing skills, 3 or 6 for work that is not near, 1 for a higher level of "
        "education or preparation and 1 for each half-year of `months`, 2 for a higher entry barrier, 1 for a higher "
        "difficulty. The statement `transition-points` divides them. docs/decisions/0004-transition-rule.md: the rule."
    )
    kinship: Kinship = attr("How the work of both is related.")
    months: int | None = attr(
        "The months that remain by the shortest times that sources give: the most of what the target's education and "
        "its preparation take longer (all of its preparation, where the work is OTHER), and of its learning months * "
        "(1 - covered), rounded up. Null where unknown."
    )
    covered: float = attr(
        "The share of the weight of the target's skills that the reader brings, from 0 to 1: (that of shared ones + "
        "half of that of related ones) / that of all. `CareerSkill.weight` says what each weighs."
    )
    keep: list[CareerSkill] = children("The target's skills that the reader brings, shared or related.")
    gain: list[CareerSkill] = children("The target's skills that the reader has to learn.")
    statements: list[Statement] = children(
        "The statements on the move, with the facts behind the grade.", narrated="narrate_statements", size=6
    )


STEPS = 3
"""The default maximum of steps."""


@object_type(path.Step, "One step of a path.")
class PathStep(Mirror):
    transition: Transition = child(
        "The move: its grade with the reasons, the months, the skills to keep and those to gain."
    )
    cost: int = attr("The cost: 8 + the square of the points of the transition.")
    related: RelatedCareer | None = child(
        "How near the career is that it leads to; null where neither is among the nearest of the other.",
        lambda of, view: nearness(view.catalog, of.transition.origin, of.transition.target),
    )


@object_type(
    path.Path,
    "The cheapest way from one career to another: the direct step where that is no harder, else over "
    "careers each of which is near the one before it.",
)
class TransitionPath(Mirror):
    steps: list[PathStep] = children("Its steps, in order.", size=path.LONGEST)
    cost: int = attr("The cost of all steps. No other way of so many steps over near careers costs less.")
    months: int | None = attr("The months of its steps together; null where those of any are unknown.")
    direct: PathStep = child("The direct step, for comparison.")


def checked_steps(most: int | None) -> int:
    """Return how many steps there may be. Raises CodedError TOO_FEW or TOO_MANY."""
    if most is None:
        return STEPS
    if most < 1:
        raise CodedError(Code.TOO_FEW, "A path has at least one step.", minimum=1)
    if most > path.LONGEST:
        raise CodedError(Code.TOO_MANY, f"A path has at most {path.LONGEST} steps.", maximum=path.LONGEST)
    return most
