"""Suggestions for a slug or key that does not exist: the existing ones that are spelled nearly alike."""

from collections.abc import Mapping
from typing import Literal

from careergraph.engine.content import Catalog
from careergraph.engine.content.trigrams import Trigrams

Shelf = Literal["careers", "skills", "categories", "collections", "attributes"]
"""A part of the catalog that is looked up by slug or key."""

SHELVES: tuple[Shelf, ...] = ("careers", "skills", "categories", "collections", "attributes")
ENOUGH = 3
"""Suggestions given at most."""


def close_slugs(catalog: Catalog, shelf: Shelf, slug: str) -> list[str]:
    """The slugs of a shelf that are spelled nearly like this one, nearest first; empty where none is close."""
    spellings = catalog.once(all_spellings)
    if (index := spellings.get(shelf)) is None:
        items: Mapping[str, object] = getattr(catalog, shelf)
        index = spellings[shelf] = Trigrams(items)
    return close_texts(index, slug)


def close_texts(index: Trigrams, text: str) -> list[str]:
    """The texts of an index that are spelled nearly like this one, nearest first; empty where none is close."""
    return [close for _, close in index.nearest(text.casefold(), 0.4)[:ENOUGH]]


def all_spellings(_: Catalog) -> dict[Shelf, Trigrams]:
    """The memo of `close_slugs`, by shelf."""
    return {}
