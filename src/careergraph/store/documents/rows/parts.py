"""Documents as rows: the row of a document itself, and the rows of what is inside of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    Document,
    ExternalIdPart,
    PairDocument,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)
from careergraph.store.documents.rows.ids import IDENTS, Ids
from careergraph.store.tables.content import (
    CareerExternalId,
    CareerSkill,
    CareerSkillConcept,
    CollectionCareer,
    RegionalValue,
    RoadmapStage,
    SkillExternalId,
    SkillRelation,
    StageSkill,
    Table,
    Value,
)
from careergraph.store.tables.profiles import CareerProfile, CareerRelation

Cells = dict[str, Any]
PartRow = tuple[type[Table], Cells]

BESIDE = (CareerExternalId, CareerProfile, CareerRelation)
"""The tables of what a career is called by others, of what its neighbours are found by, and of what is published of
those."""

PARTS: Mapping[str, Sequence[type[Table]]] = {
    SkillDocument.TYPE: (SkillRelation, SkillExternalId),
    CareerDocument.TYPE: (StageSkill, RoadmapStage, CareerSkillConcept, CareerSkill, Value, RegionalValue, *BESIDE),
    CollectionDocument.TYPE: (CollectionCareer,),
}
"""The tables of what is inside of documents, each before those that it points to."""


def own_row(document: Document, ids: Ids) -> Cells:
    """The row of a document itself, without its id."""
    columns = set(IDENTS[document.TYPE][0].__table__.columns.keys())
    cells = {name: getattr(document, name) for name in document.__struct_fields__ if name in columns}
    if isinstance(document, AttributeDocument):
        cells["options"] = msgspec.to_builtins(document.options)
    if isinstance(document, CareerDocument):
        cells["category_id"] = ids.of(CategoryDocument.TYPE)[document.category]
        cells["image"] = msgspec.to_builtins(document.image)
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
        "observed_on": part.observed_on,
        "method": part.method,
        "published_for": part.published_for,
        "region": part.region,
        "low": part.low,
        "high": part.high,
        "currency": part.currency,
        "period": part.period,
        "basis": part.basis,
        "low_percentile": part.low_percentile,
        "high_percentile": part.high_percentile,
        "number": part.value,
        "unit": part.unit,
        "interval_low": low,
        "interval_high": high,
        "level": part.level,
        "share": part.share,
        "yes": part.yes,
        "choice": part.choice,
        "sample_size": part.sample_size,
        "suppressed": part.suppressed,
    }


def _concepts(part: CareerSkillPart, owner: int, skill_position: int, ids: Ids) -> Iterator[PartRow]:
    skills = ids.of(SkillDocument.TYPE)
    for position, link in enumerate(part.concepts, 1):
        cells = {"career_id": owner, "skill_position": skill_position, "position": position}
        who = {"proposed_by": link.proposed_by, "accepted_by": link.accepted_by}
        how = {"method": link.method, "score": link.score, "model": link.model}
        yield CareerSkillConcept, cells | {"skill_id": skills[link.skill]} | who | how


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
