"""References between live documents, looked up in the rows that hold them, without reading a document."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    ImageDocument,
    Key,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
)
from careergraph.store.documents.rows.ids import IDENTS
from careergraph.store.documents.rows.query import by_type
from careergraph.store.tables.content import (
    Career,
    CareerImage,
    CareerProfile,
    CareerRelation,
    CareerSkillConcept,
    CollectionCareer,
    Locale,
    RegionalValue,
    SkillRelation,
    StageSkill,
    Value,
)
from careergraph.store.tables.editing import PairRow

Column = InstrumentedAttribute[Any]

COLUMNS: Mapping[str, Sequence[tuple[str, Column, Column]]] = {
    ImageDocument.TYPE: [(CareerDocument.TYPE, CareerImage.career_id, CareerImage.image_id)],
    CategoryDocument.TYPE: [(CareerDocument.TYPE, Career.id, Career.category_id)],
    AttributeDocument.TYPE: [
        (CareerDocument.TYPE, table.career_id, table.attribute_id) for table in (Value, RegionalValue)
    ],
    SourceDocument.TYPE: [
        (CareerDocument.TYPE, table.career_id, table.source_id)
        for table in (Value, RegionalValue, CareerProfile, CareerRelation)
    ],
    SkillDocument.TYPE: [
        (SkillDocument.TYPE, SkillRelation.skill_id, SkillRelation.other_id),
        (CareerDocument.TYPE, CareerSkillConcept.career_id, CareerSkillConcept.skill_id),
        (CareerDocument.TYPE, StageSkill.career_id, StageSkill.skill_id),
    ],
    CareerDocument.TYPE: [
        (CollectionDocument.TYPE, CollectionCareer.collection_id, CollectionCareer.career_id),
        (PairDocument.TYPE, PairRow.id, PairRow.a_id),
        (PairDocument.TYPE, PairRow.id, PairRow.b_id),
    ],
}
"""For each type that documents refer to by id: the referring type, its id, and the column that refers."""


def referring(session: Session, keys: Iterable[Key]) -> set[Key]:
    """Return the keys of the live documents that refer to any of some live documents. That a text is written in a
    locale counts as no reference here."""
    referring_keys: set[Key] = set()
    for type_name, idents in by_type(keys):
        _, id_column, ident_column = IDENTS[type_name]
        targets = select(id_column).where(ident_column.in_(idents))
        for other, owner, column in COLUMNS.get(type_name, ()):
            model, other_id, other_ident = IDENTS[other]
            owners = select(owner).where(column.in_(targets))
            rows = session.execute(select(other_ident).select_from(model).where(other_id.in_(owners)))
            referring_keys.update([(other, row[0]) for row in rows])
        if type_name == LocaleDocument.TYPE:
            rows = session.execute(select(Locale.code).where(Locale.fallback.in_(idents)))
            referring_keys.update([(type_name, row[0]) for row in rows])
    return referring_keys


def live_keys(session: Session, keys: Iterable[Key]) -> set[Key]:
    """Return those of some keys whose documents are live."""
    live: set[Key] = set()
    for type_name, idents in by_type(keys):
        ident = IDENTS[type_name][2]
        live.update([(type_name, row[0]) for row in session.execute(select(ident).where(ident.in_(idents)))])
    return live


def live_idents(session: Session, type_name: str) -> list[str]:
    """Return the idents of all live documents of a type."""
    return list(session.scalars(select(IDENTS[type_name][2])))


def count_live(session: Session, type_name: str) -> int:
    """Count the live documents of a type."""
    return session.scalar(select(func.count()).select_from(IDENTS[type_name][0])) or 0


def broader_skills(session: Session, slugs: Collection[str]) -> set[str]:
    """Return the slugs of the skills that are broader than some, at whatever distance."""
    broader: set[str] = set()
    waiting = set(slugs)
    while waiting:
        skills = IDENTS[SkillDocument.TYPE]
        narrow = select(skills[1]).where(skills[2].in_(waiting))
        edges = select(SkillRelation.other_id).where(
            SkillRelation.kind == "BROADER", SkillRelation.skill_id.in_(narrow)
        )
        waiting = set(session.scalars(select(skills[2]).where(skills[1].in_(edges)))) - broader
        broader |= waiting
    return broader
