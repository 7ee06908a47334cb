"""Update: the catalog of a version from that of an earlier one and the documents that changed, sharing all else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from careergraph.engine.content import Career, Catalog, Category, Image, Skill
from careergraph.engine.content.source import Source
from careergraph.engine.content.value_kinds import Value
from careergraph.store.catalogs.build import (
    build_category,
    build_collection,
    build_image,
    build_pair,
    build_skill,
    build_source,
)
from careergraph.store.catalogs.past import CatalogVersionInfo
from careergraph.store.catalogs.shelves import Shelves
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    ImageDocument,
    Key,
    LocaleDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
)

Kind = TypeVar("Kind", bound=Document)
Item = TypeVar("Item")
Changes = Mapping[Key, Document | None]
"""The documents that changed, by type and ident; None for one that is live no longer."""


def update_catalog(
    before: Catalog,
    info: CatalogVersionInfo,
    changes: Changes,
    published: Mapping[str, datetime],
    moved: Mapping[Key, str],
) -> Catalog | None:
    """Return the catalog, without neighbourhoods, that `build_catalog` makes of the documents of `before` with
    `changes` laid over them; None where it has to be built as a whole, as a locale or an attribute changed.

    `published` says when each changed career was published. Raises KeyError or ValueError for documents that refer to
    nothing or hold bad values.
    """
    if any(type_name in (LocaleDocument.TYPE, AttributeDocument.TYPE) for type_name, _ in changes):
        return None
    sources = _laid_over(before.sources, changes, SourceDocument, build_source)
    categories = _laid_over(before.categories, changes, CategoryDocument, build_category)
    skills = _laid_over(before.skills, changes, SkillDocument, build_skill)
    images = _laid_over(before.images, changes, ImageDocument, build_image)
    shelves = Shelves(before.attributes, sources, categories, skills, images)
    careers = {**before.careers, **dict(_relinked(before, sources, categories, skills, images))}
    return replace(
        before,
        **info._asdict(),
        sources=sources,
        categories=categories,
        skills=skills,
        images=images,
        careers=_laid_over(
            careers, changes, CareerDocument, lambda document: shelves.career(document, published[document.slug])
        ),
        collections=_laid_over(before.collections, changes, CollectionDocument, build_collection),
        pairs_notes=_laid_over(before.pairs_notes, changes, PairDocument, build_pair),
        redirects=MappingProxyType(dict(moved)),
        neighbourhoods=None,
        base=None,
    )


def _laid_over(
    items: Mapping[str, Item], changes: Changes, kind: type[Kind], build: Callable[[Kind], Item]
) -> Mapping[str, Item]:
    """Lay changed documents over items, by ident. The same mapping where none of the kind changed."""
    fresh = {ident: document for (type_name, ident), document in changes.items() if type_name == kind.TYPE}
    if not fresh:
        return items if isinstance(items, MappingProxyType) else MappingProxyType(items)
    laid = {ident: item for ident, item in items.items() if ident not in fresh or fresh[ident] is not None}
    laid |= {ident: build(document) for ident, document in fresh.items() if isinstance(document, kind)}
    return MappingProxyType(laid if laid.keys() == items.keys() else dict(sorted(laid.items())))


def _relinked(
    before: Catalog,
    sources: Mapping[str, Source],
    categories: Mapping[str, Category],
    skills: Mapping[str, Skill],
    images: Mapping[str, Image],
) -> Iterable[tuple[str, Career]]:
    """The careers that refer to a source, a category, a skill or an image that is another object now, led to that."""
    fresh_sources = _replaced(before.sources, sources)
    fresh_categories = _replaced(before.categories, categories)
    fresh_skills = _replaced(before.skills, skills)
    fresh_images = _replaced(before.images, images)
    if fresh_sources or fresh_categories or fresh_skills or fresh_images:
        for slug, career in before.careers.items():
            cells: dict[str, object] = {}
            if career.category.slug in fresh_categories:
                cells["category"] = fresh_categories[career.category.slug]
            if career.image is not None and career.image.slug in fresh_images:
                cells["image"] = fresh_images[career.image.slug]
            if fresh_sources:
                cells |= _sourced(career, fresh_sources)
            if fresh_skills:
                cells |= _skilled(career, fresh_skills)
            if cells:
                yield slug, replace(career, **cells)  # type: ignore[arg-type]


def _replaced(before: Mapping[str, Item], after: Mapping[str, Item]) -> dict[str, Item]:
    if before is after:
        return {}
    return {ident: item for ident, item in after.items() if ident in before and before[ident] is not item}


def _sourced(career: Career, fresh: Mapping[str, Source]) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, values in (("values", career.values), ("regional", career.regional)):
        if any(value.provenance.source.slug in fresh for value in values):
            cells[name] = tuple([_value(value, fresh) for value in values])
    if career.profile is not None and career.profile.source.slug in fresh:
        cells["profile"] = replace(career.profile, source=fresh[career.profile.source.slug])
    if any(it.source.slug in fresh for it in career.relations):
        relations = [replace(it, source=fresh.get(it.source.slug, it.source)) for it in career.relations]
        cells["relations"] = tuple(relations)
    return cells


def _value(value: Value, fresh: Mapping[str, Source]) -> Value:
    source = fresh.get(value.provenance.source.slug)
    return value if source is None else replace(value, provenance=replace(value.provenance, source=source))


def _skilled(career: Career, fresh: Mapping[str, Skill]) -> dict[str, object]:
    cells: dict[str, object] = {}
    if any(concept.slug in fresh for skill in career.skills for concept in skill.concepts):
        cells["skills"] = tuple([replace(it, concepts=_led(it.concepts, fresh)) for it in career.skills])
    if any(skill.slug in fresh for stage in career.roadmap for skill in stage.skills):
        cells["roadmap"] = tuple([replace(stage, skills=_led(stage.skills, fresh)) for stage in career.roadmap])
    return cells


def _led(skills: tuple[Skill, ...], fresh: Mapping[str, Skill]) -> tuple[Skill, ...]:
    return tuple([fresh.get(skill.slug, skill) for skill in skills])
