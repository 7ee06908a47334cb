"""Queue counts: how many figures or links of careers a queue has, of indexes alone, where reading it would join five
tables. Each counts what the list of `queues` has."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select

from careergraph.store.documents.documents import CareerDocument
from careergraph.store.documents.identity import DOCUMENT
from careergraph.store.tables.content import Attribute, Career, CareerSkillConcept, RegionalValue, Value
from careergraph.store.tables.index import DraftFigureRow, DraftLinkRow

IS_CAREER = DOCUMENT.c.document_type == CareerDocument.TYPE
UNDRAFTED = and_(IS_CAREER, DOCUMENT.c.live, DOCUMENT.c.draft.is_(None), DOCUMENT.c.slug == Career.slug)
"""The condition of a published career without an open draft, which would count in its place."""
IsQueued = Callable[[Any], ColumnElement[bool]]
Keys = Collection[str] | None


def count_figures(is_queued: IsQueued, attributes: Keys) -> Select[int]:
    """Count the figures, of some attributes, that a condition on their table holds of."""
    published: tuple[Any, ...] = (Value, RegionalValue)
    live = [_count(_live(it, attributes).where(is_queued(it))) for it in published]
    return select(sum(live, _count(_drafted(attributes).where(is_queued(DraftFigureRow)))))


def count_unsourced(attributes: Keys) -> Select[int]:
    """Count the figures without a source, of some attributes: drafts alone have any."""
    return _drafted(attributes).where(DraftFigureRow.source == "")


def count_absent(attributes: Keys) -> Select[int]:
    """Count the pairs of a career and an attribute without a figure: all pairs but those with one."""
    counted = func.count()
    live = _count(select(counted).select_from(DOCUMENT).join(Career, UNDRAFTED))
    drafts = _count(select(counted).select_from(DOCUMENT).where(IS_CAREER, DOCUMENT.c.draft.is_not(None)))
    every = select(counted).select_from(_keys(attributes).subquery())
    row = DraftFigureRow
    pairs = select(row.document_id, row.attribute).where(row.attribute.in_(_keys(attributes))).distinct()
    drafted = select(counted).select_from(pairs.subquery())
    return select((live + drafts) * _count(every) - _count(_live(Value, attributes)) - _count(drafted))


def count_links(proposed_by: str | None) -> Select[int]:
    """Count the links that nobody accepted, of some proposer."""
    link = CareerSkillConcept
    undrafted = select(Career.id).join(DOCUMENT, UNDRAFTED).where(Career.id == link.career_id).exists()
    live = select(func.count()).select_from(link).where(link.accepted_by.is_(None), undrafted)
    drafted = select(func.count()).select_from(DraftLinkRow)
    if proposed_by is not None:
        live = live.where(link.proposed_by == proposed_by)
        drafted = drafted.where(DraftLinkRow.proposed_by == proposed_by)
    return select(_count(live) + _count(drafted))


def _live(table: Any, attributes: Keys) -> Select[int]:
    """Return the query that counts the figures in a table, of published careers without an open draft."""
    query = select(func.count()).select_from(DOCUMENT).join(Career, UNDRAFTED).join(table, table.career_id == Career.id)
    if attributes is None:
        return query
    return query.where(table.attribute_id.in_(select(Attribute.id).where(Attribute.key.in_(sorted(attributes)))))


def _drafted(attributes: Keys) -> Select[int]:
    """Return the query that counts the figures in open drafts."""
    query = select(func.count()).select_from(DraftFigureRow)
    return query if attributes is None else query.where(DraftFigureRow.attribute.in_(sorted(attributes)))


def _keys(attributes: Keys) -> Select[str]:
    query = select(Attribute.key)
    return query if attributes is None else query.where(Attribute.key.in_(sorted(attributes)))


def _count(query: Select[int]) -> ScalarSelect[int]:
    return query.scalar_subquery()
