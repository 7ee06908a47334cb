"""Sharing: two catalogs have the same objects for the same content, where one of them has to be built as a whole.

A document that was not published in between makes the same item if all items that it refers to are the same too. So a
publish builds only changed items, and a catalog of the past takes hardly more memory than its differences.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.store.documents.documents import CareerDocument, Document, Key, key_of

SHELVES: Mapping[str, str] = {
    "attribute": "attributes",
    "source": "sources",
    "category": "categories",
    "skill": "skills",
    "image": "images",
    "career": "careers",
    "collection": "collections",
    "pair": "pairs_notes",
}
"""Where a catalog has the items of each type of document. Locales are left out: they are few."""

_encode = msgspec.json.Encoder().encode


class Sharing:
    """A catalog to take items from, and the documents that are the same in the one that is being made."""

    def __init__(self, catalog: Catalog, changed: Collection[Key]) -> None:
        """`changed` are the documents that may differ, by type and ident: also those of one catalog alone."""
        self._catalog = catalog
        self._changed = frozenset(changed)

    def item(self, document: Document) -> Any:
        """Return the former item of a document; None for a changed one. A career needs a closer look."""
        if key_of(document) in self._changed:
            return None
        return getattr(self._catalog, SHELVES[document.TYPE]).get(document.ident)

    def career(
        self, document: CareerDocument, published_at: datetime, shelves: Mapping[str, Mapping[str, Any]]
    ) -> Career | None:
        """Return the former career of a document if all items that it refers to are still on the shelves."""
        career: Career | None = self.item(document)
        if career is None or career.published_at != published_at:
            return None
        return career if all(shelves[shelf].get(slug) is item for shelf, slug, item in _references(career)) else None

    def neighbourhoods(self, fresh: Neighbourhoods | None) -> Neighbourhoods | None:
        """Share neighbourhoods."""
        return share_neighbourhoods(self._catalog.neighbourhoods, fresh)


def size_alone(catalog: Catalog, other: Catalog | None, documents: Iterable[Document]) -> int:
    """Return how many bytes of JSON those documents of a catalog have whose items another one does not share with
    it."""
    alone = [
        document
        for document in documents
        if other is None or _item(catalog, key_of(document)) is not _item(other, key_of(document))
    ]
    return sum([len(_encode(document)) for document in alone])


def share_neighbourhoods(before: Neighbourhoods | None, fresh: Neighbourhoods | None) -> Neighbourhoods | None:
    """Return neighbourhoods, with the former objects for equal ones."""
    if before is None or fresh is None:
        return fresh
    return {slug: old if (old := before.get(slug)) == near else near for slug, near in fresh.items()}


def _item(catalog: Catalog, key: Key) -> object:
    shelf = SHELVES.get(key[0])
    return key if shelf is None else getattr(catalog, shelf).get(key[1])


def _references(career: Career) -> Iterator[tuple[str, str, object]]:
    """The items that a career refers to: the shelf, the slug or key there, and the item."""
    yield "categories", career.category.slug, career.category
    for value in (*career.values, *career.regional):
        yield "attributes", value.attribute.key, value.attribute
        yield "sources", value.provenance.source.slug, value.provenance.source
    for skill in career.skills:
        yield from (("skills", it.slug, it) for it in skill.concepts)
    for stage in career.roadmap:
        yield from (("skills", it.slug, it) for it in stage.skills)
    if career.image is not None and career.image.slug is not None:
        yield "images", career.image.slug, career.image
    published = [it.source for it in (career.profile, *career.relations) if it is not None]
    yield from (("sources", it.slug, it) for it in published)
