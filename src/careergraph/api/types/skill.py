"""Skill: one meaning, under whatever wording careers use for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import strawberry

from careergraph.api.base.arguments import After, Before, First, Last
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.page import PageArguments
from careergraph.api.base.view import View
from careergraph.api.types import career_page
from careergraph.api.types.external import ExternalId
from careergraph.api.types.node import Node
from careergraph.engine import content
from careergraph.engine.search.career_selection import CareerFilter

if TYPE_CHECKING:
    from careergraph.api.types.career_page import CareerConnection


@object_type
class Skill(Node):
    """A skill concept: one meaning, under whatever wording careers use for it."""

    of: strawberry.Private[content.Skill]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the skill."""
        return node_id("Skill", self.view, self.of.slug)

    @field
    def slug(self) -> str:
        """The slug of the skill."""
        return self.of.slug

    @field
    def name(self) -> str:
        """Its name."""
        return self.view.read(self.of.name)

    @field
    def aliases(self) -> list[str]:
        """Other names of the same skill."""
        return self.view.read_all(self.of.aliases)

    @field
    def family(self) -> str | None:
        """The family of skills it belongs to; null where it belongs to none."""
        return self.view.read_some(self.of.family)

    @field
    @traits(size=2, wide="skills")
    def broader(self) -> list["Skill"]:
        """The skills that this one is a part or a kind of."""
        return self._others(self.of.broader)

    @field
    @traits(size=4, wide="skills")
    def related(self) -> list["Skill"]:
        """The skills that are close to this one without being the same, by slug. It holds in both directions."""
        return self._others(sorted(self.view.catalog.related_skills.get(self.of.slug, ())))

    @field
    @traits(size=3)
    def external_ids(self) -> list[ExternalId]:
        """What the skill is called in other schemes."""
        return [ExternalId(it) for it in self.of.external_ids]

    @field
    @traits(weight=40, wide="catalog")
    def careers(
        self, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Annotated["CareerConnection", strawberry.lazy("careergraph.api.types.career_page")]:
        """The careers that have this skill, by title."""
        return career_page.selected(
            self.view,
            ("Skill.careers", self.of.slug),
            PageArguments(first, after, last, before),
            CareerFilter(skill=(self.of.slug,)),
        )

    def _others(self, slugs: Iterable[str]) -> list["Skill"]:
        skills = self.view.catalog.skills
        return [Skill(skills[slug], self.view) for slug in slugs if slug in skills]
