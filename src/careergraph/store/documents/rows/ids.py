"""Ids: which row a document is, and which document a row is."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    ConceptPart,
    ImageDocument,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
    ValuePart,
)
from careergraph.store.tables.content import (
    Attribute,
    Career,
    CareerSkillConcept,
    Category,
    Image,
    Locale,
    Skill,
    Source,
    Value,
)
from careergraph.store.tables.content import Collection as CollectionRow
from careergraph.store.tables.editing import PairRow
from careergraph.store.tables.table import Table

Only = Collection[str] | None
"""The idents of the documents that are asked for; None is for all."""

IDENTS: Mapping[str, tuple[type[Table], InstrumentedAttribute[int], InstrumentedAttribute[str]]] = {
    LocaleDocument.TYPE: (Locale, Locale.id, Locale.code),
    SourceDocument.TYPE: (Source, Source.id, Source.slug),
    AttributeDocument.TYPE: (Attribute, Attribute.id, Attribute.key),
    CategoryDocument.TYPE: (Category, Category.id, Category.slug),
    SkillDocument.TYPE: (Skill, Skill.id, Skill.slug),
    ImageDocument.TYPE: (Image, Image.id, Image.slug),
    CareerDocument.TYPE: (Career, Career.id, Career.slug),
    CollectionDocument.TYPE: (CollectionRow, CollectionRow.id, CollectionRow.slug),
    PairDocument.TYPE: (PairRow, PairRow.id, PairRow.slug),
}
"""The table of each document type, with its columns of ids and of idents."""

VALUE_COLUMNS = tuple([name for name in ValuePart.__struct_fields__ if name in Value.__table__.columns])
CONCEPT_COLUMNS = tuple(
    [name for name in ConceptPart.__struct_fields__ if name in CareerSkillConcept.__table__.columns]
)
"""The fields of values, and of links to concepts, that are columns of the same name."""

FEW = 20
"""The most documents for which idents are looked up one by one; for more, all of a type are read at once."""


class Ids:
    """The ids of live documents by type and ident. With `few` documents at hand each ident is looked up when it is
    needed; otherwise all of its type are read at once."""

    def __init__(self, session: Session, *, few: bool = False) -> None:
        self._session, self._few = session, few
        self._by_ident: dict[str, dict[str, int]] = {}
        self._by_id: dict[str, Mapping[int, str]] = {}

    def of(self, type_name: str) -> Mapping[str, int]:
        """Return the ids of a type by ident."""
        if type_name not in self._by_ident:
            _, id_column, ident_column = IDENTS[type_name]
            if self._few:
                self._by_ident[type_name] = _Lookup(self._session, ident_column, id_column)
            else:
                rows = self._session.execute(select(ident_column, id_column))
                self._by_ident[type_name] = {row[0]: row[1] for row in rows}
        return self._by_ident[type_name]

    def idents(self, type_name: str) -> Mapping[int, str]:
        """Return the idents of a type by id."""
        if type_name not in self._by_id:
            _, id_column, ident_column = IDENTS[type_name]
            if self._few:
                self._by_id[type_name] = _Lookup(self._session, id_column, ident_column)
            else:
                self._by_id[type_name] = {number: ident for ident, number in self.of(type_name).items()}
        return self._by_id[type_name]

    def forget(self, type_name: str) -> None:
        """Rows of the type came or went."""
        self._by_ident.pop(type_name, None)
        self._by_id.pop(type_name, None)


class _Lookup(dict[Any, Any]):
    """Cells of one column by those of another, each looked up when it is first needed. Raises KeyError."""

    def __init__(self, session: Session, key: InstrumentedAttribute[Any], value: InstrumentedAttribute[Any]) -> None:
        super().__init__()
        self._session, self._key, self._value = session, key, value

    def __missing__(self, key: object) -> Any:
        cell = self._session.scalar(select(self._value).where(self._key == key))
        if cell is None:
            raise KeyError(key)
        self[key] = cell
        return cell

    def __contains__(self, key: object) -> bool:
        try:
            return self[key] is not None
        except KeyError:
            return False
