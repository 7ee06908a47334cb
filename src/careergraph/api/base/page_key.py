"""Place: a page among all pages, and what can become of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from careergraph.api.base.redirect import current
from careergraph.engine.comparison.compare import VERSUS
from careergraph.engine.content import Catalog
from careergraph.engine.content.did_you_mean import Shelf


class PageKind(StrEnum):
    """What a page is of."""

    CAREER = "CAREER"
    """A career."""
    SKILL = "SKILL"
    """A skill."""
    COLLECTION = "COLLECTION"
    """A collection."""
    CATEGORY = "CATEGORY"
    """A category: the first hundred of its careers."""
    COMPARISON = "COMPARISON"
    """A comparison of two careers; its slug is the canonical one."""


class PageChange(StrEnum):
    """What became of a page."""

    APPEARED = "APPEARED"
    """It was not there before: what it is of was published, or is no longer hidden."""
    CHANGED = "CHANGED"
    """Its answer is another one, in at least one locale."""
    VANISHED = "VANISHED"
    """It is there no longer: what it is of was taken down, renamed or, if it is a comparison, hidden from lists."""


KINDS = tuple(PageKind)


class PageKey(NamedTuple):
    """Where a page stands in the order: by what it is of, then by slug. `b` is empty but for comparisons."""

    kind: int
    a: str
    b: str = ""

    @property
    def page(self) -> PageKind:
        """What the page is of."""
        return KINDS[self.kind]

    @property
    def slug(self) -> str:
        """The slug of the page."""
        return VERSUS.join((self.a, self.b)) if self.b else self.a


SHELVES: Mapping[PageKind, Shelf] = {
    PageKind.CAREER: "careers",
    PageKind.SKILL: "skills",
    PageKind.COLLECTION: "collections",
    PageKind.CATEGORY: "categories",
    PageKind.COMPARISON: "careers",
}
"""Where what a page is of is looked up."""


def renamed(catalog: Catalog, place: PageKey) -> str | None:
    """The slug of the page that a catalog has in the place of one of before; None where it has none, or the same."""
    shelf = SHELVES[place.page]
    slugs = [current(catalog, shelf, slug) for slug in (place.a, place.b) if slug]
    if len(set(slugs)) < len(slugs) or any(slug not in getattr(catalog, shelf) for slug in slugs):
        return None
    slug = VERSUS.join(sorted(slugs))
    return None if slug == place.slug else slug


START = PageKey(-1, "")
"""Ahead of every page."""
