"""Ids: which row a document is, and which document a row is."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
)
from careergraph.store.tables.content import Attribute, Career, Category, Locale, Skill, Source, Table
from careergraph.store.tables.content import Collection as CollectionRow
from careergraph.store.tables.editing import PairRow

Key = tuple[str, str]
"""What a document is known by among all: its type and its ident."""

Only = Collection[str] | None
"""The idents of the documents that are asked for; None is for all."""

IDENTS: Mapping[str, tuple[type[Table], InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    LocaleDocument.TYPE: (Locale, Locale.id, Locale.code),
    SourceDocument.TYPE: (Source, Source.id, Source.slug),
    AttributeDocument.TYPE: (Attribute, Attribute.id, Attribute.key),
    CategoryDocument.TYPE: (Category, Category.id, Category.slug),
    SkillDocument.TYPE: (Skill, Skill.id, Skill.slug),
    CareerDocument.TYPE: (Career, Career.id, Career.slug),
    CollectionDocument.TYPE: (CollectionRow, CollectionRow.id, CollectionRow.slug),
    PairDocument.TYPE: (PairRow, PairRow.id, PairRow.slug),
}
"""The table of each document type, with its columns of ids and of idents."""


class Ids:
    """The ids of live documents by type and ident, each type asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[str, dict[str, int]] = {}

    def of(self, type_name: str) -> Mapping[str, int]:
        """The ids of a type by ident."""
        if type_name not in self._found:
            _, id_column, ident_column = IDENTS[type_name]
            rows = self._session.execute(select(ident_column, id_column))
            self._found[type_name] = {row[0]: row[1] for row in rows}
        return self._found[type_name]

    def idents(self, type_name: str) -> Mapping[int, str]:
        """The idents of a type by id."""
        return {number: ident for ident, number in self.of(type_name).items()}

    def forget(self, type_name: str) -> None:
        """Rows of the type came or went."""
        self._found.pop(type_name, None)
