"""Roadmap: the way into a career, in stages."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import SourceKind, TransitionGrade
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.types import career
from careergraph.api.types.skill import Skill
from careergraph.api.types.value import Value, mirrored
from careergraph.engine import content
from careergraph.engine.content import source
from careergraph.engine.transition import bridges, derived_roadmap, transition

if TYPE_CHECKING:
    from careergraph.api.types.career import Career

WEIGHT = 90
"""What looking for bridges costs: twelve moves are graded."""


@object_type
class Resource:
    """Something to learn from."""

    of: strawberry.Private[content.Resource]
    view: strawberry.Private[View]

    @field
    def title(self) -> str:
        """What it is called."""
        return self.view.read(self.of.title)

    @field
    def url(self) -> str:
        """Where it is."""
        return self.of.url


@object_type
class RoadmapStage:
    """One stage on the way into a career."""

    of: strawberry.Private[content.RoadmapStage]
    view: strawberry.Private[View]

    @field
    def title(self) -> str:
        """What the stage is called."""
        return self.view.read(self.of.title)

    @field
    def summary(self) -> str:
        """What is done in it; empty where the title says it all."""
        return self.view.read(self.of.summary)

    @field
    def months(self) -> int | None:
        """How many months it takes; null where that is not known."""
        return self.of.months

    @field
    @traits(size=3)
    def skills(self) -> list[Skill]:
        """The skills that are learned in it."""
        return [Skill(skill, self.view) for skill in self.of.skills]

    @field
    @traits(size=2)
    def resources(self) -> list[Resource]:
        """What to learn them from."""
        return [Resource(resource, self.view) for resource in self.of.resources]


@object_type
class Roadmap:
    """The way into a career."""

    of: strawberry.Private[tuple[content.RoadmapStage, ...]]
    view: strawberry.Private[View]

    @field
    @traits(size=5)
    def stages(self) -> list[RoadmapStage]:
        """Its stages, in the order in which they are taken."""
        return [RoadmapStage(stage, self.view) for stage in self.of]


@object_type
class Bridge:
    """A career that leads to another one: the move there is easy or moderate."""

    of: strawberry.Private[transition.Transition]
    view: strawberry.Private[View]

    @field
    def career(self) -> Annotated["Career", strawberry.lazy("careergraph.api.types.career")]:
        """The career that is left."""
        return career.Career(self.of.origin, self.view)

    @field
    def grade(self) -> TransitionGrade:
        """How hard the move is, by the rule of `Transition.grade`."""
        return self.of.grade

    @field
    def covered(self) -> float:
        """The share of the skills that it brings, from 0 to 1: (shared + related / 2) / all."""
        return self.of.covered


@object_type
class DerivedRoadmap:
    """A way into a career that nobody has written one for, derived by a stated rule: the usual education and the
    preparation needed, then its skills in the career's own order, in two halves; beside them the careers that lead
    there. What a source says of the time is for all of it, so no single stage has months."""

    of: strawberry.Private[derived_roadmap.DerivedRoadmap]
    view: strawberry.Private[View]

    @field
    def kind(self) -> SourceKind:
        """How far it is from what somebody wrote: always DERIVED."""
        return source.SourceKind.DERIVED

    @field
    @traits(size=3)
    def stages(self) -> list[RoadmapStage]:
        """Its stages, in the order in which they are taken."""
        return [RoadmapStage(stage, self.view) for stage in self.of.stages]

    @field
    @traits(size=2)
    def figures(self) -> list[Value]:
        """The figures that its first stage and its months rest on, with their sources."""
        return [mirrored(figure, self.view) for figure in self.of.figures]

    @field
    def months_over(self) -> int | None:
        """All of it takes more than so many months, by the source of the preparation needed; null where it names no
        least."""
        return self.of.months_over

    @field
    def months_up_to(self) -> int | None:
        """All of it takes so many months at most, by the source of the preparation needed; null where it names no
        most."""
        return self.of.months_up_to

    @field
    @traits(weight=WEIGHT, size=bridges.MOST, wide="catalog")
    def bridges(self) -> list[Bridge]:
        """The careers that lead there: of the twelve nearest those from which the move is EASY or MODERATE, and which
        need no more preparation. The easiest move first, three at most."""
        return [Bridge(it, self.view) for it in bridges.bridges(self.view.localized, self.of.career)]
