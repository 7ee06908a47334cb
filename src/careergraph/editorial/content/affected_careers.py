"""Reach: which careers a publish affects, and how many comparisons that is at most, told from the documents alone."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import comb

import msgspec

from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.content.references import refers
from careergraph.store.documents.documents import (
    CareerDocument,
    CollectionDocument,
    Document,
    LocaleDocument,
    PairDocument,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedCareers:
    """The careers that changed documents affect, by slug, and the number of comparisons that may read otherwise."""

    careers: tuple[str, ...]
    comparisons: int


def affected_careers(
    before: Iterable[Document], after: Iterable[Document], changed: Collection[Key]
) -> AffectedCareers:
    """Counts the comparisons that changes affect: those of an affected career, and those whose own document changed."""
    sides = [list(before), list(after)]
    every = {it.slug for side in sides for it in side if isinstance(it, CareerDocument)}
    affected = {slug for side in sides for slug in _careers(side, changed)} & every
    others = len(every) - len(affected)
    alone = sum(not affected & set(careers) for careers in _pairs(sides, changed))
    return AffectedCareers(careers=tuple(sorted(affected)), comparisons=comb(len(every), 2) - comb(others, 2) + alone)


def _careers(documents: Iterable[Document], changed: Collection[Key]) -> Iterator[str]:
    everywhere = any(type_name == LocaleDocument.TYPE for type_name, _ in changed)
    shared = [it for it in changed if it[0] not in (CareerDocument.TYPE, CollectionDocument.TYPE, PairDocument.TYPE)]
    for document in documents:
        match document:
            case CareerDocument():
                if everywhere or key(document) in changed or (shared and _uses(document, shared)):
                    yield document.slug
            case CollectionDocument() if key(document) in changed:
                yield from document.careers


def _uses(document: Document, keys: Collection[Key]) -> bool:
    return refers(document.TYPE, msgspec.to_builtins(document), keys)


def _pairs(sides: Iterable[Iterable[Document]], changed: Collection[Key]) -> set[tuple[str, str]]:
    """The careers of the pairs whose own documents changed."""
    pairs = (document for side in sides for document in side if isinstance(document, PairDocument))
    return {(document.a, document.b) for document in pairs if key(document) in changed}
