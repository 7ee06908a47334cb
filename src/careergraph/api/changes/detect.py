"""Detect the pages whose response differs between two catalogs, page by page in a fixed order.

Only pages that a change may affect are executed, each by its trusted document in every locale: a page changed if the
bytes differ. So the list is exact, and its cost grows with the affected pages, not with the catalog.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, cast

from graphql import GraphQLSchema

from careergraph.api.base.page_key import KINDS, SHELVES, START, PageChange, PageKey, PageKind
from careergraph.api.changes.page_documents import trusted
from careergraph.editorial.preview.affected_pages import Touched, find_touched
from careergraph.engine.content import Catalog, PairNotes

MOST_EXAMINED = 500
"""The maximum of pages that one request executes. A response may hold few of them, or none, with more to come."""


class Change(NamedTuple):
    """A page, and how it changed."""

    key: PageKey
    change: PageChange


@dataclass(frozen=True, slots=True)
class ChangedPages:
    """A stretch of the pages that changed; `next` is where to go on, None where these are the last."""

    pages: tuple[Change, ...]
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
        """The content that may have changed. The newer catalog caches it for the last catalog it was compared with: all
        sites send the same request after a publish."""
        memo = self.after.memo
        name = (self.before.version, self.before.published_at)
        cached = cast("tuple[object, Touched] | None", memo.get("touched"))
        if cached is None or cached[0] != name:
            cached = memo["touched"] = (name, find_touched(self.before, self.after))
        return cached[1]

    def find(self, first: int, beyond: PageKey = START, most: int = MOST_EXAMINED) -> ChangedPages:
        """Return the first pages that changed behind a page, out of the `most` next ones."""
        pages: list[Change] = []
        place = beyond
        for examined, place_ in enumerate(self._places(beyond)):
            if examined >= most or len(pages) >= first:
                return ChangedPages(tuple(pages), place)
            place = place_
            if (change := self._change(place)) is not None:
                pages.append(Change(place, change))
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
        """Return the careers behind one in the alphabet whose comparison with it may have changed."""
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
            self._answer(self.before, place, locale, region) != self._answer(self.after, place, locale, region)
            for region in self._regions(place)
            for locale in self._locales
        )
        return PageChange.CHANGED if differs else None

    def _regions(self, place: PageKey) -> tuple[str | None, ...]:
        """Return the regions that choose the figures of a page: None, then those of further figures of its careers in
        both catalogs. If only one catalog has such a region, the page without a region differs by its `regions`."""
        both = [_regions_of(catalog, place) for catalog in (self.before, self.after)]
        return (None, *sorted(both[0] & both[1]))

    @cached_property
    def _locales(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.after.default_locale, *self.after.locales)))

    def _answer(self, catalog: Catalog, place: PageKey, locale: str, region: str | None) -> bytes:
        document = trusted(self.schema, place.page.value.lower())
        values = {"slug": place.slug, "a": place.a, "b": place.b, "region": region, "locale": locale}
        return document.answer(catalog, self.as_of, **{name: values[name] for name in document.variables})


def _regions_of(catalog: Catalog, place: PageKey) -> frozenset[str]:
    """The regions that can be chosen on a page of careers."""
    if place.page not in (PageKind.CAREER, PageKind.COMPARISON):
        return frozenset()
    careers = [catalog.careers[slug] for slug in (place.a, place.b) if slug in catalog.careers]
    return frozenset([region for career in careers for region in career.regions])


def _holds(catalog: Catalog, place: PageKey) -> bool:
    """Return whether a catalog has the page: a hidden comparison has none."""
    notes: PairNotes | None = catalog.pairs_notes.get(place.slug)
    items = getattr(catalog, SHELVES[place.page])
    return all(slug in items for slug in (place.a, place.b) if slug) and not (notes and notes.hidden)
