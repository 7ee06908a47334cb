"""Documents to a catalog: the one way a catalog is made, whether from live rows, from revisions or from files."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from msgspec.structs import asdict

from careergraph.engine.content import (
    Career,
    Catalog,
    Category,
    Collection,
    FocalPoint,
    Image,
    ImageFile,
    PairNotes,
    PairQuestion,
    Skill,
)
from careergraph.engine.content.attribute import Attribute, Better, Option, TransitionRole, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.content.plural import PluralRules
from careergraph.engine.content.source import Source, SourceKind
from careergraph.store.catalogs.sharing import Sharing
from careergraph.store.catalogs.shelves import Shelves, external_ids_of, texts_of
from careergraph.store.catalogs.shipped import phrases_of
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    ImageDocument,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
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
    With `sharing`, what is the same in another catalog is one object in both. Careers of an iterator, which has each
    type after those that it refers to, are built as they come, so that their documents are never all in memory.
    Raises KeyError or ValueError for documents that refer to nothing or hold bad values.
    """
    every: list[Document] = []
    careers: list[Career] = []
    shelves: Shelves | None = None
    published = careers_published_at or {}

    def make(build: Callable[[Kind], Item], document: Kind) -> Item:
        """Make an item, or take the one that the same document made before."""
        before: Item | None = None if sharing is None else sharing.item(document)
        return build(document) if before is None else before

    def shelves_of() -> Shelves:
        return Shelves(
            {it.key: make(build_attribute, it) for it in _of(every, AttributeDocument)},
            {it.slug: make(build_source, it) for it in _of(every, SourceDocument)},
            {it.slug: make(build_category, it) for it in _of(every, CategoryDocument)},
            {it.slug: make(build_skill, it) for it in _of(every, SkillDocument)},
            {it.slug: make(build_image, it) for it in _of(every, ImageDocument)},
            sharing,
        )

    for document in documents:
        if isinstance(document, CareerDocument) and isinstance(documents, Iterator):
            shelves = shelves or shelves_of()
            careers.append(shelves.career(document, published.get(document.slug, published_at)))
        else:
            every.append(document)
    shelves = shelves or shelves_of()
    return Catalog.of(
        version=version,
        published_at=published_at,
        locales=build_locales(_of(every, LocaleDocument)),
        attributes=shelves.attributes.values(),
        sources=shelves.sources.values(),
        categories=shelves.categories.values(),
        skills=shelves.skills.values(),
        careers=careers
        or [shelves.career(it, published.get(it.slug, published_at)) for it in _of(every, CareerDocument)],
        collections=[make(build_collection, it) for it in _of(every, CollectionDocument)],
        images=shelves.images.values(),
        pairs=[make(build_pair, it) for it in _of(every, PairDocument)],
        redirects=redirects,
        neighbourhoods=neighbourhoods if sharing is None else sharing.neighbourhoods(neighbourhoods),
    )


def build_attribute(document: AttributeDocument) -> Attribute:
    """An attribute from its document. Raises ValueError for an unknown kind, direction or role."""
    words = {"kind": ValueKind(document.kind), "better": Better(document.better)}
    role = None if document.transition_role is None else TransitionRole(document.transition_role)
    options = tuple([Option(**asdict(option)) for option in document.options])
    return Attribute(**asdict(document) | words | {"options": options, "transition_role": role})


def build_source(document: SourceDocument) -> Source:
    """A source from its document."""
    return Source(**asdict(document) | {"kind": SourceKind(document.kind)})


def build_category(document: CategoryDocument) -> Category:
    """A category from its document."""
    return Category(**asdict(document))


def build_collection(document: CollectionDocument) -> Collection:
    """A collection from its document."""
    return Collection(**asdict(document) | {"careers": tuple(document.careers)})


def build_skill(document: SkillDocument) -> Skill:
    """A skill concept from its document."""
    return Skill(
        slug=document.slug,
        name=document.name,
        aliases=texts_of(document.aliases),
        family=document.family or None,
        broader=tuple(document.broader),
        related=tuple(document.related),
        external_ids=external_ids_of(document.external_ids),
    )


def build_image(document: ImageDocument) -> Image:
    """An image from its document."""
    file, point = document.file, document.focal_point
    return Image(
        slug=document.slug,
        alt=document.alt,
        credit=document.credit,
        file=None if file is None else ImageFile(**{name: getattr(file, name) for name in _FILE}),
        focal_point=None if point is None else FocalPoint(x=point.x, y=point.y),
    )


_FILE = ("sha256", "media_type", "width", "height")


def build_pair(document: PairDocument) -> PairNotes:
    """The editors' notes on a pair, from its document."""
    questions = tuple([PairQuestion(**asdict(question)) for question in document.questions])
    return PairNotes(**asdict(document) | {"questions": questions})


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
    own = {"fallback": fallback, "plural": PluralRules(document.plural), "phrases": phrases_of(document)}
    return Locale(**asdict(document) | own)


def _of(documents: Iterable[Document], kind: type[Kind]) -> list[Kind]:
    return [document for document in documents if isinstance(document, kind)]
