"""Documents to a catalog: the one way a catalog is made, whether from live rows, from revisions or from files."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from sys import intern
from typing import TypeVar

from careergraph.engine.content import (
    Career,
    CareerSkill,
    Catalog,
    Category,
    Collection,
    ExternalId,
    Image,
    PairNotes,
    PairQuestion,
    Profile,
    PublishedRelations,
    Resource,
    RoadmapStage,
    Skill,
)
from careergraph.engine.content.attribute import Attribute, Better, TransitionRole, ValueKind
from careergraph.engine.content.locale import Locale, Text
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.content.plural import PluralRules
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, Value, parse_value
from careergraph.store.catalogs.sharing import Sharing
from careergraph.store.catalogs.shipped import phrases_of
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    Document,
    ExternalIdPart,
    LocaleDocument,
    PairDocument,
    ProfilePart,
    RelationPart,
    SkillDocument,
    SourceDocument,
    StagePart,
    Texts,
    ValuePart,
)

Kind = TypeVar("Kind", bound=Document)
Item = TypeVar("Item")


def build_catalog(  # noqa: PLR0913, PLR0917 - the documents, and what is known of them besides
    documents: Iterable[Document],
    version: int,
    published_at: datetime,
    careers_published_at: Mapping[str, datetime] | None = None,
    redirects: Mapping[tuple[str, str], str] | None = None,
    neighbourhoods: Neighbourhoods | None = None,
    sharing: Sharing | None = None,
) -> Catalog:
    """The catalog of some documents that passed `editorial.check`.

    `careers_published_at` says when a career was last published, by slug; others count as published with the catalog.
    `redirects` are those of `store.redirects`, `neighbourhoods` those that were worked out when it was published.
    With `sharing`, what is the same in another catalog is one object in both.
    Raises KeyError or ValueError for documents that refer to nothing or hold bad values.
    """
    every = tuple(documents)
    make = _Maker(sharing)
    attributes = {it.key: make(build_attribute, it) for it in _of(every, AttributeDocument)}
    sources = {it.slug: make(build_source, it) for it in _of(every, SourceDocument)}
    categories = {it.slug: make(build_category, it) for it in _of(every, CategoryDocument)}
    skills = {it.slug: make(build_skill, it) for it in _of(every, SkillDocument)}
    shelves = _Shelves(attributes, sources, categories, skills, sharing)
    published = careers_published_at or {}
    return Catalog.of(
        version=version,
        published_at=published_at,
        locales=build_locales(_of(every, LocaleDocument)),
        attributes=attributes.values(),
        sources=sources.values(),
        categories=categories.values(),
        skills=skills.values(),
        careers=[shelves.career(it, published.get(it.slug, published_at)) for it in _of(every, CareerDocument)],
        collections=[make(build_collection, it) for it in _of(every, CollectionDocument)],
        pairs=[make(build_pair, it) for it in _of(every, PairDocument)],
        redirects=redirects,
        neighbourhoods=neighbourhoods if sharing is None else sharing.neighbourhoods(neighbourhoods),
    )


class _Maker:
    """Makes an item of a document, or takes the one that the same document made before."""

    def __init__(self, sharing: Sharing | None) -> None:
        self._sharing = sharing

    def __call__(self, build: Callable[[Kind], Item], document: Kind) -> Item:
        before: Item | None = None if self._sharing is None else self._sharing.item(document)
        return build(document) if before is None else before


def build_attribute(document: AttributeDocument) -> Attribute:
    """An attribute from its document."""
    role = document.transition_role
    return Attribute(
        key=document.key,
        label=document.label,
        kind=ValueKind(document.kind),
        better=Better(document.better),
        position=document.position,
        unit=document.unit,
        scale=document.scale,
        decimals=document.decimals,
        options=tuple([option.option() for option in document.options]),
        phrases=document.phrases,
        in_summary=document.in_summary,
        transition_role=None if role is None else TransitionRole(role),
    )


def build_source(document: SourceDocument) -> Source:
    """A source from its document."""
    return Source(
        slug=document.slug,
        title=document.title,
        publisher=document.publisher,
        kind=SourceKind(document.kind),
        url=document.url,
        licence=document.licence,
        credit=document.credit,
        vintage=document.vintage,
    )


def build_category(document: CategoryDocument) -> Category:
    """A category from its document."""
    return Category(slug=document.slug, name=document.name, summary=document.summary)


def build_collection(document: CollectionDocument) -> Collection:
    """A collection from its document."""
    careers = tuple(document.careers)
    return Collection(slug=document.slug, title=document.title, summary=document.summary, careers=careers)


def build_skill(document: SkillDocument) -> Skill:
    """A skill concept from its document."""
    return Skill(
        slug=document.slug,
        name=document.name,
        aliases=_texts(document.aliases),
        family=document.family or None,
        broader=tuple(document.broader),
        related=tuple(document.related),
        external_ids=_external_ids(document.external_ids),
    )


def build_pair(document: PairDocument) -> PairNotes:
    """The editors' notes on a pair, from its document."""
    return PairNotes(
        a=document.a,
        b=document.b,
        introduction=document.introduction,
        questions=tuple([PairQuestion(question=it.question, answer=it.answer) for it in document.questions]),
        featured=document.featured,
        hidden=document.hidden,
    )


