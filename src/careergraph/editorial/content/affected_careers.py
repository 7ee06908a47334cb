"""Affected careers: which careers a publish affects, and how many comparisons at most, told from references alone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import comb

from sqlalchemy.orm import Session

from careergraph.store.documents.documents import (
    CareerDocument,
    CollectionDocument,
    Document,
    Key,
    LocaleDocument,
    PairDocument,
)
from careergraph.store.documents.rows import count_live, live_idents, referring
from careergraph.store.editing.rehearsal import settle


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedCareers:
    """The careers that changed documents affect, by slug, and the number of comparisons that may read otherwise."""

    careers: tuple[str, ...]
    comparisons: int


def affected_careers(
    session: Session, before: Mapping[Key, Document], after: Mapping[Key, Document], changed: Collection[Key]
) -> AffectedCareers:
    """Count the comparisons that changes affect: those of an affected career, and those whose own document changed.

    `before` and `after` hold the changed documents; `session` reads what is live before them.
    """
    sides = [[side[key] for key in changed if key in side] for side in (before, after)]
    come = [key for key in changed if key[0] == CareerDocument.TYPE and key not in before]
    every = count_live(session, CareerDocument.TYPE) + len(come)
    affected = {slug for side in sides for document in side for slug in _own_careers(document)}
    if any(type_name == LocaleDocument.TYPE for type_name, _ in changed):
        affected.update(live_idents(session, CareerDocument.TYPE))
    shared = [it for it in changed if it[0] not in (CareerDocument.TYPE, CollectionDocument.TYPE, PairDocument.TYPE)]
    affected.update([ident for type_name, ident in _referring(session, shared) if type_name == CareerDocument.TYPE])
    pairs = {(it.a, it.b) for side in sides for it in side if isinstance(it, PairDocument)}
    alone = sum(affected.isdisjoint(careers) for careers in pairs)
    comparisons = comb(every, 2) - comb(every - len(affected), 2) + alone
    return AffectedCareers(careers=tuple(sorted(affected)), comparisons=comparisons)


def _referring(session: Session, keys: Collection[Key]) -> set[Key]:
    """Return the keys of documents that refer to any of some others: every career may do so, so that is rehearsed."""
    return settle(session, ("referring", frozenset(keys)), lambda: referring(session, keys)) if keys else set()


def _own_careers(document: Document) -> Iterator[str]:
    match document:
        case CareerDocument():
            yield document.slug
        case CollectionDocument():
            yield from document.careers
