"""Transition: how hard it is to move from one career to another."""

import strawberry

from careergraph.api.base.describe import field, named, object_type
from careergraph.api.base.enums import TransitionGrade
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.types.career import Career
from careergraph.api.types.career_skill import CareerSkill, career_skills
from careergraph.api.types.statement import Statement, statements_of
from careergraph.engine.transition import transition


@object_type
class Transition:
    """The move from one career to another, graded by a stated rule from stated facts."""

    of: strawberry.Private[transition.Transition]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this move, for client caches; `node` does not take it."""
        return node_id("Transition", self.view, self.of.origin.slug, self.of.target.slug)

    @named("from")
    def origin(self) -> Career:
        """The career that is left."""
        return Career(self.of.origin, self.view)

    @named("to")
    def target(self) -> Career:
        """The career that is moved to."""
        return Career(self.of.target, self.view)

    @field
    def grade(self) -> TransitionGrade:
        """How hard the move is. Points: 0 where at least 2/3 of the target's skills are covered, 1 where at least 1/3,
        2 where any, 3 where none; one more for each of a higher entry barrier, a higher difficulty, and more than 12
        months that remain. 0 points is EASY, 1 MODERATE, 2 CHALLENGING, 3 and more HARD."""
        return self.of.grade

    @field
    def months(self) -> int | None:
        """The months of learning that remain: those of the target * (1 - covered), rounded up; null where unknown."""
        return self.of.months

    @field
    def covered(self) -> float:
        """The share of the target's skills that the reader brings, from 0 to 1: (shared + related / 2) / all."""
        return self.of.covered

    @field
    def keep(self) -> list[CareerSkill]:
        """The target's skills that the reader brings, shared or related."""
        return career_skills(self.of.keep, self.view)

    @field
    def gain(self) -> list[CareerSkill]:
        """The target's skills that are to be learned."""
        return career_skills(self.of.gain, self.view)

    @field
    @traits(size=3)
    def statements(self) -> list[Statement]:
        """What is to be said of the move, with the facts that make the grade."""
        return statements_of(self.of.statements, self.view)
