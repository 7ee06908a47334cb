"""The tables of the index: what lists and work queues ask of documents without reading them (`documents/index`)."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.tables.table import Position, Table, Word, owner


class DocumentIndexRow(Table):
    """What lists search in a document: of the published one its names, of an open draft (`draft`) all its texts, in one
    text, case folded. `number` is the revision that was indexed, so that one that was not is noticed."""

    document_id: Mapped[int] = owner("document")
    draft: Mapped[bool] = mapped_column(primary_key=True)
    number: Mapped[int]
    text: Mapped[str]


class DocumentWordingRow(Table):
    """How many of the texts that a document has in the default locale are written in a locale too."""

    document_id: Mapped[int] = owner("document")
    draft: Mapped[bool] = mapped_column(primary_key=True)
    locale: Mapped[Word]
    texts: Mapped[int]


class DraftReferenceRow(Table):
    """A document that an open draft refers to."""

    __table_args__ = (Index(None, "target_type", "target_slug"),)

    document_id: Mapped[int] = owner("document")
    target_type: Mapped[Word]
    target_slug: Mapped[Word]


class DraftFigureRow(Table):
    """A figure in an open draft of a career; its source may be empty. The indexes are what queues count."""

    __table_args__ = (Index(None, "document_id", "attribute"), Index(None, "observed_on"), Index(None, "source"))

    document_id: Mapped[int] = owner("document")
    position: Mapped[Position]
    attribute: Mapped[str]
    region: Mapped[str | None]
    source: Mapped[str]
    observed_on: Mapped[date | None]


class DraftLinkRow(Table):
    """A link to a skill concept in an open draft of a career that nobody accepted."""

    document_id: Mapped[int] = owner("document")
    skill_position: Mapped[Position]
    position: Mapped[Position]
    skill: Mapped[str]
    wording: Mapped[dict[str, str]]
    proposed_by: Mapped[str]
    method: Mapped[str | None]
    score: Mapped[float | None]
