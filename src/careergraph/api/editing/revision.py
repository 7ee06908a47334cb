"""Revision: one state of a document, with who made it, when and why."""

from datetime import datetime

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.scalars import Document
from careergraph.api.editing.outcome import document_or_none
from careergraph.store.editing.drafts import Revised


@object_type
class Revision:
    """One state of a document. It is never changed and never removed."""

    of: strawberry.Private[Revised]

    @field
    def number(self) -> int:
        """Its number: 1 for the document's first."""
        return self.of.number

    @field
    def document(self) -> Document | None:
        """The document; null where the revision removes it."""
        return document_or_none(self.of.body)

    @field
    def author(self) -> str:
        """Who made it."""
        return self.of.author

    @field
    def note(self) -> str:
        """Why."""
        return self.of.note

    @field
    def created_at(self) -> datetime:
        """When."""
        return self.of.created_at

    @field
    def version(self) -> int | None:
        """The version of the catalog that published it; null for a draft."""
        return self.of.version


def revisions_of(rows: tuple[Revised, ...]) -> list[Revision]:
    """Revisions as they are answered."""
    return [Revision(it) for it in rows]
