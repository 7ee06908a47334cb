"""Transition: how hard it is to move from one career to another."""

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.enums import TransitionGrade
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
        "How hard the move is. Points: 0 where at least 2/3 of the target's skills are covered, 1 where at least 1/3, "
        "2 where any, 3 where none; one more for each of a higher entry barrier, a higher difficulty, and more than 12 "
        "months that remain. 0 points is EASY, 1 MODERATE, 2 CHALLENGING, 3 and more HARD."
    )
    months: int | None = attr(
        "The months of learning that remain: those of the target * (1 - covered), rounded up; null where unknown."
    )
    covered: float = attr(
        "The share of the target's skills that the reader brings, from 0 to 1: (shared + related / 2) / all."
    )
    keep: list[CareerSkill] = children("The target's skills that the reader brings, shared or related.")
    gain: list[CareerSkill] = children("The target's skills that the reader has to learn.")
    statements: list[Statement] = children("The statements on the move, with the facts behind the grade.", size=3)


STEPS = 3
"""The default maximum of steps."""


@object_type(path.Step, "One step of a path.")
class PathStep(Mirror):
    transition: Transition = child(
        "The move: its grade with the reasons, the months, the skills to keep and those to gain."
    )
    cost: int = attr(
        "The cost: 1 + the square of the points that make the grade of the transition, before they are capped."
    )
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
    months: int | None = attr(
        "The months of learning that its steps take together; null where those of any are unknown."
    )
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
