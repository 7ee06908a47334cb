"""ComparisonConnection: a page of comparisons, those that are worth a page first."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, input_field, input_type, object_type
from careergraph.api.base.page import Listing, Page, PageArguments, PageInfo, page
from careergraph.api.base.redirect import current
from careergraph.api.base.view import View
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.connections.pairs import SlugPair, pairs_by_slug, pairs_of_career, pairs_of_category
from careergraph.api.types.content import SharedItem
from careergraph.engine.comparison import compare
from careergraph.engine.content import Career
from careergraph.engine.content.did_you_mean import Shelf
from careergraph.engine.search.career_filter import not_existing
from careergraph.engine.similarity.pair_ranking import PairScore, ranking, score_of

Item = TypeVar("Item")


@object_type(PairScore, "Why a pair is worth a page, or is not: the parts of its score.")
class PairReason(Mirror):
    featured: bool = attr("Whether editors put it first, whatever it scores.")
    nearness: float = attr(
        "How near the two careers are, as `Career.related` scores it; 0 where neither is among the nearest "
        "of the other."
    )
    figures: int = attr("For how many attributes both have figures that can be compared.")
    deciding: int = attr("For how many of those one side is better.")
    shared: list[SharedItem] = children("The most telling things in common.", size=3)


@object_type(SlugPair, "A comparison on a page.")
class ComparisonEdge(Mirror):
    parent: strawberry.Private[Page[SlugPair]]

    node: Comparison = child(
        "The comparison, in its canonical order.",
        lambda of, view: compare.Comparison(view.localized, of.a, of.b),
        cost=2,
    )
    cursor: str = attr(
        "The cursor of the comparison, for `after` and `before`.", lambda of, parent: parent.cursor(of), cost=1
    )
    worth: float = attr(
        "How much the pair is worth a page, from 0 to 1: how near the two are, times (1/2, plus 1/4 of the share of "
        "the attributes that both have comparable figures for, plus 1/4 of the share of those that decide).",
        lambda of, view: score_of(view.catalog, of.a, of.b).score,
        name="score",
        cost=2,
    )
    reason: PairReason = child("The parts of the score.", lambda of, view: score_of(view.catalog, of.a, of.b), cost=3)


@object_type(Page, "A page of comparisons.")
class ComparisonConnection(Mirror):
    edges: list[ComparisonEdge] = children("The comparisons of the page.", "items")
    page_info: PageInfo = child("The position of the page in the list.", "of")
    total_count: int = attr("How many comparisons the whole list has.", "total")


@input_type("A filter of comparisons. All conditions that are set must hold.")
class ComparisonFilter:
    career: str | None = input_field("Comparisons with this career, by slug.", default=None)
    category: str | None = input_field("Comparisons of two careers of this category, by slug.", default=None)
    min_score: float | None = input_field("Comparisons that score at least this, from 0 to 1.", default=None)


def comparisons(view: View, arguments: PageArguments, criteria: ComparisonFilter) -> Page[SlugPair]:
    """Return a page of filtered comparisons. Raises CodedError BAD_FILTER, BAD_PAGE, TOO_MANY or BAD_CURSOR."""
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
    return page(listing, arguments)


UNRANKED = 2
"""The tier of pairs that score nothing: after those that editors feature (0) and those that score (1)."""


def _rank(key: tuple[object, ...]) -> tuple[object, ...]:
    tier, score, a, b = key
    return tier, -cast("float", score), a, b


def couples(view: View, criteria: ComparisonFilter) -> Sequence[SlugPair]:
    """Return the comparisons that pass a filter, but for hidden ones: the ranked ones in their order, then the rest by
    slugs. Raises CodedError BAD_FILTER."""
    career, category = _named(view, criteria)
    if career is not None:
        pairs = pairs_of_career(view.catalog, career, category)
    else:
        pairs = pairs_of_category(view.catalog, category)
    return pairs.at_least(view.catalog, criteria.min_score or 0.0)


def couples_by_slug(view: View, criteria: ComparisonFilter) -> Sequence[SlugPair]:
    """Return the same comparisons in the order of their slugs. Raises CodedError BAD_FILTER."""
    if (criteria.min_score or 0.0) > 0:
        return sorted(couples(view, criteria), key=lambda it: (it.a.slug, it.b.slug))
    return pairs_by_slug(view.catalog, *_named(view, criteria))


def _named(view: View, criteria: ComparisonFilter) -> tuple[Career | None, str | None]:
    catalog, career, category = view.catalog, criteria.career, criteria.category
    return (
        None if career is None else _known(view, catalog.careers, "careers", career),
        None if category is None else _known(view, catalog.categories, "categories", category).slug,
    )


def _known(view: View, items: Mapping[str, Item], shelf: Shelf, slug: str) -> Item:
    if (item := items.get(current(view.catalog, shelf, slug))) is None:
        raise not_existing(view.catalog, shelf, slug)
    return item
