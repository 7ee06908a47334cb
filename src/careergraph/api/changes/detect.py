"""Changed: which pages answer otherwise in another catalog, found page by page in a fixed order.

Only pages that are touched are looked at, and each by its trusted document in every locale: it changed where the bytes
differ. So what is told is exact, and costs what is looked at, not what there is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import cast

from graphql import GraphQLSchema

from careergraph.api.base.page_key import KINDS, START, PageChange, PageKey, PageKind
from careergraph.api.changes.page_documents import CAREER, CATEGORY, COLLECTION, COMPARISON, SKILL, trusted
from careergraph.editorial.preview.affected_pages import Touched, find_touched
from careergraph.engine.content import Catalog, PairNotes

MOST_EXAMINED = 500
"""Pages that are looked at for one answer at most. Where few of them changed, an answer may hold few or none and still
have more behind it."""


@dataclass(frozen=True, slots=True)
class ChangedPages:
    """A stretch of the pages that changed; `next` is where to go on, None where these are the last."""

    pages: tuple[tuple[PageKey, PageChange], ...]
    next: PageKey | None


@dataclass(frozen=True, kw_only=True)
class ChangeDetector:
    """The pages that changed from one catalog to another."""

    schema: GraphQLSchema
    before: Catalog
    after: Catalog
    as_of: Callable[[datetime], Catalog] = field(repr=False)

    @cached_property
    def touched(self) -> Touched:
        """What may have changed. Kept with the newer catalog for the last one it was compared with: those who are told
        of a version all ask for the same."""
        memo = self.after.memo
        name = (self.before.version, self.before.published_at)
        cached = cast("tuple[object, Touched] | None", memo.get("touched"))
        if cached is None or cached[0] != name:
            cached = memo["touched"] = (name, find_touched(self.before, self.after))
        return cached[1]

    def find(self, first: int, beyond: PageKey = START, most: int = MOST_EXAMINED) -> ChangedPages:
        """The first pages that changed beyond a place, out of the `most` next ones."""
        pages: list[tuple[PageKey, PageChange]] = []
        place = beyond
        for examined, place_ in enumerate(self._places(beyond)):
            if examined >= most or len(pages) >= first:
                return ChangedPages(tuple(pages), place)
            place = place_
            if (change := self._change(place)) is not None:
                pages.append((place, change))
        return ChangedPages(tuple(pages), None)

    def _places(self, beyond: PageKey) -> Iterator[PageKey]:
        touched = self.touched
        for kind, slugs in enumerate((touched.careers, touched.skills, touched.collections, touched.categories)):
            yield from (place for slug in slugs if (place := PageKey(kind, slug)) > beyond)
        kind = KINDS.index(PageKind.COMPARISON)
        every = self._every
        start = bisect_left(every, beyond.a) if beyond.kind == kind else 0
        for index in range(start, len(every)):
            yield from (place for b in self._beside(index) if (place := PageKey(kind, every[index], b)) > beyond)

    @cached_property
    def _every(self) -> tuple[str, ...]:
        return tuple(sorted(self.before.careers.keys() | self.after.careers.keys()))

    @cached_property
    def _noted(self) -> Mapping[str, Sequence[str]]:
        neighbours: dict[str, list[str]] = {}
        for a, b in self.touched.noted:
            neighbours.setdefault(a, []).append(b)
        return neighbours

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        return frozenset(self.touched.mentioned)

    def _beside(self, index: int) -> Sequence[str]:
        """The careers whose comparison with one may have changed, out of those behind it in the alphabet."""
        a = self._every[index]
        if a in self._mentioned:
            return self._every[index + 1 :]
        behind = self.touched.mentioned[bisect_right(self.touched.mentioned, a) :]
        noted = self._noted.get(a)
        return behind if noted is None else sorted({*behind, *noted})

    def _change(self, place: PageKey) -> PageChange | None:
        was, will = _holds(self.before, place), _holds(self.after, place)
        if was != will:
            return PageChange.APPEARED if will else PageChange.VANISHED
        if not was:
            return None
        differs = any(
            self._answer(self.before, place, locale) != self._answer(self.after, place, locale)
            for locale in self._locales
        )
        return PageChange.CHANGED if differs else None

    @cached_property
    def _locales(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.after.default_locale, *self.after.locales)))

    def _answer(self, catalog: Catalog, place: PageKey, locale: str) -> bytes:
        name, variables = {
            PageKind.CAREER: (CAREER, {"slug": place.a}),
            PageKind.SKILL: (SKILL, {"slug": place.a}),
            PageKind.COLLECTION: (COLLECTION, {"slug": place.a}),
            PageKind.CATEGORY: (CATEGORY, {"slug": place.a}),
            PageKind.COMPARISON: (COMPARISON, {"a": place.a, "b": place.b}),
        }[place.page]
        return trusted(self.schema, name).answer(catalog, self.as_of, **variables, locale=locale)


def _holds(catalog: Catalog, place: PageKey) -> bool:
    """Whether a catalog has the page: a hidden comparison has none."""
    match place.page:
        case PageKind.CAREER:
            return place.a in catalog.careers
        case PageKind.SKILL:
            return place.a in catalog.skills
        case PageKind.COLLECTION:
            return place.a in catalog.collections
        case PageKind.CATEGORY:
            return place.a in catalog.categories
        case PageKind.COMPARISON:
            notes: PairNotes | None = catalog.pairs_notes.get(place.slug)
            return place.a in catalog.careers and place.b in catalog.careers and not (notes and notes.hidden)
