"""Missing: what is not written in a locale, document by document."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.scalars import Json
from careergraph.api.editing.keys import DocumentKey
from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.editing import translations
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.store.documents.documents import Document
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import bodies, drafts


@object_type
class MissingText:
    """A text that is not written in a locale, so that it falls back there. The fallback is never saved."""

    of: strawberry.Private[translations.Missing]

    @field
    def path(self) -> str:
        """The field, as it would be written in a program."""
        return self.of.path

    @field
    def text(self) -> Json | None:
        """What is written in the default locale: a text or a list of texts; null where nothing is."""
        return None if self.of.text is None else Json(self.of.text)


@object_type
class MissingInDocument:
    """A document that is not written in a locale, or not in every part."""

    of: strawberry.Private[Sequence[translations.Missing]]

    @field
    def document(self) -> DocumentKey:
        """The document."""
        return DocumentKey(self.of[0].key)

    @field
    def texts(self) -> list[MissingText]:
        """The texts that are missing."""
        return [MissingText(it) for it in self.of]


Found = Mapping[Key, list[translations.Missing]]


@object_type
class Missing:
    """What is not written in a locale."""

    of: strawberry.Private[Found]
    after: strawberry.Private[Key | None]
    first: strawberry.Private[int]

    @field
    def count(self) -> int:
        """How many texts are missing in all documents."""
        return sum(map(len, self.of.values()))

    @field
    def documents(self) -> list[MissingInDocument]:
        """The documents that miss some, by type and slug: the page that was asked for."""
        beyond = (found for key, found in self.of.items() if self.after is None or key > self.after)
        return [MissingInDocument(it) for it in islice(beyond, self.first)]


def missing_in(session: Session, locale: str, types: Collection[str] | None, *, drafts_too: bool) -> Found:
    """What documents of some types (None: all) miss in a locale, by key. Raises Rejected for a draft of old shape."""
    documents = {key(it): it for it in read_all(session)}
    if drafts_too:
        documents |= _drafts(session)
    by_key: dict[Key, list[translations.Missing]] = {}
    for missing_text in translations.missing(documents.values(), locale):
        if types is None or missing_text.key[0] in types:
            by_key.setdefault(missing_text.key, []).append(missing_text)
    return dict(sorted(by_key.items()))


def _drafts(session: Session) -> dict[Key, Document]:
    draft_bodies = bodies(session, [it.key for it in drafts(session)])
    return {it: restore_document(it, body) for it, body in draft_bodies.items() if body is not None}
