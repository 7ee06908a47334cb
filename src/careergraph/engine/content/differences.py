"""Differences: which items of two mappings are not one and the same object."""

from collections.abc import Hashable, Mapping
from itertools import compress
from operator import is_not
from typing import TypeVar

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
