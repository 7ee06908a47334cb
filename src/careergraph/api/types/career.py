"""Career: what is said of it, its values, its skills and the way into it."""

from datetime import datetime

import strawberry

from careergraph.api.base.arguments import AttributeKey, Most, checked_count
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.fallback import fallback_fields
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.types.attribute import known_attribute
from careergraph.api.types.career_skill import CareerSkill, career_skills
from careergraph.api.types.category import Category
from careergraph.api.types.collection import Collection
from careergraph.api.types.external import ExternalId
from careergraph.api.types.image import Image
from careergraph.api.types.node import Node
from careergraph.api.types.related import PublishedRelation, RelatedCareer
from careergraph.api.types.roadmap import DerivedRoadmap, Roadmap
from careergraph.api.types.value import Value, mirrored, mirrored_or_none
from careergraph.engine import content
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.similarity.pair_ranking import partners
from careergraph.engine.similarity.published_relations import published
from careergraph.engine.transition.derived_roadmap import derived_roadmap

NEIGHBOURS = 5
"""Careers that `compareWith` gives by default."""


@object_type
class Career(Node):
    """A career: what is said of it, its values, its skills and the way into it."""

    of: strawberry.Private[content.Career]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the career."""
        return node_id("Career", self.view, self.of.slug)

    @field
    def slug(self) -> str:
        """The slug of the career."""
        return self.of.slug

    @field
    def title(self) -> str:
        """What the career is called."""
        return self.view.read(self.of.title)

    @field
    def summary(self) -> str:
        """What the work is."""
        return self.view.read(self.of.summary)

    @field
    @traits(weight=3)
    def aliases(self) -> list[str]:
        """What the career is called as well."""
        return self.view.read_all(self.of.aliases)

    @field
    def category(self) -> Category:
        """The field of work it belongs to."""
        return Category(self.of.category, self.view)

    @field
    def values(self) -> list[Value]:
        """Its values, in the order of their attributes. What is not known is left out."""
        return [mirrored(value, self.view) for value in self.of.values_in(self.view.localized.region)]

    @field
    @traits(weight=2)
    def value(self, attribute: AttributeKey) -> Value | None:
        """Its value of one attribute; null where it is not known."""
        return mirrored_or_none(self.view.localized.value(self.of, known_attribute(self.view, attribute)), self.view)

    @field
    @traits(size=2)
    def regions(self) -> list[str]:
        """The regions that can be chosen by `region`: those of attributes that it has several figures of, by name.
        Empty where it has one figure of each."""
        return list(self.of.regions)

    @field
    @traits(weight=1, size=16)
    def skills(self) -> list[CareerSkill]:
        """Its skills, the most important first."""
        return career_skills(self.of.skills, self.view)

    @field
    @traits(weight=1, share=0.6)
    def roadmap(self) -> Roadmap | None:
        """The way into the career; null where nobody has written it yet."""
        return Roadmap(self.of.roadmap, self.view) if self.of.roadmap else None

    @field
    @traits(weight=3)
    def derived_roadmap(self) -> DerivedRoadmap | None:
        """A way into the career by a stated rule, where nobody has written one; null where somebody has, or where too
        little is known."""
        roadmap = derived_roadmap(self.view.localized, self.of)
        return None if roadmap is None else DerivedRoadmap(roadmap, self.view)

    @field
    @traits(size=3, wide="collections")
    def collections(self) -> list[Collection]:
        """The collections that hold it, by slug."""
        return [Collection(it, self.view) for it in self.view.catalog.collections_of.get(self.of.slug, ())]

    @field
    @traits(weight=5, wide="catalog")
    def compare_with(self, first: Most = NEIGHBOURS) -> list["Career"]:
        """Other careers worth comparing with this one, by the score of `comparisons`, best first."""
        return careers_of(partners(self.view.catalog, (self.of,), checked_count(first, NEIGHBOURS)), self.view)

    @field
    @traits(weight=5, wide="catalog")
    def related(self, first: Most = NEIGHBOURS) -> list[RelatedCareer]:
        """The careers nearest to it, each with what makes it near: at most 25 are known."""
        nearest = neighbours(self.view.catalog, self.of)[: checked_count(first, NEIGHBOURS)]
        return [RelatedCareer(it, self.view) for it in nearest]

    @field
    @traits(weight=5, wide="catalog")
    def related_published(self, first: Most = NEIGHBOURS) -> list[PublishedRelation]:
        """The careers that sources publish as related to it, nearest first; empty where none does."""
        relations = published(self.view.catalog, self.of)[: checked_count(first, NEIGHBOURS)]
        return [PublishedRelation(it, self.view) for it in relations]

    @field
    def image(self) -> Image | None:
        """Its picture; null where it has none."""
        return Image(self.of.image, self.view) if self.of.image else None

    @field
    @traits(size=3)
    def external_ids(self) -> list[ExternalId]:
        """What the career is called in other schemes."""
        return [ExternalId(it) for it in self.of.external_ids]

    @field
    @traits(weight=1)
    def fallback_fields(self) -> list[str]:
        """The fields of the career that are not, or not in every part, written in this locale and are read in its
        fallback, by their names."""
        return fallback_fields(self.of, self.view)

    @field
    def published_at(self) -> datetime:
        """When it was last published."""
        return self.of.published_at


def careers_of(careers: tuple[content.Career, ...], view: View) -> list[Career]:
    """Careers, as they are read in a view."""
    return [Career(career, view) for career in careers]
