"""The lists of careers, in order, and the pages of them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, cast

from careergraph.api.base.page import Key, Listing, Page, PageArguments, page
from careergraph.api.base.view import View
from careergraph.engine import content
from careergraph.engine.search.career_filter import CareerFilter
from careergraph.engine.search.career_selection import (
    DEFAULT_ORDER,
    CareerOrder,
    CareerOrderKey,
    Direction,
    Selection,
    by_title,
    select,
)
from careergraph.engine.text.localized_catalog import LocalizedCatalog

CAREERS = ("Query.careers",)
"""The name of the list of all careers, in cursors."""


def select_page(
    view: View,
    name: tuple[str, ...],
    arguments: PageArguments,
    criteria: CareerFilter | None = None,
    order: Sequence[CareerOrder] = (),
) -> Page[content.Career]:
    """Return a page of the careers that pass a filter, in order; `name` is that of the field.

    Raises CodedError BAD_FILTER, BAD_ORDER, BAD_PAGE, TOO_MANY or BAD_CURSOR.
    """
    if criteria is None and not order:
        return page(all_careers(view.localized.anywhere, name, DEFAULT_ORDER), arguments)
    localized = view.localized if _reads_figures(criteria, order) else view.localized.anywhere
    if criteria is None and len(order) == 1:
        listing = all_careers(localized, name, tuple(order))
    else:
        listing = _listing(name, select(localized, criteria, order))
    return page(listing, arguments)


def _reads_figures(criteria: CareerFilter | None, order: Sequence[CareerOrder]) -> bool:
    """Return whether figures, which regions differ in, decide the careers of a list or their order."""
    return bool(criteria and criteria.attributes) or any(key.attribute is not None for key in order)


def careers_of_category(localized: LocalizedCatalog, slug: str) -> Listing[content.Career]:
    """Return all careers of a category by title."""
    name = ("Category.careers", slug)
    if (listing := localized.memo.get(name)) is None:
        listing = localized.memo[name] = _listing(name, _in_category(localized, slug))
    return cast("Listing[content.Career]", listing)


def _in_category(localized: LocalizedCatalog, slug: str) -> Selection:
    by_category = localized.once(_by_category)
    if (careers := by_category.get(slug)) is None:
        careers = by_category[slug] = by_title(localized, localized.catalog.careers_in.get(slug, ()))
    return Selection(localized=localized, order=DEFAULT_ORDER, scores={}, careers=careers)


def _by_category(_: LocalizedCatalog) -> dict[str, tuple[content.Career, ...]]:
    """The memo of the careers of each category by title."""
    return {}


def follow_categories(localized: LocalizedCatalog, before: LocalizedCatalog, changed: Set[str]) -> None:
    """Take the careers of each category, by title, from a catalog before, in the same locale, unless one `changed`."""
    shelves = before.catalog.careers, localized.catalog.careers
    touched = {careers[slug].category.slug for careers in shelves for slug in changed & careers.keys()}
    former = before.once(_by_category)
    localized.once(_by_category).update({slug: former[slug] for slug in former.keys() - touched})


def all_careers(
    localized: LocalizedCatalog, name: tuple[str, ...], order: Sequence[CareerOrder]
) -> Listing[content.Career]:
    """Return all careers in the order of one key. Most pages are of these, so they are sorted once for each catalog."""
    key: object = name
    if order is not DEFAULT_ORDER:
        key = "/".join(("careers", *name, order[0].by, order[0].direction, order[0].attribute or ""))
    if (listing := localized.memo.get(key)) is None:
        listing = localized.memo[key] = _listing(name, select(localized, None, order))
    return cast("Listing[content.Career]", listing)


def _listing(name: tuple[str, ...], selection: Selection) -> Listing[content.Career]:
    localized, order = selection.localized, selection.order
    ordered = [(it.by.value, it.attribute and f"{it.attribute} by scale", it.direction.value) for it in order]
    region = () if localized.region is None else (localized.region,)
    return Listing(
        name=(*name, localized.locale.code, ordered, *region),
        items=selection.careers,
        key=selection.sort_key,
        shape=tuple[(*(_SHAPES[it.by] for it in order), str)],  # type: ignore[misc] # a type that is made at run time
        rank=lambda key: _rank(key, order),
    )


_SHAPES: dict[CareerOrderKey, Any] = {
    CareerOrderKey.TITLE: tuple[str],
    CareerOrderKey.ATTRIBUTE: tuple[int | float, ...] | None,
    CareerOrderKey.PUBLISHED: tuple[int | float],
    CareerOrderKey.RELEVANCE: tuple[int | float],
}
"""The type in a cursor of each key of an order."""


@dataclass(frozen=True, slots=True)
class _Descending:
    """A key that sorts the other way round."""

    key: Any

    def __lt__(self, other: "_Descending") -> bool:
        return bool(other.key < self.key)


def _rank(key: Key, order: Sequence[CareerOrder]) -> tuple[object, ...]:
    # As in `select`: careers without a value come last in either direction, and the slug ascends in both.
    ranks: list[object] = []
    for part, criterion in zip(key, order, strict=False):
        if part is None:
            ranks.append((1,))
        else:
            ranks.append((0, _Descending(part) if criterion.direction is Direction.DESC else part))
    return (*ranks, key[-1])
