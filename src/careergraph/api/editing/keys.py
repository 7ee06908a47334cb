"""Keys of documents, as inputs and as results."""

from careergraph.api.base.declare import input_field, input_type
from careergraph.api.base.document_key import DocumentKey as DocumentKey
from careergraph.api.base.document_key import DocumentType
from careergraph.api.base.document_key import type_of as type_of
from careergraph.store.documents.documents import Key


@input_type("The key of a document.")
class DocumentKeyInput:
    type: DocumentType = input_field("Its type.")
    slug: str = input_field("Its slug; of an attribute its key, of a locale its code.")


@input_type("The key of a document, and the revision of it that you saw.")
class DocumentBaseInput:
    type: DocumentType = input_field("Its type.")
    slug: str = input_field("Its slug; of an attribute its key, of a locale its code.")
    base: int = input_field(
        "The newest revision that you saw (`EditorDocument.revision`). If there is another one now, the answer is a "
        "Conflict with the difference."
    )


def key_or_none(key: Key | None) -> DocumentKey | None:
    """A key; None for None."""
    return None if key is None else DocumentKey(key)
