"""Roadmap: the way into a career, in stages."""

import strawberry

from careergraph.api.describe import field, object_type
from careergraph.api.enums import SourceKind
from careergraph.api.skill import Skill
from careergraph.api.traits import traits
from careergraph.api.view import View
from careergraph.engine import content, source


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
class DerivedRoadmap:
    """A way into a career that nobody has written one for, derived by a stated rule: the usual education and the
    preparation needed, then its skills in the career's own order, in two halves. No stage has months."""

    of: strawberry.Private[tuple[content.RoadmapStage, ...]]
    view: strawberry.Private[View]

    @field
    def kind(self) -> SourceKind:
        """How far it is from what somebody wrote: always DERIVED."""
        return source.SourceKind.DERIVED

    @field
    @traits(size=3)
    def stages(self) -> list[RoadmapStage]:
        """Its stages, in the order in which they are taken."""
        return [RoadmapStage(stage, self.view) for stage in self.of]
