"""Whether two catalogs are the same in all that they hold, down to the order of it."""

from collections.abc import Mapping
from dataclasses import fields

from careergraph.editorial.content.comparison_fingerprint import locale_key
from careergraph.engine.content import Catalog
from careergraph.engine.similarity.neighbours import neighbourhoods


def require_same(one: Catalog, other: Catalog) -> None:
    for name in [field.name for field in fields(Catalog)]:
        mine, theirs = getattr(one, name), getattr(other, name)
        if name == "neighbourhoods":  # stored, or worked out
            mine, theirs = neighbourhoods(one), neighbourhoods(other)
        if name == "base":  # from which the neighbours are worked out
            continue
        if name == "rarity" and None in (mine, theirs):  # kept, or worked out with the neighbours
            continue
        if isinstance(mine, Mapping):
            assert list(mine) == list(theirs), name
        if name == "locales":
            mine, theirs = ([locale_key(it) for it in catalog.locales.values()] for catalog in (one, other))
        assert mine == theirs, name
