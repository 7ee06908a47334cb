"""ComparisonConnection: a page of comparisons, those that are worth a page first."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar, cast

import strawberry

from careergraph.api.base.describe import field, named, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.page import Listing, Page, PageArguments, PageInfo, page
from careergraph.api.base.redirect import current
from careergraph.api.base.view import View
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.connections.pair_listing import pairs_by_slug, pairs_of_career, pairs_of_category
from careergraph.api.connections.pairs import SlugPair
from careergraph.api.types.worth import PairReason
from careergraph.engine.comparison import compare
from careergraph.engine.content import Career
from careergraph.engine.content.did_you_mean import Shelf, close_slugs
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.similarity.pair_ranking import ranking, score_of

Item = TypeVar("Item")


@object_type
class ComparisonEdge:
    """A comparison on a page."""

    of: strawberry.Private[SlugPair]
    page: strawberry.Private[Page[SlugPair]]
    view: strawberry.Private[View]

    @field
    @traits(weight=2)
    def node(self) -> Comparison:
        """The comparison, in its canonical order."""
        return Comparison(compare.Comparison(self.view.localized, self.of.a, self.of.b), self.view)

    @field
    @traits(weight=1)
    def cursor(self) -> str:
        """Where it stands, for `after` and `before`."""
        return self.page.listing.cursor(self.of)

    @named("score")
    @traits(weight=2)
    def worth(self) -> float:
        """How much the pair is worth a page, from 0 to 1: how near the two are, times (1/2, plus 1/4 of the share of
        the attributes that both have comparable figures for, plus 1/4 of the share of those that decide)."""
        return score_of(self.view.catalog, self.of.a, self.of.b).score

    @field
    @traits(weight=3)
    def reason(self) -> PairReason:
        """What made the score."""
        return PairReason(score_of(self.view.catalog, self.of.a, self.of.b), self.view)


@object_type
class ComparisonConnection:
    """A page of comparisons."""

    of: strawberry.Private[Page[SlugPair]]
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


def comparisons(view: View, arguments: PageArguments, criteria: Wanted) -> ComparisonConnection:
    """A page of the comparisons that pass a filter. Raises CodedError BAD_FILTER, BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    ranked = ranking(view.catalog)

    def key(couple: SlugPair) -> tuple[int, float, str, str]:
        worth = ranked.get((couple.a.slug, couple.b.slug))
        if worth is None:
            return UNRANKED, 0.0, couple.a.slug, couple.b.slug
        return 0 if worth.featured else 1, worth.score, couple.a.slug, couple.b.slug

    listing = Listing(
        name=("Query.comparisons", view.localized.locale.code),
        items=couples(view, criteria),
        key=key,
        shape=tuple[int, float, str, str],
        rank=_rank,
    )
    return ComparisonConnection(page(listing, arguments), view)


UNRANKED = 2
"""Where pairs stand that score nothing: behind those that editors feature (0) and those that score (1)."""


def _rank(key: tuple[object, ...]) -> tuple[object, ...]:
    tier, score, a, b = key
    return tier, -cast("float", score), a, b


def couples(view: View, criteria: Wanted) -> Sequence[SlugPair]:
    """The comparisons that pass a filter, without those that editors hide: the ranked ones in their order, then the
    rest by slugs. Raises CodedError BAD_FILTER."""
    career, category = _named(view, criteria)
    if career is not None:
        pairs = pairs_of_career(view.catalog, career, category)
    else:
        pairs = pairs_of_category(view.catalog, category)
    return pairs.at_least(view.catalog, criteria.min_score or 0.0)


def couples_by_slug(view: View, criteria: Wanted) -> Sequence[SlugPair]:
    """The same comparisons in the order of their slugs. Raises CodedError BAD_FILTER."""
    if (criteria.min_score or 0.0) > 0:
        return sorted(couples(view, criteria), key=lambda it: (it.a.slug, it.b.slug))
    return pairs_by_slug(view.catalog, *_named(view, criteria))


def _named(view: View, criteria: Wanted) -> tuple[Career | None, str | None]:
    catalog, career, category = view.catalog, criteria.career, criteria.category
    return (
        None if career is None else _known(view, catalog.careers, "careers", career),
        None if category is None else _known(view, catalog.categories, "categories", category).slug,
    )


def _known(view: View, items: Mapping[str, Item], shelf: Shelf, slug: str) -> Item:
    if (item := items.get(current(view.catalog, shelf, slug))) is None:
        raise CodedError(
            Code.BAD_FILTER,
            f"The filter names one of the {shelf} that does not exist.",
            suggestions=close_slugs(view.catalog, shelf, slug),
        )
    return item
