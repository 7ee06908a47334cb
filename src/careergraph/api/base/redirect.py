"""Redirects: from an earlier slug to the present one."""

from careergraph.engine.content import Catalog
from careergraph.engine.content.did_you_mean import Shelf

SHELVES: dict[Shelf, str] = {
    "careers": "career",
    "skills": "skill",
    "categories": "category",
    "collections": "collection",
    "attributes": "attribute",
}
"""The document type whose redirects hold on each shelf."""


def current(catalog: Catalog, shelf: Shelf, slug: str) -> str:
    """Return the present slug for an earlier one; any other as it is."""
    return slug if slug in getattr(catalog, shelf) else catalog.redirects.get((SHELVES[shelf], slug), slug)


def current_of(catalog: Catalog, shelf: Shelf, slugs: list[str] | None) -> tuple[str, ...] | None:
    """Return the present slugs of a list; None for None."""
    return None if slugs is None else tuple([current(catalog, shelf, slug) for slug in slugs])
