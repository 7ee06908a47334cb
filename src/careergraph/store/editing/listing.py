"""Listing: the documents that there are, live, as drafts or put away, page by page in the order of their keys."""

from collections.abc import Collection, Iterator

from sqlalchemy import Select, and_, select, tuple_
from sqlalchemy.orm import Session

from careergraph.store.documents.history import Revision
from careergraph.store.documents.rows import Key
from careergraph.store.editing.drafts import DocumentState, states
from careergraph.store.tables.editing import StateRow

STRETCH = 100
"""How many documents are looked at in one go."""


def list_documents(  # noqa: PLR0913 - how a list is narrowed down
    session: Session,
    *,
    types: Collection[str] | None = None,
    draft: bool | None = None,
    review: bool | None = None,
    archived: bool | None = None,
    after: Key | None = None,
) -> Iterator[DocumentState]:
    """The documents there are now, beyond a key, by type and slug: all, or those with (without) a draft, in review or
    not, put away or not. What was removed or renamed away is left out; its history is not."""
    query = _narrow(types, {"draft": draft, "review": review, "archived": archived})
    while keys := [(row[0], row[1]) for row in session.execute(_after(query, after))]:
        by_key = states(session, keys)
        yield from (it for it in (by_key[key] for key in keys) if it.live or it.draft is not None or it.archived)
        after = keys[-1]


def _narrow(types: Collection[str] | None, conditions: dict[str, bool | None]) -> Select[str, str]:
    same = and_(StateRow.document_type == Revision.document_type, StateRow.slug == Revision.slug)
    query = select(Revision.document_type, Revision.slug).distinct().outerjoin(StateRow, same)
    if types is not None:
        query = query.where(Revision.document_type.in_(sorted(types)))
    is_so = {
        "draft": StateRow.draft.is_not(None),
        "review": StateRow.review.is_(True),
        "archived": StateRow.archived.is_(True),
    }
    for name, want in conditions.items():
        if want is not None:
            query = query.where(is_so[name] if want else ~is_so[name] | StateRow.slug.is_(None))
    return query.order_by(Revision.document_type, Revision.slug).limit(STRETCH)


def _after(query: Select[str, str], after: Key | None) -> Select[str, str]:
    return query if after is None else query.where(tuple_(Revision.document_type, Revision.slug) > after)