def build_locales(documents: Iterable[LocaleDocument]) -> list[Locale]:
    """Locales with the locale that each falls back to. Raises KeyError for a fallback that is none of them."""
    waiting = {it.code: it for it in documents}
    built: dict[str, Locale] = {}

    def build(code: str) -> Locale:
        if code not in built:
            document = waiting.pop(code)
            built[code] = _locale(document, build(document.fallback) if document.fallback else None)
        return built[code]

    return [build(code) for code in list(waiting)]


def _locale(document: LocaleDocument, fallback: Locale | None) -> Locale:
    return Locale(
        code=document.code,
        name=document.name,
        fallback=fallback,
        plural=PluralRules(document.plural),
        decimal=document.decimal,
        group=document.group,
        money=document.money,
        periods=document.periods,
        phrases=phrases_of(document),
    )


class _Shelves:
    """What careers point to."""

    def __init__(
        self,
        attributes: Mapping[str, Attribute],
        sources: Mapping[str, Source],
        categories: Mapping[str, Category],
        skills: Mapping[str, Skill],
        sharing: Sharing | None = None,
    ) -> None:
        self.attributes, self.sources, self.categories, self.skills = attributes, sources, categories, skills
        self._sharing = sharing
        self._wordings: dict[tuple[tuple[str, str], ...], Text] = {}

    def career(self, document: CareerDocument, published_at: datetime) -> Career:
        before = None if self._sharing is None else self._sharing.career(document, published_at, vars(self))
        return self._career(document, published_at) if before is None else before

    def _career(self, document: CareerDocument, published_at: datetime) -> Career:
        image = document.image
        return Career(
            slug=document.slug,
            title=document.title,
            summary=document.summary,
            category=self.categories[document.category],
            published_at=published_at,
            aliases=_texts(document.aliases),
            values=self.values(document.values),
            regional=self.values(document.regional_values),
            skills=tuple([self.skill(position, part) for position, part in enumerate(document.skills, 1)]),
            roadmap=tuple([self.stage(part) for part in document.roadmap]),
            image=None if image is None else Image(url=image.url, alt=image.alt, credit=image.credit),
            external_ids=_external_ids(document.external_ids),
            profile=None if document.profile is None else self.profile(document.profile),
            relations=tuple([self.relations(part) for part in document.relations]),
        )

    def profile(self, part: ProfilePart) -> Profile:
        return Profile(
            source=self.sources[part.source],
            tasks=tuple(part.tasks),
            activities=tuple([intern(it) for it in part.activities]),
            knowledge={intern(name): importance for name, importance in part.knowledge.items()},
        )

    def relations(self, part: RelationPart) -> PublishedRelations:
        return PublishedRelations(source=self.sources[part.source], scheme=part.scheme, ids=tuple(part.ids))

    def values(self, parts: Iterable[ValuePart]) -> tuple[Value, ...]:
        return tuple(sorted([self.value(part) for part in parts if not part.suppressed], key=_place))

    def value(self, part: ValuePart) -> Value:
        provenance = Provenance(
            source=self.sources[part.source],
            observed_on=part.observed_on,
            method=part.method or None,
            published_for=part.published_for,
            region=part.region,
            sample_size=part.sample_size,
        )
        return parse_value(self.attributes[part.attribute], provenance, part.figure())

    def skill(self, position: int, part: CareerSkillPart) -> CareerSkill:
        accepted = [self.skills[link.skill] for link in part.concepts if link.accepted_by is not None]
        text = self._wordings.setdefault(tuple(part.text.items()), part.text)  # many careers word a skill alike
        return CareerSkill(position=position, text=text, concepts=tuple(accepted))

    def stage(self, part: StagePart) -> RoadmapStage:
        return RoadmapStage(
            title=part.title,
            summary=part.summary,
            months=part.months,
            skills=tuple([self.skills[slug] for slug in part.skills]),
            resources=tuple([Resource(title=it.title, url=it.url) for it in part.resources]),
        )


def _place(value: Value) -> tuple[int, str, str]:
    return value.attribute.position, value.attribute.key, value.provenance.region or ""


def _of(documents: Iterable[Document], kind: type[Kind]) -> list[Kind]:
    return [document for document in documents if isinstance(document, kind)]


def _texts(texts: Texts) -> Mapping[str, tuple[str, ...]]:
    return {locale: tuple(wordings) for locale, wordings in texts.items()}


def _external_ids(parts: Iterable[ExternalIdPart]) -> tuple[ExternalId, ...]:
    return tuple([ExternalId(scheme=part.scheme, id=part.id) for part in parts])
