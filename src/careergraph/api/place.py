"""Place: a page among all pages, and what can become of it."""

from enum import StrEnum
from typing import NamedTuple

from careergraph.engine.compare import VERSUS


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


class Place(NamedTuple):
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


START = Place(-1, "")
"""Ahead of every page."""
