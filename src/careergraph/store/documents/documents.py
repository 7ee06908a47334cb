"""Documents: the one shape of content, everywhere. Content files, inputs, revisions and exports all hold it, as JSON.

A field that a reader sees is written once for each locale: `"title": {"en": "Data Engineer", "de": "Data Engineer"}`.
Names are camelCase, as in the API. An absent field and its default mean the same, and are written as absence.
"""

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from careergraph.store.documents.parts import FIGURE_FIELDS as FIGURE_FIELDS
from careergraph.store.documents.parts import CareerSkillPart as CareerSkillPart
from careergraph.store.documents.parts import ConceptPart as ConceptPart
from careergraph.store.documents.parts import ExternalIdPart as ExternalIdPart
from careergraph.store.documents.parts import ImagePart as ImagePart
from careergraph.store.documents.parts import OptionPart as OptionPart
from careergraph.store.documents.parts import Part as Part
from careergraph.store.documents.parts import ProfilePart as ProfilePart
from careergraph.store.documents.parts import QuestionPart as QuestionPart
from careergraph.store.documents.parts import RelationPart as RelationPart
from careergraph.store.documents.parts import ResourcePart as ResourcePart
from careergraph.store.documents.parts import StagePart as StagePart
from careergraph.store.documents.parts import Text as Text
from careergraph.store.documents.parts import Texts as Texts
from careergraph.store.documents.parts import ValuePart as ValuePart


class Document(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """One piece of content. `TYPE` is its type, and the name of its folder among content files is `FOLDER`."""

    TYPE: ClassVar[str]
    FOLDER: ClassVar[str]

    @property
    def ident(self) -> str:
        """What the document is known by among those of its type: its slug, an attribute's key, a locale's code."""
        raise NotImplementedError


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


class CareerDocument(Document):
    """A career. `category` is a slug. `values` hold one figure for each attribute, `regional_values` further ones of
    other regions. `relations` are what sources publish of related careers."""

    TYPE = "career"
    FOLDER = "careers"

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
