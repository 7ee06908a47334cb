"""SkillsComparison: which skills two careers share, which are related, and which only one of them has."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.types.career_skill import CareerSkill, career_skills
from careergraph.api.types.skill import Skill
from careergraph.engine.comparison import compare
from careergraph.engine.similarity import skill_matching


@object_type
class SharedSkill:
    """A skill that both careers have. The match is one to one."""

    of: strawberry.Private[skill_matching.SharedSkill]
    view: strawberry.Private[View]

    @field
    def concept(self) -> Skill | None:
        """The main concept of both; null where only the wording is the same."""
        return None if self.of.concept is None else Skill(self.of.concept, self.view)

    @field
    def a(self) -> CareerSkill:
        """The skill as a words it."""
        return CareerSkill(self.of.a, self.view)

    @field
    def b(self) -> CareerSkill:
        """The skill as b words it."""
        return CareerSkill(self.of.b, self.view)


@object_type
class RelatedSkills:
    """Two skills that are close without being the same. The match is one to one."""

    of: strawberry.Private[skill_matching.RelatedSkills]
    view: strawberry.Private[View]

    @field
    def a(self) -> CareerSkill:
        """The skill of a."""
        return CareerSkill(self.of.a, self.view)

    @field
    def b(self) -> CareerSkill:
        """The skill of b."""
        return CareerSkill(self.of.b, self.view)

    @field
    def because(self) -> str:
        """Why the two are related."""
        return self.of.because(self.view.localized)


@object_type
class SkillCounts:
    """How many skills are in each list of a comparison, and how many each career has."""

    of: strawberry.Private[skill_matching.SkillsComparison]
    view: strawberry.Private[View]

    @field
    def a(self) -> int:
        """How many skills a has: `aOnly`, `shared` and `related` together."""
        return len(self.of.a_only) + len(self.of.shared) + len(self.of.related)

    @field
    def b(self) -> int:
        """How many skills b has: `bOnly`, `shared` and `related` together."""
        return len(self.of.b_only) + len(self.of.shared) + len(self.of.related)

    @field
    def a_only(self) -> int:
        """How many only a has."""
        return len(self.of.a_only)

    @field
    def shared(self) -> int:
        """How many both have."""
        return len(self.of.shared)

    @field
    def related(self) -> int:
        """How many of each are related to one of the other."""
        return len(self.of.related)

    @field
    def b_only(self) -> int:
        """How many only b has."""
        return len(self.of.b_only)


@object_type
class SkillsComparison:
    """Skills Analysis: the skills of both careers, each in exactly one of four lists."""

    of: strawberry.Private[compare.Comparison]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of these lists, for client caches; `node` does not take it."""
        return node_id("SkillsComparison", self.view, self.of.a.slug, self.of.b.slug)

    @field
    @traits(size=6)
    def a_only(self) -> list[CareerSkill]:
        """The skills that only a has."""
        return career_skills(self.of.skills.a_only, self.view)

    @field
    @traits(size=3)
    def shared(self) -> list[SharedSkill]:
        """The skills that both have: the same main concept, or the same wording where neither has a concept."""
        return [SharedSkill(it, self.view) for it in self.of.skills.shared]

    @field
    @traits(size=4)
    def related(self) -> list[RelatedSkills]:
        """The skills that are close: a reviewed link between their main concepts, or a secondary concept in common."""
        return [RelatedSkills(it, self.view) for it in self.of.skills.related]

    @field
    @traits(size=6)
    def b_only(self) -> list[CareerSkill]:
        """The skills that only b has."""
        return career_skills(self.of.skills.b_only, self.view)

    @field
    def overlap(self) -> float:
        """How much of their skills the two share, from 0 to 1, counted as 2 * shared / (skills of a + skills of b), the
        Dice coefficient. Related skills do not count; it is 0 where neither career lists skills."""
        return self.of.skills.overlap

    @field
    def counts(self) -> SkillCounts:
        """How many skills are in each of the lists, and how many each career has."""
        return SkillCounts(self.of.skills, self.view)
