"""Documents: the one shape of content, everywhere. Content files, inputs, revisions and exports all hold it, as JSON.

A field that a reader sees is written once for each locale: `"title": {"en": "Data Engineer", "de": "Data Engineer"}`.
Names are camelCase, as in the API. An absent field and its default mean the same, and are written as absence.
"""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import msgspec

from careergraph.store.documents.pictures import FilePart, FocalPointPart, ImagePart
from careergraph.store.documents.texts import Text as Text
from careergraph.store.documents.texts import Texts as Texts


class Part(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """Something inside of a document."""


class ExternalIdPart(Part):
    """An id in somebody else's scheme."""

    scheme: str
    id: str


class OptionPart(Part):
    """A level or option, of an edition of its scale; it takes over so many months, and up to so many."""

    key: str
    label: Text
    months_over: int | None = None
    months_up_to: int | None = None
    edition: Text = {}


class ValuePart(Part):
    """A career's figure for an attribute: its origin, and the fields of its kind. A `suppressed` figure is one that its
    source recommends not to publish: no catalog holds it."""

    attribute: str
    source: str
    observed_on: date | None = None
    method: Text = {}
    published_for: str | None = None
    published_for_title: str | None = None
    region: str | None = None
    sample_size: int | None = None
    suppressed: bool = False
    low: float | None = None
    high: float | None = None
    open_end: str | None = None
    currency: str | None = None
    period: str | None = None
    basis: str | None = None
    low_percentile: int | None = None
    high_percentile: int | None = None
    value: float | None = None
    unit: str | None = None
    interval: list[float] | None = None
    level: str | None = None
    share: float | None = None
    yes: bool | None = None
    choice: str | None = None

    def figure(self) -> Mapping[str, object]:
        """The fields of the attribute's kind that are present."""
        cells = {name: getattr(self, column) for column, name in FIGURE_FIELDS.items()}
        return {name: cell for name, cell in cells.items() if cell is not None}


_NAMES, _FIELDS = ValuePart.__struct_fields__, ValuePart.__struct_encode_fields__
FIGURE_FIELDS = dict(list(zip(_NAMES, _FIELDS, strict=True))[_NAMES.index("low") :])
"""The fields of a value that its attribute's kind reads: what a document calls each, by its name here."""


class ConceptPart(Part):
    """A link from a career's wording to a skill concept. A comparison uses it once somebody accepted it. If a program
    proposed it, it has the `method`, the `score` (0 to 1), and the `model` if one took part."""

    skill: str
    proposed_by: str
    accepted_by: str | None = None
    method: str | None = None
    score: float | None = None
    model: str | None = None


class CareerSkillPart(Part):
    """A skill as the career words it; the first concept is the main one."""

    text: Text
    concepts: list[ConceptPart] = []


class ResourcePart(Part):
    """Something to learn from."""

    title: Text
    url: str


class StagePart(Part):
    """One stage of a roadmap; `skills` are slugs."""

    title: Text
    summary: Text = {}
    months: int | None = None
    skills: list[str] = []
    resources: list[ResourcePart] = []


class ProfilePart(Part):
    """What the work consists of, as a source describes it, in the default locale; `knowledge` holds how important each
    field is, by its name."""

    source: str
    tasks: list[str] = []
    activities: list[str] = []
    knowledge: dict[str, float] = {}


class RelationPart(Part):
    """The careers that a source calls related, nearest first, by their ids in a scheme."""

    source: str
    scheme: str
    ids: list[str]


class QuestionPart(Part):
    """A question about a pair that an editor answers."""

    question: Text
    answer: Text


class Document(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """One piece of content. `TYPE` is its type, and the name of its folder among content files is `FOLDER`."""

    TYPE: ClassVar[str]
    FOLDER: ClassVar[str]
    IDENT: ClassVar[str] = "slug"

    @property
    def ident(self) -> str:
        """The name that no other document of its type has: its slug, an attribute's key, a locale's code."""
        return str(getattr(self, self.IDENT))


class LocaleDocument(Document):
    """A language: its separators, its money, and the phrases that belong to no attribute."""

    TYPE, FOLDER, IDENT = "locale", "locales", "code"

    code: str
    name: str
    fallback: str | None = None
    plural: str = "ONE"
    decimal: str = "."
    group: str = ","
    money: dict[str, str] = {}
    periods: dict[str, str] = {}
    phrases: dict[str, str] = {}


class SourceDocument(Document):
    """Where figures come from."""

    TYPE, FOLDER = "source", "sources"

    slug: str
    title: str
    publisher: str
    kind: str
    url: str | None = None
    licence: str | None = None
    credit: str | None = None
    vintage: str | None = None


class AttributeDocument(Document):
    """Something careers are compared by. `options` are the levels of a LEVEL, lowest first, or those of a CHOICE."""

    TYPE, FOLDER, IDENT = "attribute", "attributes", "key"

    key: str
    label: Text
    kind: str
    better: str
    position: int
    unit: str | None = None
    scale: float | None = None
    decimals: int = 0
    options: list[OptionPart] = []
    phrases: dict[str, Text] = {}
    in_summary: bool = False
    transition_role: str | None = None


class CategoryDocument(Document):
    """A field of work."""

    TYPE, FOLDER = "category", "categories"

    slug: str
    name: Text
    summary: Text = {}


class SkillDocument(Document):
    """A skill concept. `broader` and `related` are slugs of skills."""

    TYPE, FOLDER = "skill", "skills"

    slug: str
    name: Text
    aliases: Texts = {}
    family: Text = {}
    broader: list[str] = []
    related: list[str] = []
    external_ids: list[ExternalIdPart] = []


class ImageDocument(Document):
    """A picture: its file, and what is said of it."""

    TYPE, FOLDER = "image", "images"

    slug: str
    alt: Text
    file: FilePart | None = None
    credit: str | None = None
    focal_point: FocalPointPart | None = None


class CareerDocument(Document):
    """A career. `category` is a slug. `values` hold one figure for each attribute, `regional_values` further ones of
    other regions. `relations` are what sources publish of related careers."""

    TYPE, FOLDER = "career", "careers"

    slug: str
    title: Text
    summary: Text
    category: str
    aliases: Texts = {}
    values: list[ValuePart] = []
    regional_values: list[ValuePart] = []
    skills: list[CareerSkillPart] = []
    roadmap: list[StagePart] = []
    image: ImagePart | None = None
    external_ids: list[ExternalIdPart] = []
    profile: ProfilePart | None = None
    relations: list[RelationPart] = []


class CollectionDocument(Document):
    """A list of careers, by slug, in the editor's order."""

    TYPE, FOLDER = "collection", "collections"

    slug: str
    title: Text
    summary: Text = {}
    careers: list[str] = []


class PairDocument(Document):
    """What an editor says of two careers, next to what is proven: `a` and `b` are slugs, in alphabetical order."""

    TYPE, FOLDER = "pair", "pairs"

    a: str
    b: str
    introduction: Text = {}
    questions: list[QuestionPart] = []
    featured: bool = False
    hidden: bool = False

    @property
    def ident(self) -> str:
        return f"{self.a}-vs-{self.b}"


DOCUMENTS = tuple(Document.__subclasses__())
"""The document types in the order of their definition: each after those that it refers to."""

BY_TYPE: Mapping[str, type[Document]] = {document.TYPE: document for document in DOCUMENTS}

Key = tuple[str, str]
"""The key of a document: its type and its ident."""


def key_of(document: Document) -> Key:
    """Return the key of a document."""
    return document.TYPE, document.ident
