"""The key of a document, as an object, and the types of documents."""

from typing import TYPE_CHECKING

from careergraph.api.base.declare import Mirror, attr, mirror_enum, object_type
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.documents.documents import Key


class DocumentTypes(DescribedEnum):
    """The types of documents that editors write."""

    CAREER = "CAREER", "A career."
    SKILL = "SKILL", "A skill concept."
    CATEGORY = "CATEGORY", "A field of work."
    ATTRIBUTE = "ATTRIBUTE", "A criterion of comparison, with its phrases. Its slug is its key."
    COLLECTION = "COLLECTION", "A list of careers."
    SOURCE = "SOURCE", "Where figures come from."
    LOCALE = "LOCALE", "A language with its phrases. Its slug is its code."
    IMAGE = "IMAGE", "A picture: its file, and what is said of it."
    PAIR = "PAIR", "An editor's text on two careers. Its slug is that of the comparison, in alphabetical order."


if TYPE_CHECKING:
    DocumentType = DocumentTypes
else:
    DocumentType = mirror_enum(DocumentTypes, "The type of a document that editors write.", "DocumentType")


@object_type(Key, "The key of a document.")
class DocumentKey(Mirror):
    type: DocumentType = attr("Its type.", lambda of: type_of(of))  # noqa: PLW0108 - it is defined below
    slug: str = attr("Its slug; of an attribute its key, of a locale its code.", lambda of: of[1])


def type_of(of: Key) -> DocumentType:
    """The type of a key."""
    return DocumentType(of[0].upper())
