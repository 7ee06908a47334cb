"""Queues: the open work in careers as editors see them: in the open draft, or else as published.

Published careers are read from their own tables, open drafts from the index that is kept with them (`documents/index`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, and_, literal, null, select, union_all

from careergraph.store.database.sorted_query import Column, SortedQuery
from careergraph.store.documents.documents import CareerDocument, Key
from careergraph.store.documents.identity import DOCUMENT
from careergraph.store.documents.rows.ids import IDENTS
from careergraph.store.documents.rows.references import COLUMNS
from careergraph.store.editing.drafts import DocumentState, state_of_row
from careergraph.store.editing.queue_counts import (
    IS_CAREER,
    UNDRAFTED,
    count_absent,
    count_figures,
    count_links,
    count_unsourced,
)
from careergraph.store.tables.content import (
    Attribute,
    Career,
    CareerSkill,
    CareerSkillConcept,
    Locale,
    RegionalValue,
    Skill,
    Source,
    Value,
)
from careergraph.store.tables.index import DraftFigureRow, DraftLinkRow, DraftReferenceRow

LISTS = 100
"""Lists whose statements are kept: to make one, and its key among compiled statements, takes longer than to count."""

_CELLS = ("attribute", "region", "source", "observed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedFigure:
    """A figure of a career for an attribute; without a figure at all `source` is None. `in_draft` says where it is."""

    key: Key
    title: str
    attribute: str
    region: str | None = None
    source: str | None = None
    observed_on: date | None = None
    in_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedLink:
    """A link that nobody accepted, of the wording at a position among the skills of a career, counted from 1."""

    key: Key
    title: str
    skill_position: int
    wording: Mapping[str, str]
    skill: str
    proposed_by: str
    method: str | None
    score: float | None
    in_draft: bool


class Lack(StrEnum):
    """The missing part of a figure in a queue."""

    FIGURE = "FIGURE"
    SOURCE = "SOURCE"
    DATE = "DATE"


@lru_cache(maxsize=LISTS)
def list_stale(
    before: date, *, within: frozenset[str] | None, attributes: frozenset[str] | None = None, descending: bool = False
) -> SortedQuery[QueuedFigure]:
    """Return the figures that were observed before a day, the oldest first; of some attributes."""
    figures, first = _figures(), (_figures().c.observed_on,)
    query = select(figures).where(figures.c.observed_on < before)
    counted = count_figures(lambda table: table.observed_on < before, attributes)
    return _sorted(query, figures, within, attributes, descending=descending, counted=counted, first=first)


@lru_cache(maxsize=LISTS)
def list_incomplete(
    lack: Lack,
    *,
    within: frozenset[str] | None,
    attributes: frozenset[str] | None = None,
    descending: bool = False,
) -> SortedQuery[QueuedFigure]:
    """Return the figures without a source or without a date, or the attributes without a figure, by career."""
    if lack is Lack.FIGURE:
        figures, counted = _absent(), count_absent(attributes)
        return _sorted(select(figures), figures, within, attributes, descending=descending, counted=counted)
    figures = _figures()
    if lack is Lack.SOURCE:
        lacking, counted = figures.c.source == "", count_unsourced(attributes)
    else:
        lacking, counted = figures.c.observed_on.is_(None), count_figures(_is_undated, attributes)
    query = select(figures).where(lacking)
    return _sorted(query, figures, within, attributes, descending=descending, counted=counted)


@lru_cache(maxsize=LISTS)
def list_links(
    *, within: frozenset[str] | None, proposed_by: str | None = None, descending: bool = False
) -> SortedQuery[QueuedLink]:
    """Return the links that nobody accepted, by career and position; of some proposer."""
    concept, draft = CareerSkillConcept, DraftLinkRow
    same = and_(CareerSkill.career_id == concept.career_id, CareerSkill.position == concept.skill_position)
    title = DOCUMENT.c.title
    columns = ("skill_position", "position", "wording", "skill", "proposed_by", "method", "score")
    live: tuple[Any, ...] = (concept.skill_position, concept.position, CareerSkill.text, Skill.slug)
    live += (concept.proposed_by, concept.method, concept.score)
    published = select(DOCUMENT.c.slug, title, literal(False).label("in_draft"), *_named(live, columns))
    published = published.join(Career, UNDRAFTED).join(concept, concept.career_id == Career.id).join(CareerSkill, same)
    published = published.join(Skill, Skill.id == concept.skill_id).where(concept.accepted_by.is_(None))
    drafted = select(DOCUMENT.c.slug, title, literal(True), *[getattr(draft, name) for name in columns])
    links = union_all(published, drafted.join(draft, draft.document_id == DOCUMENT.c.id)).subquery()
    query = _within(select(links), within)
    if proposed_by is not None:
        query = query.where(links.c.proposed_by == proposed_by)
    key = (links.c.slug, links.c.skill_position, links.c.position)
    counted = count_links(proposed_by) if _are_careers_within(within) else None
    make = lambda row: _made(QueuedLink, row)  # noqa: E731
    return SortedQuery(query=query, key=key, make=make, descending=descending, counted=counted)


def list_users(key: Key, *, within: Collection[str] | None, descending: bool = False) -> SortedQuery[DocumentState]:
    """Return the documents that refer to one, published or in their open drafts, by type and slug."""
    type_name, ident = key
    _, id_column, ident_column = IDENTS[type_name]
    target = select(id_column).where(ident_column == ident).scalar_subquery()
    users = [
        select(DraftReferenceRow.document_id.label("id")).where(
            DraftReferenceRow.target_type == type_name, DraftReferenceRow.target_slug == ident
        )
    ]
    for other, owner, column in COLUMNS.get(type_name, ()):
        model, other_id, other_ident = IDENTS[other]
        owners = select(other_ident).select_from(model).where(other_id.in_(select(owner).where(column == target)))
        users.append(_ids_of(other, owners))
    if type_name == "locale":
        users.append(_ids_of(type_name, select(Locale.code).where(Locale.fallback == ident)))
    query = select(DOCUMENT).where(DOCUMENT.c.id.in_(union_all(*users)))
    if within is not None:
        query = query.where(DOCUMENT.c.document_type.in_(sorted(within)))
    order = (DOCUMENT.c.document_type, DOCUMENT.c.slug, DOCUMENT.c.id)
    return SortedQuery(query=query, key=order, make=state_of_row, descending=descending)


def _ids_of(type_name: str, slugs: Select[str]) -> Select[int]:
    """Return the ids of live documents of a type."""
    query = select(DOCUMENT.c.id.label("id")).where(DOCUMENT.c.document_type == type_name, DOCUMENT.c.live)
    return query.where(DOCUMENT.c.slug.in_(slugs))


@cache
def _figures() -> Subquery:
    draft = DraftFigureRow
    tables: tuple[Any, ...] = (Value, RegionalValue)
    parts: list[Select[Any]] = []
    for place, table in enumerate(tables):
        columns = (literal(False).label("in_draft"), literal(place).label("part"), table.position.label("position"))
        cells = (Attribute.key.label("attribute"), table.region, Source.slug.label("source"), table.observed_on)
        query = select(DOCUMENT.c.slug, DOCUMENT.c.title, *columns, *cells).join(Career, UNDRAFTED)
        query = query.join(table, table.career_id == Career.id)
        query = query.join(Attribute, Attribute.id == table.attribute_id).join(Source, Source.id == table.source_id)
        parts.append(query)
    place_columns = (literal(True), literal(0), draft.position)
    drafted = select(DOCUMENT.c.slug, DOCUMENT.c.title, *place_columns, *[getattr(draft, it) for it in _CELLS])
    return union_all(*parts, drafted.join(draft, draft.document_id == DOCUMENT.c.id)).subquery()


@cache
def _absent() -> Subquery:
    """The pairs of a career and an attribute without a figure."""
    draft = DraftFigureRow
    columns = (DOCUMENT.c.slug, DOCUMENT.c.title)
    rest = (
        Attribute.key.label("attribute"),
        null().label("region"),
        null().label("source"),
        null().label("observed_on"),
    )
    place = (literal(0).label("part"), Attribute.position.label("position"))
    live = select(*columns, literal(False).label("in_draft"), *place, *rest).join(Career, UNDRAFTED)
    value = select(Value.career_id).where(Value.career_id == Career.id, Value.attribute_id == Attribute.id)
    live = live.join(Attribute, literal(True)).where(~value.exists())
    figure = select(draft.document_id).where(draft.document_id == DOCUMENT.c.id, draft.attribute == Attribute.key)
    drafted = select(*columns, literal(True), *place, *rest).join(Attribute, literal(True))
    drafted = drafted.where(IS_CAREER, DOCUMENT.c.draft.is_not(None), ~figure.exists())
    return union_all(live, drafted).subquery()


def _sorted(  # noqa: PLR0913 - a query of figures, and what narrows it down
    query: Select[Any],
    figures: Subquery,
    within: Collection[str] | None,
    attributes: Collection[str] | None,
    *,
    descending: bool,
    counted: Select[int],
    first: tuple[Column, ...] = (),
) -> SortedQuery[QueuedFigure]:
    if attributes is not None:
        query = query.where(figures.c.attribute.in_(sorted(attributes)))
    return SortedQuery(
        query=_within(query, within),
        key=(*first, figures.c.slug, figures.c.part, figures.c.position),
        make=lambda row: _made(QueuedFigure, row),
        descending=descending,
        counted=counted if _are_careers_within(within) else None,
    )


def _within(query: Select[Any], types: Collection[str] | None) -> Select[Any]:
    return query if _are_careers_within(types) else query.where(literal(False))


def _are_careers_within(types: Collection[str] | None) -> bool:
    return types is None or CareerDocument.TYPE in types


def _is_undated(table: Any) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", table.observed_on.is_(None))


def _named(columns: tuple[Any, ...], names: tuple[str, ...]) -> list[Any]:
    return [column.label(name) for column, name in zip(columns, names, strict=True)]


def _made(kind: Any, row: Any) -> Any:
    names = [name for name in kind.__annotations__ if name != "key"]
    return kind(key=(CareerDocument.TYPE, row.slug), **{name: getattr(row, name) for name in names})
