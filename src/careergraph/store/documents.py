"""Documents: the one shape of content, everywhere. Content files, inputs, revisions and exports all hold it, as JSON.

A field that a reader sees is written once for each locale: `"title": {"en": "Data Engineer", "de": "Data Engineer"}`.
Names are camelCase, as in the API. An absent field and its default mean the same, and are written as absence.
"""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import msgspec

Text = dict[str, str]
Texts = dict[str, list[str]]


class Document(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """One piece of content. `TYPE` is its type, and the name of its folder among content files is `FOLDER`."""

    TYPE: ClassVar[str]
    FOLDER: ClassVar[str]

    @property
    def ident(self) -> str:
        """What the document is known by among those of its type: its slug, an attribute's key, a locale's code."""
        raise NotImplementedError


class Part(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """Something inside of a document."""


class ExternalIdPart(Part):
    """An id in somebody else's scheme."""

    scheme: str
    id: str


class LocaleDocument(Document):
    """A language: its separators, its money, and the phrases that belong to no attribute."""

    TYPE = "locale"
    FOLDER = "locales"

    code: str
    name: str
    fallback: str | None = None
    plural: str = "ONE"
    decimal: str = "."
    group: str = ","
    money: dict[str, str] = {}
    periods: dict[str, str] = {}
    phrases: dict[str, str] = {}

    @property
    def ident(self) -> str:
        return self.code


class SourceDocument(Document):
    """Where figures come from."""

    TYPE = "source"
    FOLDER = "sources"

    slug: str
    title: str
    publisher: str
    kind: str
    url: str | None = None
    licence: str | None = None
    credit: str | None = None
    vintage: str | None = None

    @property
    def ident(self) -> str:
        return self.slug


class OptionPart(Part):
    """A level or an option of an attribute."""

    key: str
    label: Text


class AttributeDocument(Document):
    """Something careers are compared by. `options` are the levels of a LEVEL, lowest first, or those of a CHOICE."""

    TYPE = "attribute"
    FOLDER = "attributes"

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

    @property
    def ident(self) -> str:
        return self.key


class CategoryDocument(Document):
    """A field of work."""

    TYPE = "category"
    FOLDER = "categories"

    slug: str
    name: Text
    summary: Text = {}

    @property
    def ident(self) -> str:
        return self.slug


class SkillDocument(Document):
    """A skill concept. `broader` and `related` are slugs of skills."""

    TYPE = "skill"
    FOLDER = "skills"

    slug: str
    name: Text
    aliases: Texts = {}
    family: Text = {}
    broader: list[str] = []
    related: list[str] = []
    external_ids: list[ExternalIdPart] = []

    @property
    def ident(self) -> str:
        return self.slug


class ValuePart(Part):
    """A career's figure for an attribute: where it comes from, and the fields of its kind (see `engine.values`)."""

    attribute: str
    source: str
    observed_on: date | None = None
    method: Text = {}
    published_for: str | None = None
    region: str | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    period: str | None = None
    basis: str | None = None
    value: float | None = None
    unit: str | None = None
    interval: list[float] | None = None
    level: str | None = None
    yes: bool | None = None
    choice: str | None = None

    def figure(self) -> Mapping[str, object]:
        """The fields of the attribute's kind that are present."""
        return {name: found for name in FIGURE_FIELDS if (found := getattr(self, name)) is not None}


FIGURE_FIELDS = ("low", "high", "currency", "period", "basis", "value", "unit", "interval", "level", "yes", "choice")
"""The fields of a value that its attribute's kind reads."""


class ConceptPart(Part):
    """A link from a career's wording to a skill concept. A comparison uses it once somebody accepted it."""

    skill: str
    proposed_by: str
    accepted_by: str | None = None


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


class ImagePart(Part):
    """A picture, by address."""

    url: str
    alt: Text
    credit: str | None = None


class CareerDocument(Document):
    """A career. `category` is a slug."""

    TYPE = "career"
    FOLDER = "careers"

    slug: str
    title: Text
    summary: Text
    category: str
    aliases: Texts = {}
    values: list[ValuePart] = []
    skills: list[CareerSkillPart] = []
    roadmap: list[StagePart] = []
    image: ImagePart | None = None
    external_ids: list[ExternalIdPart] = []

    @property
    def ident(self) -> str:
        return self.slug


class CollectionDocument(Document):
    """A list of careers, by slug, in the editor's order."""

    TYPE = "collection"
    FOLDER = "collections"

    slug: str
    title: Text
    summary: Text = {}
    careers: list[str] = []

    @property
    def ident(self) -> str:
        return self.slug


class QuestionPart(Part):
    """A question about a pair that an editor answers."""

    question: Text
    answer: Text


class PairDocument(Document):
    """What an editor says of two careers, next to what is proven: `a` and `b` are slugs, in alphabetical order."""

    TYPE = "pair"
    FOLDER = "pairs"

    a: str
    b: str
    introduction: Text = {}
    questions: list[QuestionPart] = []
    featured: bool = False
    hidden: bool = False

    @property
    def ident(self) -> str:
        return f"{self.a}-vs-{self.b}"


DOCUMENTS: tuple[type[Document], ...] = (
    LocaleDocument,
    SourceDocument,
    AttributeDocument,
    CategoryDocument,
    SkillDocument,
    CareerDocument,
    CollectionDocument,
    PairDocument,
)
"""The document types, each after those that it refers to."""

BY_TYPE: Mapping[str, type[Document]] = {document.TYPE: document for document in DOCUMENTS}


def encode(document: Document) -> bytes:
    """A document as compact JSON."""
    return msgspec.json.encode(document)


def decode(type_name: str, body: bytes | str) -> Document:
    """A document from JSON. Raises msgspec.ValidationError (with the path at fault) or KeyError for an unknown type."""
    return msgspec.json.decode(body, type=BY_TYPE[type_name])
