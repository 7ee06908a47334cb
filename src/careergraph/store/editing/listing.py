"""List documents, live, as drafts or archived: filtered, sorted and paged, without reading their content."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.search.spelling import numbers
from careergraph.store.database.sorted_query import Column, SortedQuery, holding, matching
from careergraph.store.documents.documents import LocaleDocument
from careergraph.store.documents.identity import DOCUMENT
from careergraph.store.editing.drafts import DocumentState, state_of_row
from careergraph.store.tables.editing import PRESENT, Revision
from careergraph.store.tables.index import DocumentIndexRow, DocumentWordingRow


class Order(DescribedEnum):
    """The sort keys of documents."""

    TYPE = "TYPE", "Their types and slugs."
    TITLE = "TITLE", "Their titles in the default locale."
    CHANGED = "CHANGED", "When they were changed last."
    CHANGED_BY = "CHANGED_BY", "Who changed them last."


_ORDERS: Mapping[str, tuple[Column, ...]] = {
    Order.TYPE: (DOCUMENT.c.document_type, DOCUMENT.c.slug),
    Order.TITLE: (func.lower(DOCUMENT.c.title), DOCUMENT.c.id),
    Order.CHANGED: (DOCUMENT.c.changed_at, DOCUMENT.c.id),
    Order.CHANGED_BY: (DOCUMENT.c.changed_by, DOCUMENT.c.id),
}

Wording = type[DocumentWordingRow]

IS_PRESENT = text(f"({PRESENT})")
_DRAFTED = DOCUMENT.c.draft.is_not(None)


def list_documents(  # noqa: PLR0913 - the conditions of a list
    *,
    within: Collection[str] | None = None,
    types: Collection[str] | None = None,
    text: str | None = None,
    live: bool | None = None,
    has_draft: bool | None = None,
    in_review: bool | None = None,
    assignee: str | None = None,
    archived: bool | None = None,
    removed: bool = False,
    release: str | None = None,
    version: int | None = None,
    changed_by: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    lacks: str | None = None,
    order: str = Order.TYPE,
    descending: bool = False,
) -> SortedQuery[DocumentState]:
    """Return the present documents of some types, and `within` others: that are live or not, have a draft, are in
    review, archived, or in a release, or not; whose draft is assigned to somebody; changed by somebody in some time;
    with each word of a text in the slug, in a title or in the open draft; and those that lack a text in the locale
    `lacks`. With `removed`, return in their place those that are neither live nor drafted nor archived any longer, and
    whose name no other document has; with `version`, whichever documents that version published."""
    flags: dict[Any, object] = {
        DOCUMENT.c.live: live,
        _DRAFTED: has_draft,
        DOCUMENT.c.review: in_review,
        DOCUMENT.c.archived: archived,
    }
    equal = flags | {DOCUMENT.c.release: release, DOCUMENT.c.changed_by: changed_by, DOCUMENT.c.assignee: assignee}
    query = select(DOCUMENT).where(_is_of(version) if version else _is_removed() if removed else IS_PRESENT)
    query = matching(query, equal, (DOCUMENT.c.changed_at, since, until))
    for some in (within, types):
        if some is not None:
            query = query.where(DOCUMENT.c.document_type.in_(sorted(some)))
    if text is not None:
        query = query.where(holding(text, _holds))
    if lacks is not None:
        query = query.where(lacking(lacks, drafts=True) > 0)
    return SortedQuery(query=query, key=_ORDERS[order], make=state_of_row, descending=descending, fill=_fill)


def _is_of(version: int) -> ColumnElement[bool]:
    """Return the condition of what a version published, and whose name it still has."""
    published = DOCUMENT.c.id.in_(select(Revision.document_id).where(Revision.version == version))
    return and_(published, or_(IS_PRESENT, _is_removed()))


def _is_removed() -> ColumnElement[bool]:
    """Return the condition of the last document that had a name which none has now."""
    other = aliased(DOCUMENT)
    present = or_(other.c.live, other.c.draft.is_not(None), other.c.archived)
    same = and_(other.c.document_type == DOCUMENT.c.document_type, other.c.slug == DOCUMENT.c.slug)
    return ~exists().where(same, or_(present, other.c.id > DOCUMENT.c.id)).correlate(DOCUMENT)


def present_idents(session: Session, type_name: str) -> frozenset[str]:
    """Return the idents of the documents of a type that there are: live, drafted or archived."""
    query = select(DOCUMENT.c.slug).where(DOCUMENT.c.document_type == type_name, IS_PRESENT)
    return frozenset(session.scalars(query))


def _holds(word: str) -> ColumnElement[bool]:
    return or_(*[_holds_form(form) for form in numbers(word.casefold())])


def _holds_form(word: str) -> ColumnElement[bool]:
    own = (DOCUMENT.c.slug + "\n" + DOCUMENT.c.title).icontains(word, autoescape=True)  # no word has a line break
    newest = DocumentIndexRow.draft == case((_DRAFTED, True), else_=False)
    indexed = select(DocumentIndexRow.document_id).where(DocumentIndexRow.document_id == DOCUMENT.c.id, newest)
    return or_(own, indexed.where(DocumentIndexRow.text.contains(word, autoescape=True)).exists())


def list_lacking(
    locale: str,
    *,
    within: Collection[str] | None,
    drafts: bool = True,
    phrases: int = 0,
    descending: bool = False,
) -> SortedQuery[tuple[DocumentState, int]]:
    """Return the documents of some types that lack texts in a locale, with how many, by type and slug. With `drafts`,
    open drafts count in the place of what is published; without, only what is published. The document
    of the locale itself lacks as many `phrases` too."""
    own = and_(DOCUMENT.c.document_type == LocaleDocument.TYPE, DOCUMENT.c.slug == locale)
    every, written = aliased(DocumentWordingRow), aliased(DocumentWordingRow)
    count = _difference(every, written) + case((own, phrases), else_=0)
    query = select(DOCUMENT, count.label("lacking")).select_from(DOCUMENT)
    query = query.outerjoin(every, and_(every.document_id == DOCUMENT.c.id, _is_default(every, drafts=drafts)))
    query = query.outerjoin(written, _is_same(every, written, locale))
    present = or_(DOCUMENT.c.live, _DRAFTED, DOCUMENT.c.archived)  # by their table, as wordings have drafts too
    query = query.where(present if drafts else DOCUMENT.c.live, count > 0)
    if within is not None:
        query = query.where(DOCUMENT.c.document_type.in_(sorted(within)))
    make = lambda row: (state_of_row(row), row.lacking)  # noqa: E731
    return SortedQuery(query=query, key=_ORDERS[Order.TYPE], make=make, descending=descending)


def count_lacking(session: Session, documents: SortedQuery[tuple[DocumentState, int]]) -> int:
    """Count the texts that the documents of `list_lacking` lack."""
    return session.scalar(select(func.sum(documents.query.subquery().c.lacking))) or 0


def lacking(locale: str, *, drafts: bool) -> ColumnElement[int]:
    """Return how many texts of a document a locale lacks: of the open draft where there is one and `drafts` says so, or
    else of the published document."""
    every, written = aliased(DocumentWordingRow), aliased(DocumentWordingRow)
    query = select(_difference(every, written)).outerjoin(written, _is_same(every, written, locale))
    query = query.where(every.document_id == DOCUMENT.c.id, _is_default(every, drafts=drafts))
    return func.coalesce(query.correlate(DOCUMENT).scalar_subquery(), 0)


def _difference(every: Wording, written: Wording) -> ColumnElement[int]:
    """Return how many texts are not written."""
    return func.coalesce(every.texts, 0) - func.coalesce(written.texts, 0)


def _is_default(every: Wording, *, drafts: bool) -> ColumnElement[bool]:
    """Return the condition of what a document has in the default locale: in the open draft where there is one and
    `drafts` says so, or else as it is published."""
    draft = case((_DRAFTED, True), else_=False) if drafts else False
    return and_(every.draft == draft, every.locale == DEFAULT_LOCALE)


def _is_same(every: Wording, written: Wording, locale: str) -> ColumnElement[bool]:
    """Return the condition of what is written of it in a locale."""
    same = written.document_id == every.document_id, written.draft == every.draft
    return and_(*same, written.locale == locale)


def _fill(session: Session, states: Sequence[DocumentState]) -> list[DocumentState]:
    """Add how many texts each locale has."""
    row = DocumentWordingRow
    drafted = {it.id for it in states if it.draft is not None}
    query = select(row.document_id, row.draft, row.locale, row.texts).where(
        row.document_id.in_([it.id for it in states])
    )
    texts: dict[int, dict[str, int]] = {}
    for ident, draft, locale, count in session.execute(query):
        if draft == (ident in drafted):
            texts.setdefault(ident, {})[locale] = count
    return [replace(it, texts=texts.get(it.id or 0, {})) for it in states]
