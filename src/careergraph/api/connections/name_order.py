"""Name order: skills, categories and collections by their names as a locale reads them, sorted once for a catalog."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from careergraph.engine import content
from careergraph.engine.content.locale import Text
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.same_wording import normalised

Item = TypeVar("Item", content.Skill, content.Category, content.Collection)
NameKey = tuple[str, str]
"""The name without case and accents, then the slug: few names are the same."""


def skills_by_name(localized: LocalizedCatalog) -> Sequence[content.Skill]:
    """Return all skills. Call it through `localized.once`, as the others here."""
    return _sorted(localized, localized.catalog.skills.values())


def categories_by_name(localized: LocalizedCatalog) -> Sequence[content.Category]:
    """Return all categories."""
    return _sorted(localized, localized.catalog.categories.values())


def collections_by_title(localized: LocalizedCatalog) -> Sequence[content.Collection]:
    """Return all collections."""
    return _sorted(localized, localized.catalog.collections.values())


def name_key(localized: LocalizedCatalog, item: Item) -> NameKey:
    """Return what an item is sorted by."""
    name: Text = item.title if isinstance(item, content.Collection) else item.name
    return normalised(localized.read(name)), item.slug


def _sorted(localized: LocalizedCatalog, items: Iterable[Item]) -> Sequence[Item]:
    return sorted(items, key=lambda item: name_key(localized, item))
