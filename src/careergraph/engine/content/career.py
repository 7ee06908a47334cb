"""Careers: their texts, values and skills, and the way into them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from careergraph.engine.content.image import Image
from careergraph.engine.content.locale import Text, Texts
from careergraph.engine.content.profile import Profile, PublishedRelations
from careergraph.engine.content.skill import CareerSkill, Skill
from careergraph.engine.content.source import ExternalId
from careergraph.engine.content.value_kinds import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A field of work. Every career is in exactly one."""

    slug: str
    name: Text
    summary: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something to learn from."""

    title: Text
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapStage:
    """One stage on the way into a career."""

    title: Text
    summary: Text
    months: int | None = None
    skills: tuple[Skill, ...] = ()
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Career:
    """A career: its texts, its values in the order of their attributes, its skills and the way into it.

    `values` has one figure for each attribute, `regional` has further ones of other regions. Its neighbours are found
    by its `profile`; `relations` are the related careers that sources publish.
    """

    slug: str
    title: Text
    summary: Text
    category: Category
    published_at: datetime
    aliases: Texts = field(default_factory=dict)
    values: tuple[Value, ...] = ()
    regional: tuple[Value, ...] = ()
    skills: tuple[CareerSkill, ...] = ()
    roadmap: tuple[RoadmapStage, ...] = ()
    image: Image | None = None
    external_ids: tuple[ExternalId, ...] = ()
    profile: Profile | None = None
    relations: tuple[PublishedRelations, ...] = ()

    @cached_property
    def values_by_attribute(self) -> Mapping[str, Value]:
        """The values by the key of their attribute."""
        return {value.attribute.key: value for value in self.values}

    @cached_property
    def concept_slugs(self) -> frozenset[str]:
        """The slugs of the main concepts of its skills."""
        # a copy of a set has a table of half the size
        return frozenset({skill.concepts[0].slug for skill in self.skills if skill.concepts})

    @cached_property
    def every_concept_slug(self) -> frozenset[str]:
        """The slugs of all concepts of its skills: the main ones, and those that a skill has beside it."""
        return frozenset({concept.slug for skill in self.skills for concept in skill.concepts})

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions that can be chosen: those of attributes that it has several figures of, by name."""
        several = {value.attribute.key for value in self.regional}
        return _regions(it for it in (*self.values, *self.regional) if it.attribute.key in several)

    @property
    def observed_in(self) -> tuple[str, ...]:
        """The regions that its figures were observed in, by name."""
        return _regions((*self.values, *self.regional))

    def values_in(self, region: str | None) -> tuple[Value, ...]:
        """The values of a region, in the order of their attributes: those observed there, else those without a region.
        Values of other regions are left out. Without a region, the values themselves."""
        if region is None:
            return self.values
        chosen = {value.attribute.key: value for value in self.values if value.provenance.region in (None, region)}
        chosen |= {value.attribute.key: value for value in self.regional if value.provenance.region == region}
        return tuple(sorted(chosen.values(), key=lambda value: (value.attribute.position, value.attribute.key)))

    @cached_property
    def _regional(self) -> Mapping[tuple[str, str | None], Value]:
        return {(value.attribute.key, value.provenance.region): value for value in self.regional}

    def value_in(self, attribute: str, region: str | None) -> Value | None:
        """The career's value of an attribute, by its key, among the `values_in` a region."""
        value = self.value(attribute)
        if region is None:
            return value
        elsewhere = value is not None and value.provenance.region not in (None, region)
        return self._regional.get((attribute, region), None if elsewhere else value)

    def value(self, attribute: str) -> Value | None:
        """The career's value of an attribute, by its key."""
        return self.values_by_attribute.get(attribute)


def _regions(figures: Iterable[Value]) -> tuple[str, ...]:
    return tuple(sorted({it.provenance.region for it in figures if it.provenance.region is not None}))
