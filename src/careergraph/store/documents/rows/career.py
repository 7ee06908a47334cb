"""Careers from their rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row
from sqlalchemy.orm import Session

from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    ConceptPart,
    Document,
    ExternalIdPart,
    ImagePart,
    ProfilePart,
    RelationPart,
    ResourcePart,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)
from careergraph.store.documents.rows.ids import Ids, Only
from careergraph.store.documents.rows.query import parents, parts
from careergraph.store.tables.content import (
    CareerExternalId,
    CareerSkill,
    CareerSkillConcept,
    RegionalValue,
    RoadmapStage,
    StageSkill,
    Value,
)
from careergraph.store.tables.profiles import CareerProfile, CareerRelation

Idents = Mapping[int, str]


def read_careers(session: Session, ids: Ids, only: Only) -> Iterator[Document]:
    """Careers by slug."""
    rows = parents(session, CareerDocument.TYPE, only)
    values, regional = parts(session, Value, rows), parts(session, RegionalValue, rows)
    external_ids = parts(session, CareerExternalId, rows)
    skills, concepts = parts(session, CareerSkill, rows), parts(session, CareerSkillConcept, rows)
    stages, taught = parts(session, RoadmapStage, rows), parts(session, StageSkill, rows)
    profiles, relations = parts(session, CareerProfile, rows), parts(session, CareerRelation, rows)
    categories, attributes = ids.idents(CategoryDocument.TYPE), ids.idents(AttributeDocument.TYPE)
    sources, slugs = ids.idents(SourceDocument.TYPE), ids.idents(SkillDocument.TYPE)
    for row in rows:
        yield CareerDocument(
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            category=categories[row.category_id],
            aliases=row.aliases,
            values=[_value(part, attributes, sources) for part in values.get(row.id, ())],
            regional_values=[_value(part, attributes, sources) for part in regional.get(row.id, ())],
            skills=_skills(skills.get(row.id, ()), concepts.get(row.id, ()), slugs),
            roadmap=_roadmap(stages.get(row.id, ()), taught.get(row.id, ()), slugs),
            image=None if row.image is None else msgspec.convert(row.image, ImagePart),
            external_ids=[ExternalIdPart(scheme=it.scheme, id=it.external_id) for it in external_ids.get(row.id, ())],
            profile=next((_profile(it, sources) for it in profiles.get(row.id, ())), None),
            relations=[_relation(it, sources) for it in relations.get(row.id, ())],
        )


def _profile(row: Row[Any], sources: Idents) -> ProfilePart:
    source = sources[row.source_id]
    return ProfilePart(source=source, tasks=row.tasks, activities=row.activities, knowledge=row.knowledge)


def _relation(row: Row[Any], sources: Idents) -> RelationPart:
    return RelationPart(source=sources[row.source_id], scheme=row.scheme, ids=row.ids)


def _value(row: Row[Any], attributes: Idents, sources: Idents) -> ValuePart:
    return ValuePart(
        attribute=attributes[row.attribute_id],
        source=sources[row.source_id],
        observed_on=row.observed_on,
        method=row.method,
        published_for=row.published_for,
        region=row.region,
        low=row.low,
        high=row.high,
        currency=row.currency,
        period=row.period,
        basis=row.basis,
        low_percentile=row.low_percentile,
        high_percentile=row.high_percentile,
        value=row.number,
        unit=row.unit,
        interval=None if row.interval_low is None else [row.interval_low, row.interval_high],
        level=row.level,
        share=row.share,
        yes=row.yes,
        choice=row.choice,
        sample_size=row.sample_size,
        suppressed=row.suppressed,
    )


def _skills(rows: Sequence[Row[Any]], links: Sequence[Row[Any]], slugs: Idents) -> list[CareerSkillPart]:
    concepts: dict[int, list[ConceptPart]] = defaultdict(list)
    for link in links:
        part = ConceptPart(
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
            resources=msgspec.convert(row.resources, list[ResourcePart]),
        )
        for row in rows
    ]
