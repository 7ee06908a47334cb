"""Documents to rows: a few statements a table for every few hundred documents."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from careergraph.store.database.bulk_insert import insert_rows
from careergraph.store.documents.documents import (
    BY_TYPE,
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    Document,
    ExternalIdPart,
    ImageDocument,
    Key,
    PairDocument,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
    key_of,
)
from careergraph.store.documents.rows.ids import CONCEPT_COLUMNS, FEW, IDENTS, VALUE_COLUMNS, Ids
from careergraph.store.documents.rows.query import chunks, table_of
from careergraph.store.tables.content import (
    CareerExternalId,
    CareerImage,
    CareerProfile,
    CareerRelation,
    CareerSkill,
    CareerSkillConcept,
    CollectionCareer,
    RegionalValue,
    RoadmapStage,
    SkillExternalId,
    SkillRelation,
    StageSkill,
    Value,
)
from careergraph.store.tables.table import Table

Cells = dict[str, Any]
PartRow = tuple[type[Table], Cells]

BESIDE = (CareerExternalId, CareerImage, CareerProfile, CareerRelation)
"""The tables of what a career is called by others, of its picture, of what its neighbours are found by, and of what is
published of those."""

PARTS: Mapping[str, Sequence[type[Table]]] = {
    SkillDocument.TYPE: (SkillRelation, SkillExternalId),
    CareerDocument.TYPE: (StageSkill, RoadmapStage, CareerSkillConcept, CareerSkill, Value, RegionalValue, *BESIDE),
    CollectionDocument.TYPE: (CollectionCareer,),
}
"""The tables of what is inside of documents, each before those that it points to."""

FIELDS: Mapping[type[Table], Sequence[str]] = {
    SkillRelation: ("broader", "related"),
    SkillExternalId: ("external_ids",),
    StageSkill: ("roadmap",),
    RoadmapStage: ("roadmap",),
    CareerSkillConcept: ("skills",),
    CareerSkill: ("skills",),
    Value: ("values",),
    RegionalValue: ("regional_values",),
    CareerExternalId: ("external_ids",),
    CareerImage: ("image",),
    CareerProfile: ("profile",),
    CareerRelation: ("relations",),
    CollectionCareer: ("careers",),
}
"""The fields of documents that the rows of each of these tables follow from."""


def own_row(document: Document, ids: Ids) -> Cells:
    """The row of a document itself, without its id."""
    columns = set(IDENTS[document.TYPE][0].__table__.columns.keys())
    cells = {name: getattr(document, name) for name in document.__struct_fields__ if name in columns}
    if isinstance(document, AttributeDocument):
        cells["options"] = msgspec.to_builtins(document.options)
    if isinstance(document, CareerDocument):
        cells["category_id"] = ids.of(CategoryDocument.TYPE)[document.category]
        elsewhere = document.image is not None and document.image.slug is None
        cells["image"] = msgspec.to_builtins(document.image) if elsewhere else None
    if isinstance(document, ImageDocument):
        cells |= {name: msgspec.to_builtins(cells[name]) for name in ("file", "focal_point")}
    if isinstance(document, PairDocument):
        careers = ids.of(CareerDocument.TYPE)
        cells |= {"slug": document.ident, "a_id": careers[document.a], "b_id": careers[document.b]}
        cells["questions"] = msgspec.to_builtins(document.questions)
    return cells


def part_rows(document: Document, owner: int, ids: Ids) -> Iterator[PartRow]:
    """The rows of what is inside of a document, whose own row has the id `owner`."""
    if isinstance(document, SkillDocument):
        yield from _skill(document, owner, ids)
    elif isinstance(document, CareerDocument):
        yield from _career(document, owner, ids)
    elif isinstance(document, CollectionDocument):
        careers = ids.of(CareerDocument.TYPE)
        for position, slug in enumerate(document.careers, 1):
            yield CollectionCareer, {"collection_id": owner, "position": position, "career_id": careers[slug]}


def _skill(document: SkillDocument, owner: int, ids: Ids) -> Iterator[PartRow]:
    skills = ids.of(SkillDocument.TYPE)
    for kind, slugs in (("BROADER", document.broader), ("RELATED", document.related)):
        for position, slug in enumerate(slugs, 1):
            yield SkillRelation, {"skill_id": owner, "kind": kind, "position": position, "other_id": skills[slug]}
    for cells in _external_ids(document.external_ids):
        yield SkillExternalId, {"skill_id": owner, **cells}


def _career(document: CareerDocument, owner: int, ids: Ids) -> Iterator[PartRow]:
    for cells in _external_ids(document.external_ids):
        yield CareerExternalId, {"career_id": owner, **cells}
    if document.image is not None and document.image.slug is not None:
        yield CareerImage, {"career_id": owner, "image_id": ids.of(ImageDocument.TYPE)[document.image.slug]}
    yield from _profile(document, owner, ids)
    for position, value in enumerate(document.values, 1):
        yield Value, {"career_id": owner, "position": position, **_value(value, ids)}
    for position, value in enumerate(document.regional_values, 1):
        yield RegionalValue, {"career_id": owner, "position": position, **_value(value, ids)}
    for position, skill in enumerate(document.skills, 1):
        yield CareerSkill, {"career_id": owner, "position": position, "text": skill.text}
        yield from _concepts(skill, owner, position, ids)
    for position, stage in enumerate(document.roadmap, 1):
        yield from _stage(stage, owner, position, ids)


def _profile(document: CareerDocument, owner: int, ids: Ids) -> Iterator[PartRow]:
    sources = ids.of(SourceDocument.TYPE)
    if (part := document.profile) is not None:
        lists = {"tasks": part.tasks, "activities": part.activities, "knowledge": part.knowledge}
        yield CareerProfile, {"career_id": owner, "source_id": sources[part.source], **lists}
    for position, relation in enumerate(document.relations, 1):
        cells = {"career_id": owner, "position": position, "source_id": sources[relation.source]}
        yield CareerRelation, cells | {"scheme": relation.scheme, "ids": relation.ids}


def _value(part: ValuePart, ids: Ids) -> Cells:
    low, high = part.interval or (None, None)
    return {
        "attribute_id": ids.of(AttributeDocument.TYPE)[part.attribute],
        "source_id": ids.of(SourceDocument.TYPE)[part.source],
        "number": part.value,
        "interval_low": low,
        "interval_high": high,
        **{name: getattr(part, name) for name in VALUE_COLUMNS},
    }


def _concepts(part: CareerSkillPart, owner: int, skill_position: int, ids: Ids) -> Iterator[PartRow]:
    skills = ids.of(SkillDocument.TYPE)
    for position, link in enumerate(part.concepts, 1):
        cells = {"career_id": owner, "skill_position": skill_position, "position": position}
        own = {name: getattr(link, name) for name in CONCEPT_COLUMNS}
        yield CareerSkillConcept, cells | {"skill_id": skills[link.skill]} | own


def _stage(part: StagePart, owner: int, position: int, ids: Ids) -> Iterator[PartRow]:
    skills = ids.of(SkillDocument.TYPE)
    cells = {"career_id": owner, "position": position, "title": part.title, "summary": part.summary}
    yield RoadmapStage, cells | {"months": part.months, "resources": msgspec.to_builtins(part.resources)}
    for number, slug in enumerate(part.skills, 1):
        place = {"career_id": owner, "stage_position": position, "position": number}
        yield StageSkill, place | {"skill_id": skills[slug]}


def _external_ids(external_ids: Sequence[ExternalIdPart]) -> Iterator[Cells]:
    for position, part in enumerate(external_ids, 1):
        yield {"position": position, "scheme": part.scheme, "external_id": part.id}


NONE: Mapping[Key, Document] = MappingProxyType({})
TOGETHER = 10_000
"""Rows of parts that are written together at least, so that those of a whole import are never in memory at once."""


def write(session: Session, documents: Iterable[Document], before: Mapping[Key, Document] = NONE) -> None:
    """Makes these documents live, each as a whole; of those that are live as `before`, only rows that differ are
    written. Raises KeyError for a reference to what is not live."""
    batches: dict[str, list[Document]] = {name: [] for name in BY_TYPE}
    for document in documents:
        batches[document.TYPE].append(document)
    ids = Ids(session, few=sum(map(len, batches.values())) <= FEW)
    for type_name, batch in batches.items():
        if batch:
            _write_own_rows(session, type_name, batch, ids)
            _write_parts(session, type_name, batch, ids, before)


def remove(session: Session, keys: Iterable[Key]) -> None:
    """Makes documents live no longer. Nothing that stays may refer to them, or the database refuses."""
    batches: dict[str, list[int]] = {name: [] for name in BY_TYPE}
    gone = list(keys)
    ids = Ids(session, few=len(gone) <= FEW)
    for type_name, ident in gone:
        if ident in ids.of(type_name):
            batches[type_name].append(ids.of(type_name)[ident])
    for type_name, owners in reversed(batches.items()):
        for part in PARTS.get(type_name, ()):
            _delete_parts(session, part, owners)
        model, id_column, _ = IDENTS[type_name]
        for some in chunks(owners):
            session.execute(delete(table_of(model)).where(id_column.in_(some)))


def _write_own_rows(session: Session, type_name: str, batch: Sequence[Document], ids: Ids) -> None:
    model, existing = IDENTS[type_name][0], ids.of(type_name)
    fresh = [own_row(document, ids) for document in batch if document.ident not in existing]
    changed = [{"id": existing[it.ident], **own_row(it, ids)} for it in batch if it.ident in existing]
    if fresh:
        insert_rows(session, table_of(model), fresh)
        ids.forget(type_name)
    if changed:
        session.execute(update(model), changed)


def _write_parts(
    session: Session, type_name: str, batch: Sequence[Document], ids: Ids, before: Mapping[Key, Document]
) -> None:
    if type_name not in PARTS:
        return
    owners = ids.of(type_name)
    changed = {it.ident: _changed_parts(it, before.get(key_of(it))) for it in batch}
    for model in PARTS[type_name]:
        _delete_parts(session, model, [owners[ident] for ident, models in changed.items() if model in models])
    rows: dict[type[Table], list[Cells]] = defaultdict(list)
    for document in batch:
        for model, cells in part_rows(document, owners[document.ident], ids) if changed[document.ident] else ():
            if model in changed[document.ident]:
                rows[model].append(cells)
        if sum(map(len, rows.values())) >= TOGETHER:
            _insert_parts(session, type_name, rows)
    _insert_parts(session, type_name, rows)


def _insert_parts(session: Session, type_name: str, rows: dict[type[Table], list[Cells]]) -> None:
    """Insert the rows of whole documents, and forget them."""
    for model in reversed(PARTS[type_name]):
        if some := rows.pop(model, None):
            insert_rows(session, table_of(model), some)


def _changed_parts(document: Document, before: Document | None) -> frozenset[type[Table]]:
    """Return the tables that hold other rows of a document than before."""
    models = PARTS[document.TYPE]
    if before is None:
        return frozenset(models)
    differing = {name for model in models for name in FIELDS[model] if getattr(document, name) != getattr(before, name)}
    return frozenset([model for model in models if not differing.isdisjoint(FIELDS[model])])


def _delete_parts(session: Session, model: type[Table], owners: Sequence[int]) -> None:
    table = table_of(model)
    owner = next(iter(table.primary_key.columns))
    for some in chunks(owners):
        session.execute(delete(table).where(owner.in_(some)))
