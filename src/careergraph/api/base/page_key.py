"""PageKey: a page among all pages, and the ways in which it changes."""

from collections.abc import Mapping
from typing import NamedTuple

from careergraph.api.base.redirect import current
from careergraph.engine.comparison.compare import VERSUS
from careergraph.engine.content import Catalog
from careergraph.engine.content.did_you_mean import Shelf
from careergraph.engine.described_enum import DescribedEnum


class PageKind(DescribedEnum):
    """The kind of a page."""

    CAREER = "CAREER", "A career."
    SKILL = "SKILL", "A skill."
    COLLECTION = "COLLECTION", "A collection."
    CATEGORY = "CATEGORY", "A category: the first hundred of its careers."
    COMPARISON = "COMPARISON", "A comparison of two careers; its slug is the canonical one."


class PageChange(DescribedEnum):
    """How a page changed."""

    APPEARED = "APPEARED", "The page is new: its document was published, or is no longer hidden."
    CHANGED = "CHANGED", "Its response changed, in at least one locale."
    VANISHED = (
        "VANISHED",
        "The page is gone: its document was unpublished, renamed or, if it is a comparison, hidden from lists.",
    )


KINDS = tuple(PageKind)


class PageKey(NamedTuple):
    """The position of a page in the order: by kind, then by slug. `b` is empty but for comparisons."""

    kind: int
    a: str
    b: str = ""

    @property
    def page(self) -> PageKind:
        """The kind of the page."""
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
"""The shelf of the catalog that the document of a page is on."""


def renamed(catalog: Catalog, place: PageKey) -> str | None:
    """Return the slug of the page that replaces an earlier one in a catalog; None where none does, or the same."""
    shelf = SHELVES[place.page]
    slugs = [current(catalog, shelf, slug) for slug in (place.a, place.b) if slug]
    if len(set(slugs)) < len(slugs) or any(slug not in getattr(catalog, shelf) for slug in slugs):
        return None
    slug = VERSUS.join(sorted(slugs))
    return None if slug == place.slug else slug


START = PageKey(-1, "")
"""Ahead of every page."""
