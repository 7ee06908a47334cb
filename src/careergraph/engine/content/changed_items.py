"""Changed items: which items of two mappings, or of two catalogs, are not one and the same object."""

from collections.abc import Hashable, Mapping
from itertools import compress
from operator import is_not
from typing import TypeVar

from careergraph.engine.content.catalog import Catalog

Key = TypeVar("Key", bound=Hashable)


def differing(before: Mapping[Key, object], after: Mapping[Key, object]) -> set[Key]:
    """Return the keys of items that are not one object in two mappings, or are in one of them alone. Most of two
    catalogs is the same in the same order: then no item is looked up."""
    if before is after:
        return set()
    keys = list(after)
    if keys == list(before):
        return set(compress(keys, map(is_not, before.values(), after.values())))
    return {key for key in {**before, **after} if before.get(key) is not after.get(key)}


def changed_items(before: Catalog, after: Catalog, shelf: str) -> frozenset[str]:
    """Return the slugs of items on a shelf that are not one object in two catalogs, or are in one of them alone. Many
    ask for those of a catalog and the one before it: they are compared once."""
    items, memo = getattr(before, shelf), after.once(_changed_items)
    if (compared := memo.get(shelf)) is None or compared[0] is not items:
        compared = memo[shelf] = items, frozenset(differing(items, getattr(after, shelf)))
    return compared[1]


def _changed_items(_: Catalog) -> dict[str, tuple[Mapping[str, object], frozenset[str]]]:
    """The memo of the changes of each shelf, with the shelf that they are from."""
    return {}
