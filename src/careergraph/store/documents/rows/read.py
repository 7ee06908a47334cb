"""Rows to documents: one SELECT a table, whatever the number of documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec
from msgspec.structs import fields
from sqlalchemy import Row
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    ConceptPart,
    Document,
    ExternalIdPart,
    ImageDocument,
    Key,
    LocaleDocument,
    PairDocument,
    ProfilePart,
    QuestionPart,
    RelationPart,
    ResourcePart,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)
from careergraph.store.documents.pictures import ImagePart
from careergraph.store.documents.rows.ids import FEW, VALUE_COLUMNS, Ids, Only
from careergraph.store.documents.rows.query import chunks, parents, parts
from careergraph.store.documents.tolerance import convert_known
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

Idents = Mapping[int, str]

TOGETHER = 100
"""Careers whose rows are in memory at the same time; five times as many add 10 MB to a server of O*NET."""

_value_cells = attrgetter(*VALUE_COLUMNS)


def read_careers(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    """Careers by slug, some at a time: all rows of all of them take more memory than a catalog."""
    for rows in chunks(parents(session, CareerDocument.TYPE, only), TOGETHER):
        yield from _careers(session, ids, rows)


def _careers(session: Session, ids: Ids, rows: Sequence[Row[Any]]) -> Iterator[Document]:
    values, regional = parts(session, Value, rows), parts(session, RegionalValue, rows)
    external_ids = parts(session, CareerExternalId, rows)
    skills, concepts = parts(session, CareerSkill, rows), parts(session, CareerSkillConcept, rows)
    stages, taught = parts(session, RoadmapStage, rows), parts(session, StageSkill, rows)
    profiles, relations = parts(session, CareerProfile, rows), parts(session, CareerRelation, rows)
    categories, attributes = ids.idents(CategoryDocument.TYPE), ids.idents(AttributeDocument.TYPE)
    sources, slugs = ids.idents(SourceDocument.TYPE), ids.idents(SkillDocument.TYPE)
    images, pictures = ids.idents(ImageDocument.TYPE), parts(session, CareerImage, rows)
    for row in rows:
        yield CareerDocument(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            category=categories[row.category_id],
            aliases=row.aliases,
            values=[_value(part, attributes, sources) for part in values.get(row.id, ())],
            regional_values=[_value(part, attributes, sources) for part in regional.get(row.id, ())],
            skills=_career_skills(skills.get(row.id, ()), concepts.get(row.id, ()), slugs),
            roadmap=_roadmap(stages.get(row.id, ()), taught.get(row.id, ()), slugs),
            image=_image(row, pictures.get(row.id, ()), images),
            external_ids=[ExternalIdPart(scheme=it.scheme, id=it.external_id) for it in external_ids.get(row.id, ())],
            profile=next((_profile(it, sources) for it in profiles.get(row.id, ())), None),
            relations=[_relation(it, sources) for it in relations.get(row.id, ())],
        )


def _image(row: Row[Any], pictures: Sequence[Row[Any]], images: Idents) -> ImagePart | None:
    if pictures:
        return ImagePart(slug=images[pictures[0].image_id])
    return None if row.image is None else convert_known(row.image, ImagePart)


def _profile(row: Row[Any], sources: Idents) -> ProfilePart:
    source = sources[row.source_id]
    return ProfilePart(source=source, tasks=row.tasks, activities=row.activities, knowledge=row.knowledge)


def _relation(row: Row[Any], sources: Idents) -> RelationPart:
    return RelationPart(source=sources[row.source_id], scheme=row.scheme, ids=row.ids)


def _value(row: Row[Any], attributes: Idents, sources: Idents) -> ValuePart:
    return ValuePart(
        attribute=attributes[row.attribute_id],
        source=sources[row.source_id],
        value=row.number,
        interval=None if row.interval_low is None else [row.interval_low, row.interval_high],
        **dict(zip(VALUE_COLUMNS, _value_cells(row), strict=True)),
    )


def _career_skills(rows: Sequence[Row[Any]], links: Sequence[Row[Any]], slugs: Idents) -> list[CareerSkillPart]:
    concepts: dict[int, list[ConceptPart]] = defaultdict(list)
    for link in links:
        part = ConceptPart(  # field by field, as a catalog has tens of thousands
            skill=slugs[link.skill_id],
            proposed_by=link.proposed_by,
            accepted_by=link.accepted_by,
            method=link.method,
            score=link.score,
            model=link.model,
        )
        concepts[link.skill_position].append(part)
    return [CareerSkillPart(text=row.text, concepts=concepts.get(row.position, [])) for row in rows]


def _roadmap(rows: Sequence[Row[Any]], taught: Sequence[Row[Any]], slugs: Idents) -> list[StagePart]:
    skills: dict[int, list[str]] = defaultdict(list)
    for part in taught:
        skills[part.stage_position].append(slugs[part.skill_id])
    return [
        StagePart(
            title=row.title,
            summary=row.summary,
            months=row.months,
            skills=skills.get(row.position, []),
            resources=convert_known(row.resources, list[ResourcePart]),
        )
        for row in rows
    ]


Reader = Callable[[Session, Ids, Only], Iterator[Document]]


def read_all(session: Session) -> tuple[Document, ...]:
    """Every live document, each type after those that it refers to, by ident within its type."""
    return tuple(iterate_all(session))


def iterate_all(session: Session) -> Iterator[Document]:
    """Yield what `read_all` returns, without holding all of it."""
    ids = Ids(session)
    for reader in READERS.values():
        yield from reader(session, ids, None)


def read(session: Session, keys: Iterable[Key]) -> tuple[Document, ...]:
    """The live documents among these, in the order of `read_all`."""
    idents: dict[str, set[str]] = defaultdict(set)
    for type_name, ident in keys:
        idents[type_name].add(ident)
    ids = Ids(session, few=sum(map(len, idents.values())) <= FEW)
    groups = [reader(session, ids, idents[name]) for name, reader in READERS.items() if name in idents]
    return tuple([document for documents in groups for document in documents])


def _flat(document: type[Document]) -> Reader:
    """Return the reader of documents whose fields are the columns of their table."""

    def read_flat(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
        for row in parents(session, document.TYPE, only):
            try:
                yield msgspec.convert(row, document, from_attributes=True)
            except msgspec.ValidationError:
                yield convert_known({it.encode_name: getattr(row, it.name) for it in fields(document)}, document)

    return read_flat


def _skills(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    rows = parents(session, SkillDocument.TYPE, only)
    relations = parts(session, SkillRelation, rows)
    external_ids = parts(session, SkillExternalId, rows)
    slugs = ids.idents(SkillDocument.TYPE)
    for row in rows:
        edges = relations.get(row.id, ())
        yield SkillDocument(
            slug=row.slug,
            name=row.name,
            aliases=row.aliases,
            family=row.family,
            broader=[slugs[edge.other_id] for edge in edges if edge.kind == "BROADER"],
            related=[slugs[edge.other_id] for edge in edges if edge.kind == "RELATED"],
            external_ids=[ExternalIdPart(scheme=it.scheme, id=it.external_id) for it in external_ids.get(row.id, ())],
        )


def _collections(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    rows = parents(session, CollectionDocument.TYPE, only)
    members = parts(session, CollectionCareer, rows)
    slugs = ids.idents(CareerDocument.TYPE)
    for row in rows:
        careers = [slugs[part.career_id] for part in members.get(row.id, ())]
        yield CollectionDocument(slug=row.slug, title=row.title, summary=row.summary, careers=careers)


def _pairs(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    slugs = ids.idents(CareerDocument.TYPE)
    for row in parents(session, PairDocument.TYPE, only):
        yield PairDocument(
            a=slugs[row.a_id],
            b=slugs[row.b_id],
            introduction=row.introduction,
            questions=convert_known(row.questions, list[QuestionPart]),
            featured=row.featured,
            hidden=row.hidden,
        )


READERS: Mapping[str, Reader] = {
    LocaleDocument.TYPE: _flat(LocaleDocument),
    SourceDocument.TYPE: _flat(SourceDocument),
    AttributeDocument.TYPE: _flat(AttributeDocument),
    CategoryDocument.TYPE: _flat(CategoryDocument),
    SkillDocument.TYPE: _skills,
    ImageDocument.TYPE: _flat(ImageDocument),
    CareerDocument.TYPE: read_careers,
    CollectionDocument.TYPE: _collections,
    PairDocument.TYPE: _pairs,
}
"""How each document type is read, each after those that it refers to."""
