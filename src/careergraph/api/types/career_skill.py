"""CareerSkill: a skill as one career words it."""

from collections.abc import Iterable

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.types.skill import Skill
from careergraph.engine import content


@object_type
class CareerSkill:
    """A skill as one career words it, and the concepts it stands for."""

    of: strawberry.Private[content.CareerSkill]
    view: strawberry.Private[View]

    @field
    def text(self) -> str:
        """The career's own wording."""
        return self.view.read(self.of.text)

    @field
    def position(self) -> int:
        """Its place among the career's skills, from 1."""
        return self.of.position

    @field
    @traits(size=2)
    def concepts(self) -> list[Skill]:
        """The skill concepts it stands for, the main one first; empty where none was accepted yet."""
        return [Skill(concept, self.view) for concept in self.of.concepts]


def career_skills(skills: Iterable[content.CareerSkill], view: View) -> list[CareerSkill]:
    """Skills of a career, as they are read in a view."""
    return [CareerSkill(skill, view) for skill in skills]
