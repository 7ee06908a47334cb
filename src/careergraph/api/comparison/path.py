"""TransitionPath: the cheapest way from one career to another, step by step."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.comparison.transition import Transition
from careergraph.api.types.related import RelatedCareer
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.similarity.neighbours import nearness
from careergraph.engine.transition import path

STEPS = 3
"""Steps that a path may have where nobody says how many."""


@object_type
class PathStep:
    """One step of a path."""

    of: strawberry.Private[path.Step]
    view: strawberry.Private[View]

    @field
    def transition(self) -> Transition:
        """The move: its grade with the reasons, the months, the skills kept and those to gain."""
        return Transition(self.of.transition, self.view)

    @field
    def cost(self) -> int:
        """What it costs: 1 + the square of the points that make the grade of the transition, before they are capped."""
        return self.of.cost

    @field
    def related(self) -> RelatedCareer | None:
        """Why the career that it leads to is near; null where neither is among the nearest of the other."""
        relation = nearness(self.view.catalog, self.of.transition.origin, self.of.transition.target)
        return None if relation is None else RelatedCareer(relation, self.view)


@object_type
class TransitionPath:
    """The cheapest way from one career to another: the direct step where that is no harder, else over careers each of
    which is near the one before it."""

    of: strawberry.Private[path.Path]
    view: strawberry.Private[View]

    @field
    @traits(size=path.LONGEST)
    def steps(self) -> list[PathStep]:
        """Its steps, in order."""
        return [PathStep(it, self.view) for it in self.of.steps]

    @field
    def cost(self) -> int:
        """What its steps cost together. No other way of so many steps over near careers costs less."""
        return self.of.cost

    @field
    def months(self) -> int | None:
        """The months of learning that its steps take together; null where those of any are unknown."""
        return self.of.months

    @field
    def direct(self) -> PathStep:
        """The direct step, for comparison."""
        return PathStep(self.of.direct, self.view)


def checked_steps(most: int | None) -> int:
    """How many steps there may be. Raises CodedError TOO_FEW or TOO_MANY."""
    if most is None:
        return STEPS
    if most < 1:
        raise CodedError(Code.TOO_FEW, "A path has at least one step.", minimum=1)
    if most > path.LONGEST:
        raise CodedError(Code.TOO_MANY, f"A path has at most {path.LONGEST} steps.", maximum=path.LONGEST)
    return most
