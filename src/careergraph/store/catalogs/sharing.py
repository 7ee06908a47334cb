"""Sharing: two catalogs have the same objects for the same content.

A document that is the same to the byte makes the same item if all items that it refers to are the same too. So a
publish builds only changed items, and a catalog of the past takes hardly more memory than its differences.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.store.documents.documents import CareerDocument, Document, Key, key_of

Fingerprints = Mapping[Key, bytes]
"""A digest of each document, by type and ident."""

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


class Printed(NamedTuple):
    """The fingerprints of documents, and how many bytes they are as JSON, by type and ident."""

    fingerprints: dict[Key, bytes]
    sizes: dict[Key, int]

    @property
    def size(self) -> int:
        """The size of all of them, in bytes."""
        return sum(self.sizes.values())

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Printed":
        """Those of some documents."""
        printed = cls({}, {})
        for document in documents:
            body, key = _encode(document), key_of(document)
            printed.fingerprints[key] = blake2b(body, digest_size=16).digest()
            printed.sizes[key] = len(body)
        return printed


class Sharing:
    """A catalog to take items from, and the documents that are the same in the one that is being made."""

    def __init__(self, catalog: Catalog, before: Fingerprints, after: Fingerprints) -> None:
        self._catalog = catalog
        self._same = frozenset([key for key, body in after.items() if before.get(key) == body])

    def item(self, document: Document) -> Any:
        """Return the former item of a document; None for a changed one. A career needs a closer look."""
        if key_of(document) not in self._same:
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

    def size_alone(self, catalog: Catalog, printed: Printed) -> int:
        """How many bytes of JSON those documents have whose items another catalog does not share with this one."""
        return sum(
            [size for key, size in printed.sizes.items() if _item(catalog, key) is not _item(self._catalog, key)]
        )


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
