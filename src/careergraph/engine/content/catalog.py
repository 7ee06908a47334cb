"""The published content as one immutable value: the catalog, its careers and what they are made of.

Objects point to what they are described by (a value to its attribute and source, a career to its category, a career's
skill to its concepts). Relations that can form a circle are slugs, looked up in the catalog.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from careergraph.engine.content.attribute import Attribute, TransitionRole
from careergraph.engine.content.career import Career, Category
from careergraph.engine.content.image import Image, ImageFile
from careergraph.engine.content.locale import DEFAULT_LOCALE, Locale, Text
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.source import ExternalId, Source

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A list of careers that an editor put together, in the editor's order; `careers` are slugs."""

    slug: str
    title: Text
    summary: Text
    careers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairQuestion:
    """A question about a pair that an editor answers."""

    question: Text
    answer: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PairNotes:
    """An editor's notes on a pair, beside the engine's statements. `a` and `b` are slugs, in alphabetical order."""

    a: str
    b: str
    introduction: Text = field(default_factory=dict)
    questions: tuple[PairQuestion, ...] = ()
    featured: bool = False
    hidden: bool = False

    @property
    def slug(self) -> str:
        """The slug of the comparison of the two."""
        return f"{self.a}-vs-{self.b}"


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything that is published, at one version. It never changes, so what is derived from it is memoised on it.

    `rarity` is what things weighed when `neighbourhoods` were measured, as `vectors.Rarity` writes it, if that is kept.
    `base` is a catalog that differs from this one in little, where there is one: what takes long to derive is derived
    from what is known of it.
    """

    version: int
    published_at: datetime
    locales: Mapping[str, Locale]
    attributes: Mapping[str, Attribute]
    sources: Mapping[str, Source]
    categories: Mapping[str, Category]
    skills: Mapping[str, Skill]
    careers: Mapping[str, Career]
    collections: Mapping[str, Collection]
    images: Mapping[str, Image] = field(default_factory=dict)
    pairs_notes: Mapping[str, PairNotes] = field(default_factory=dict)
    redirects: Mapping[tuple[str, str], str] = field(default_factory=dict)
    neighbourhoods: Neighbourhoods | None = None
    rarity: str | None = None
    base: "Catalog | None" = None
    default_locale: str = DEFAULT_LOCALE

    @classmethod
    def of(  # noqa: PLR0913 - one argument for each kind of content
        cls,
        *,
        version: int,
        published_at: datetime,
        locales: Iterable[Locale] = (),
        attributes: Iterable[Attribute] = (),
        sources: Iterable[Source] = (),
        categories: Iterable[Category] = (),
        skills: Iterable[Skill] = (),
        careers: Iterable[Career] = (),
        collections: Iterable[Collection] = (),
        images: Iterable[Image] = (),
        pairs: Iterable[PairNotes] = (),
        redirects: Mapping[tuple[str, str], str] | None = None,
        neighbourhoods: Neighbourhoods | None = None,
    ) -> "Catalog":
        """A catalog of these items: attributes by position, everything else by slug. `redirects` say what is called
        otherwise now: the new slug by document type and old slug. `neighbourhoods` are those of `neighbours` where they
        are known already."""
        return cls(
            version=version,
            published_at=published_at,
            locales=_index((locale.code, locale) for locale in sorted(locales, key=lambda it: it.code)),
            attributes=_index((it.key, it) for it in sorted(attributes, key=lambda it: (it.position, it.key))),
            sources=_index((it.slug, it) for it in sorted(sources, key=lambda it: it.slug)),
            categories=_index((it.slug, it) for it in sorted(categories, key=lambda it: it.slug)),
            skills=_index((it.slug, it) for it in sorted(skills, key=lambda it: it.slug)),
            careers=_index((it.slug, it) for it in sorted(careers, key=lambda it: it.slug)),
            collections=_index((it.slug, it) for it in sorted(collections, key=lambda it: it.slug)),
            images=_index((str(it.slug), it) for it in sorted(images, key=lambda it: str(it.slug))),
            pairs_notes=_index((it.slug, it) for it in sorted(pairs, key=lambda it: it.slug)),
            redirects=MappingProxyType(dict(redirects or {})),
            neighbourhoods=neighbourhoods,
        )

    @cached_property
    def localized(self) -> dict[str | tuple[str, str], Any]:
        """The memo of `localize`, by locale, or by locale and region."""
        return {}

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions that its figures were observed in, by name."""
        return tuple(sorted({region for career in self.careers.values() for region in career.observed_in}))

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """The memo of `once`."""
        return {}

    def once(self, derive: Callable[["Catalog"], Item]) -> Item:
        """Return the result of a function of the catalog, computed when it is first needed."""
        try:
            result: Item = self.memo[derive]
        except KeyError:
            result = self.memo.setdefault(derive, derive(self))  # the same for all threads
        return result

    @cached_property
    def columns(self) -> tuple[tuple[int, Attribute], ...]:
        """Its attributes, in order, each with its place: the columns of a glance."""
        return tuple(enumerate(self.attributes.values()))

    @cached_property
    def files(self) -> Mapping[str, ImageFile]:
        """The files of its images, by SHA-256."""
        return {it.file.sha256: it.file for it in self.images.values() if it.file is not None}

    @cached_property
    def transition_roles(self) -> Mapping[TransitionRole, str]:
        """The key of the attribute that plays each role in grading a transition, where one does."""
        return {it.transition_role: key for key, it in self.attributes.items() if it.transition_role is not None}

    @cached_property
    def collections_of(self) -> Mapping[str, tuple[Collection, ...]]:
        """The collections that hold a career, by the career's slug."""
        return _grouped((slug, collection) for collection in self.collections.values() for slug in collection.careers)

    @cached_property
    def careers_in(self) -> Mapping[str, tuple[Career, ...]]:
        """The careers of a category, by the category's slug."""
        return _grouped((career.category.slug, career) for career in self.careers.values())

    @cached_property
    def careers_with(self) -> Mapping[str, tuple[Career, ...]]:
        """The careers that have a skill concept, by the concept's slug."""
        skills = ((it, career.slug) for career in self.careers.values() for it in career.skills)
        pairs = ((concept.slug, slug) for skill, slug in skills for concept in skill.concepts)
        return _grouped((concept, self.careers[slug]) for concept, slug in dict.fromkeys(pairs))

    @cached_property
    def careers_by_id(self) -> Mapping[tuple[str, str], Career]:
        """The career with an external id, by scheme and id; of two with the same id the first by slug."""
        return {(called.scheme, called.id): careers[0] for called, careers in self.careers_called.items()}

    @cached_property
    def related_skills(self) -> Mapping[str, frozenset[str]]:
        """The concepts that a stored edge relates to a concept, in whichever direction it is stored."""
        related: dict[str, set[str]] = {}
        for skill in self.skills.values():
            for other in skill.related:
                related.setdefault(skill.slug, set()).add(other)
                related.setdefault(other, set()).add(skill.slug)
        return {slug: frozenset(others) for slug, others in related.items()}

    @cached_property
    def careers_called(self) -> Mapping[ExternalId, tuple[Career, ...]]:
        """The careers with an id in somebody else's scheme, by slug."""
        return _grouped((external_id, it) for it in self.careers.values() for external_id in it.external_ids)

    @cached_property
    def skills_called(self) -> Mapping[ExternalId, tuple[Skill, ...]]:
        """The skill concepts with an id in somebody else's scheme, by slug."""
        return _grouped((external_id, it) for it in self.skills.values() for external_id in it.external_ids)

    def twin(self) -> "Catalog":
        """A copy that shares all content and all that was derived of it, but no localized catalogs."""
        _ = self.memo  # read so that it is there, and both have the same
        twin = replace(self)
        twin.__dict__.update({name: derived for name, derived in vars(self).items() if name != "localized"})
        return twin

    @property
    def pairs(self) -> int:
        """How many comparisons the catalog holds: n(n-1)/2."""
        return len(self.careers) * (len(self.careers) - 1) // 2


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    """The items of each key, in their order."""
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}


def _index(items: Iterable[tuple[str, Item]]) -> Mapping[str, Item]:
    return MappingProxyType(dict(items))
