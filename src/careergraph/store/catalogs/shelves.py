"""Shelves: the items that careers refer to, to build careers with. What many careers have is one object."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from sys import intern

from msgspec.structs import asdict

from careergraph.engine.content import (
    Career,
    CareerSkill,
    Category,
    ExternalId,
    Image,
    Profile,
    PublishedRelations,
    Resource,
    RoadmapStage,
    Skill,
)
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import Text
from careergraph.engine.content.source import Source
from careergraph.engine.content.value_kinds import Provenance, Value, parse_value
from careergraph.store.catalogs.sharing import Sharing
from careergraph.store.documents.documents import (
    CareerDocument,
    CareerSkillPart,
    ExternalIdPart,
    ProfilePart,
    RelationPart,
    StagePart,
    Texts,
    ValuePart,
)
from careergraph.store.documents.pictures import ImagePart


class Shelves:
    """The items that careers refer to, to build careers with."""

    def __init__(  # noqa: PLR0913, PLR0917 - one for each type
        self,
        attributes: Mapping[str, Attribute],
        sources: Mapping[str, Source],
        categories: Mapping[str, Category],
        skills: Mapping[str, Skill],
        images: Mapping[str, Image],
        sharing: Sharing | None = None,
    ) -> None:
        self.attributes, self.sources, self.categories, self.skills = attributes, sources, categories, skills
        self.images = images
        self._sharing = sharing
        self._wordings: dict[tuple[tuple[str, str], ...], Text] = {}
        self._concepts: dict[tuple[str, ...], tuple[Skill, ...]] = {}
        self._career_skills: dict[tuple[int, int, int], CareerSkill] = {}
        self._once: Callable[[float, float], float] = dict[float, float]().setdefault

    def career(self, document: CareerDocument, published_at: datetime) -> Career:
        """Return the career of a document. Raises KeyError and ValueError."""
        before = None if self._sharing is None else self._sharing.career(document, published_at, vars(self))
        return self._career(document, published_at) if before is None else before

    def _career(self, document: CareerDocument, published_at: datetime) -> Career:
        return Career(
            slug=document.slug,
            title=document.title,
            summary=document.summary,
            category=self.categories[document.category],
            published_at=published_at,
            aliases=texts_of(document.aliases),
            values=self.values(document.values),
            regional=self.values(document.regional_values),
            skills=tuple([self.skill(position, part) for position, part in enumerate(document.skills, 1)]),
            roadmap=tuple([self.stage(part) for part in document.roadmap]),
            image=None if document.image is None else self.image(document.image),
            external_ids=external_ids_of(document.external_ids),
            profile=None if document.profile is None else self.profile(document.profile),
            relations=tuple([self.relations(part) for part in document.relations]),
        )

    def image(self, part: ImagePart) -> Image:
        if part.slug is not None:
            return self.images[part.slug]
        return Image(url=part.url, alt=part.alt, credit=part.credit)

    def profile(self, part: ProfilePart) -> Profile:
        return Profile(
            source=self.sources[part.source],
            tasks=tuple(part.tasks),
            activities=tuple([intern(it) for it in part.activities]),
            knowledge={intern(name): self._once(importance, importance) for name, importance in part.knowledge.items()},
        )

    def relations(self, part: RelationPart) -> PublishedRelations:
        ids = tuple(map(intern, part.ids))
        return PublishedRelations(source=self.sources[part.source], scheme=intern(part.scheme), ids=ids)

    def values(self, parts: Iterable[ValuePart]) -> tuple[Value, ...]:
        return tuple(sorted([self.value(part) for part in parts if not part.suppressed], key=_place))

    def value(self, part: ValuePart) -> Value:
        provenance = Provenance(
            source=self.sources[part.source],
            observed_on=part.observed_on,
            method=part.method or None,
            published_for=_interned(part.published_for),
            published_for_title=_interned(part.published_for_title),
            region=_interned(part.region),
            sample_size=part.sample_size,
        )
        return parse_value(self.attributes[part.attribute], provenance, part.figure())

    def skill(self, position: int, part: CareerSkillPart) -> CareerSkill:
        """Return a skill of a career. Many careers word a skill alike, and have it at the same place."""
        text = self._wordings.setdefault(tuple(part.text.items()), part.text)
        slugs = tuple([link.skill for link in part.concepts if link.accepted_by is not None])
        if (concepts := self._concepts.get(slugs)) is None:
            concepts = self._concepts[slugs] = tuple([self.skills[slug] for slug in slugs])
        key = position, id(text), id(concepts)  # both are kept here
        if (skill := self._career_skills.get(key)) is None:
            skill = self._career_skills[key] = CareerSkill(position=position, text=text, concepts=concepts)
        return skill

    def stage(self, part: StagePart) -> RoadmapStage:
        return RoadmapStage(
            title=part.title,
            summary=part.summary,
            months=part.months,
            skills=tuple([self.skills[slug] for slug in part.skills]),
            resources=tuple([Resource(**asdict(it)) for it in part.resources]),
        )


def _place(value: Value) -> tuple[int, str, str]:
    return value.attribute.position, value.attribute.key, value.provenance.region or ""


def texts_of(texts: Texts) -> Mapping[str, tuple[str, ...]]:
    """The texts of each locale."""
    return {locale: tuple(map(intern, wordings)) for locale, wordings in texts.items()}


def _interned(text: str | None) -> str | None:
    """The text, as one object wherever it comes: careers have the same figures of many regions and codes."""
    return None if text is None else intern(text)


def external_ids_of(parts: Iterable[ExternalIdPart]) -> tuple[ExternalId, ...]:
    """The ids of an item elsewhere."""
    return tuple([ExternalId(**asdict(part) | {"scheme": intern(part.scheme)}) for part in parts])
