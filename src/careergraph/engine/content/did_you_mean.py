"""Suggestions for a slug or key that does not exist: the existing ones that are spelled nearly alike, or begin so."""

from collections.abc import Iterator, Mapping
from typing import Literal

from careergraph.engine.content import Catalog
from careergraph.engine.content.trigrams import Trigrams

Shelf = Literal["careers", "skills", "categories", "collections", "attributes"]
"""A part of the catalog that is looked up by slug or key."""

SHELVES: tuple[Shelf, ...] = ("careers", "skills", "categories", "collections", "attributes")
ENOUGH = 3
"""Suggestions given at most."""


def close_slugs(catalog: Catalog, shelf: Shelf, slug: str) -> list[str]:
    """Return the slugs of a shelf that may be meant by this one, as `close_texts` does."""
    spellings = catalog.once(all_spellings)
    if (index := spellings.get(shelf)) is None:
        items: Mapping[str, object] = getattr(catalog, shelf)
        index = spellings[shelf] = Trigrams(items)
    return close_texts(index, slug)


def close_texts(index: Trigrams, text: str) -> list[str]:
    """Return the texts of an index that are spelled nearly like this one, nearest first, then the shortest ones of
    which a word begins with it; empty where there are none."""
    folded = text.casefold()
    near = [close for _, close in index.nearest(folded, 0.4)[:ENOUGH]]
    if len(near) < ENOUGH:
        begun = sorted(_begun(index, folded), key=lambda it: (len(it), it))[:ENOUGH]
        near += [it for it in begun if it not in near]
    return near[:ENOUGH]


def _begun(index: Trigrams, text: str) -> Iterator[str]:
    """Yield the texts with a word that begins so."""
    begin = f"-{text}"
    return (it for it in index.containing(text) if begin in f"-{it}".replace(" ", "-"))


def all_spellings(_: Catalog) -> dict[Shelf, Trigrams]:
    """The memo of `close_slugs`, by shelf."""
    return {}
