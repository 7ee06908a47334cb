"""Keys: what a document is known by, as it is asked for and as it is answered."""

import strawberry

from careergraph.api.base.describe import field, input_type, object_type
from careergraph.api.editing.enums import DocumentType
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.preview.preview import Selection


@input_type
class DocumentKeyInput:
    """What a document is known by."""

    type: DocumentType = strawberry.field(description="Its type.")
    slug: str = strawberry.field(description="Its slug; of an attribute its key, of a locale its code.")


@object_type
class DocumentKey:
    """What a document is known by."""

    of: strawberry.Private[Key]

    @field
    def type(self) -> DocumentType:
        """Its type."""
        return type_of(self.of)

    @field
    def slug(self) -> str:
        """Its slug; of an attribute its key, of a locale its code."""
        return self.of[1]


def key_of(type: DocumentType, slug: str) -> Key:
    """The key as the editors' verbs know it."""
    return type.value.lower(), slug


def keys_of(inputs: list[DocumentKeyInput] | None) -> tuple[Key, ...]:
    """The keys of a list; none of none."""
    return tuple([key_of(it.type, it.slug) for it in inputs or ()])


def selection_of(documents: list[DocumentKeyInput] | None, release: str | None) -> Selection:
    """What is selected: a release where one is named, else some documents."""
    return Selection(release=release, keys=() if release is not None else keys_of(documents))


def type_of(key: Key) -> DocumentType:
    """The type of a key."""
    return DocumentType(key[0].upper())


def key_or_none(key: Key | None) -> DocumentKey | None:
    """A key, where there is one."""
    return None if key is None else DocumentKey(key)
