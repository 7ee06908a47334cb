"""ComparisonConnection: a page of comparisons, in the order of their canonical slugs' careers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar, cast

import strawberry

from careergraph.api.comparison import Comparison
from careergraph.api.describe import field, named, object_type
from careergraph.api.page import Listing, Page, PageArguments, PageInfo, page
from careergraph.api.pairs import Couple, Pairs, PairsOf, without
from careergraph.api.redirect import current
from careergraph.api.view import View
from careergraph.engine import compare
from careergraph.engine.closest import Shelf, close_slugs
from careergraph.engine.content import Catalog
from careergraph.engine.edition import edition_of
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.related import score

Item = TypeVar("Item")


@object_type
class ComparisonEdge:
    """A comparison on a page."""

    of: strawberry.Private[Couple]
    page: strawberry.Private[Page[Couple]]
    view: strawberry.Private[View]

    @field
    def node(self) -> Comparison:
        """The comparison, in its canonical order."""
        return Comparison(compare.Comparison(self.view.edition, self.of.a, self.of.b), self.view)

    @field
    def cursor(self) -> str:
        """Where it stands, for `after` and `before`."""
        return self.page.listing.cursor(self.of)

    @named("score")
    def worth(self) -> float:
        """How much the two are worth comparing, from 0 to 1: 0.6 times the share of skill concepts (out of the smaller
        number; a related one counts half), 0.2 for one category, 0.2 for a collection that holds both."""
        return score(self.view.catalog, self.of.a, self.of.b)


@object_type
class ComparisonConnection:
    """A page of comparisons."""

    of: strawberry.Private[Page[Couple]]
    view: strawberry.Private[View]

    @field
    def edges(self) -> list[ComparisonEdge]:
        """The comparisons of the page."""
        return [ComparisonEdge(item, self.of, self.view) for item in self.of.items]

    @field
    def page_info(self) -> PageInfo:
        """Where the page stands in the list."""
        return PageInfo(self.of)

    @field
    def total_count(self) -> int:
        """How many comparisons the whole list has."""
        return self.of.total


class Wanted(NamedTuple):
    """Which comparisons are wanted: with this career, with both careers in this category, of this score at least."""

    career: str | None = None
    category: str | None = None
    min_score: float | None = None


def comparisons(view: View, asked: PageArguments, wanted: Wanted) -> ComparisonConnection:
    """A page of the comparisons that pass a filter. Raises CodedError BAD_FILTER, BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    listing = Listing(
        name=("Query.comparisons", view.edition.locale.code),
        items=couples(view, wanted),
        key=lambda couple: (couple.a.slug, couple.b.slug),
        shape=tuple[str, str],
        rank=lambda key: key,
    )
    return ComparisonConnection(page(listing, asked), view)


def couples(view: View, wanted: Wanted) -> Sequence[Couple]:
    """The comparisons that pass a filter, in order, without those that editors hide. Raises CodedError BAD_FILTER."""
    catalog = view.catalog
    careers = tuple(catalog.careers.values())
    if wanted.category is not None:
        category = _known(view, catalog.categories, "categories", wanted.category)
        careers = catalog.careers_in.get(category.slug, ())
    couples: Sequence[Couple] = Pairs(careers)
    if wanted.career is not None:
        career = _known(view, catalog.careers, "careers", wanted.career)
        others = tuple([other for other in careers if other is not career])
        couples = PairsOf(career, others if len(others) < len(careers) else ())
    couples = without(couples, _hidden(catalog))
    least = wanted.min_score
    if least is None or least <= 0:
        return couples
    if wanted.career is not None:
        return [couple for couple in couples if score(catalog, couple.a, couple.b) >= least]
    return [couple for worth, couple in _scored(view, couples, wanted.category) if worth >= least]


def _hidden(catalog: Catalog) -> list[tuple[str, str]]:
    """The pairs that editors keep out of lists, by slugs, in order."""
    return sorted((it.a, it.b) for it in catalog.pairs_notes.values() if it.hidden)


def _scored(view: View, couples: Sequence[Couple], category: str | None) -> list[tuple[float, Couple]]:
    """The pairs of a category, or of all, that score anything, with their scores: found once for each catalog."""
    memo = edition_of(view.catalog).memo
    name = f"scores {category}"
    if name not in memo:
        if len(couples) > MOST_SCORED:
            raise CodedError(
                Code.BAD_FILTER,
                "With so many careers, minScore needs a career or a smaller category beside it.",
                maximum=MOST_SCORED,
            )
        worths = [(score(view.catalog, couple.a, couple.b), couple) for couple in couples]
        memo[name] = [(worth, couple) for worth, couple in worths if worth > 0]
    return cast("list[tuple[float, Couple]]", memo[name])


MOST_SCORED = 500_000
"""Pairs that are scored for a filter at most, which takes two to three seconds once: those of a thousand careers."""


def _known(view: View, items: Mapping[str, Item], shelf: Shelf, slug: str) -> Item:
    if (found := items.get(current(view.catalog, shelf, slug))) is None:
        raise CodedError(
            Code.BAD_FILTER,
            f"The filter names one of the {shelf} that does not exist.",
            suggestions=close_slugs(view.catalog, shelf, slug),
        )
    return found
