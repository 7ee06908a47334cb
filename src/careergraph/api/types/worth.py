"""Worth: why a pair of careers is worth a page, and why careers are near each other."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import Component
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.types.skill import Skill
from careergraph.engine.content import component, neighbour
from careergraph.engine.similarity import pair_ranking


@object_type
class SharedItem:
    """Something that two careers have in common."""

    of: strawberry.Private[neighbour.Shared]
    view: strawberry.Private[View]

    @field
    def component(self) -> Component:
        """Which component it belongs to."""
        return self.of.component

    @field
    def text(self) -> str:
        """The activity, the field of knowledge, the title or the word, in the catalog's default locale; the name of
        the skill."""
        skill = self._skill()
        return self.of.text if skill is None else self.view.read(skill.of.name)

    @field
    def skill(self) -> Skill | None:
        """The skill, where it is one."""
        return self._skill()

    def _skill(self) -> Skill | None:
        of_skills = self.of.component is component.Component.SKILLS
        skill = self.view.catalog.skills.get(self.of.text) if of_skills else None
        return None if skill is None else Skill(skill, self.view)


@object_type
class PairReason:
    """Why a pair is worth a page, or is not: the parts of its score."""

    of: strawberry.Private[pair_ranking.PairScore]
    view: strawberry.Private[View]

    @field
    def featured(self) -> bool:
        """Whether editors put it first, whatever it scores."""
        return self.of.featured

    @field
    def nearness(self) -> float:
        """How near the two careers are, as `Career.related` scores it; 0 where neither is among the nearest of the
        other."""
        return self.of.nearness

    @field
    def figures(self) -> int:
        """For how many attributes both have figures that can be compared."""
        return self.of.figures

    @field
    def deciding(self) -> int:
        """For how many of those one side is better."""
        return self.of.deciding

    @field
    @traits(size=3)
    def shared(self) -> list[SharedItem]:
        """What the two have in common that says most."""
        return [SharedItem(it, self.view) for it in self.of.shared]
