"""CareerConnection: a page of careers, in an order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.page import Key, Listing, Page, PageArguments, PageInfo, page
from careergraph.api.base.view import View
from careergraph.api.types import career
from careergraph.engine import content
from careergraph.engine.search.career_selection import (
    DEFAULT_ORDER,
    CareerFilter,
    CareerOrder,
    CareerOrderKey,
    Direction,
    select,
    sort_key,
)
from careergraph.engine.text.localized_catalog import LocalizedCatalog

if TYPE_CHECKING:
    from careergraph.api.types.career import Career


@object_type
class CareerEdge:
    """A career on a page."""

    of: strawberry.Private[content.Career]
    page: strawberry.Private[Page[content.Career]]
    view: strawberry.Private[View]

    @field
    def node(self) -> Annotated["Career", strawberry.lazy("careergraph.api.types.career")]:
        """The career."""
        return career.Career(self.of, self.view)

    @field
    def cursor(self) -> str:
        """Where it stands, for `after` and `before`."""
        return self.page.listing.cursor(self.of)


@object_type
class CareerConnection:
    """A page of careers."""

    of: strawberry.Private[Page[content.Career]]
    view: strawberry.Private[View]

    @field
    def edges(self) -> list[CareerEdge]:
        """The careers of the page."""
        return [CareerEdge(item, self.of, self.view) for item in self.of.items]

    @field
    def page_info(self) -> PageInfo:
        """Where the page stands in the list."""
        return PageInfo(self.of)

    @field
    def total_count(self) -> int:
        """How many careers the whole list has."""
        return self.of.total


CAREERS = ("Query.careers",)
"""The name of the list of all careers."""


def selected(
    view: View,
    name: tuple[str, ...],
    arguments: PageArguments,
    criteria: CareerFilter | None = None,
    order: Sequence[CareerOrder] = (),
) -> CareerConnection:
    """A page of the careers that pass a filter, in order; `name` names the field.

    Raises CodedError BAD_FILTER, BAD_ORDER, BAD_PAGE, TOO_MANY or BAD_CURSOR.
    """
    order = tuple(order) or DEFAULT_ORDER
    localized = view.localized.anywhere
    if criteria is None and len(order) == 1:
        listing = whole(localized, name, order)
    else:
        listing = _listing(localized, name, select(localized, criteria, order), order)
    return CareerConnection(page(listing, arguments), view)


def in_category(view: View, slug: str, arguments: PageArguments) -> CareerConnection:
    """A page of the careers in a category, by title. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    return CareerConnection(page(of_category(view.localized, slug), arguments), view)


def of_category(localized: LocalizedCatalog, slug: str) -> Listing[content.Career]:
    """All careers of a category by title, put in order once for each catalog."""
    name = ("Category.careers", slug)
    key = "/".join(("careers", *name))
    if key not in localized.memo:
        careers = select(localized, CareerFilter(category=(slug,)), DEFAULT_ORDER)
        localized.memo[key] = _listing(localized, name, careers, DEFAULT_ORDER)
    return cast("Listing[content.Career]", localized.memo[key])


def whole(localized: LocalizedCatalog, name: tuple[str, ...], order: Sequence[CareerOrder]) -> Listing[content.Career]:
    """All careers in the order of one key: what most pages are of, so it is put in order once for each catalog."""
    only = order[0]
    key = "/".join(("careers", *name, only.by, only.direction, only.attribute or ""))
    if key not in localized.memo:
        localized.memo[key] = _listing(localized, name, select(localized, None, order), order)
    return cast("Listing[content.Career]", localized.memo[key])


def _listing(
    localized: LocalizedCatalog, name: tuple[str, ...], items: tuple[content.Career, ...], order: Sequence[CareerOrder]
) -> Listing[content.Career]:
    ordered = [(it.by.value, it.attribute, it.direction.value) for it in order]
    return Listing(
        name=(*name, localized.locale.code, ordered),
        items=items,
        key=lambda career: sort_key(localized, order, career),
        shape=tuple[(*(_SHAPES[it.by] for it in order), str)],  # type: ignore[misc] # a type that is made at run time
        rank=lambda key: _rank(key, order),
    )


_SHAPES: dict[CareerOrderKey, Any] = {
    CareerOrderKey.TITLE: tuple[str],
    CareerOrderKey.ATTRIBUTE: tuple[int | float, ...] | None,
    CareerOrderKey.PUBLISHED: tuple[int | float],
}
"""What stands in a cursor for each key of an order."""


@dataclass(frozen=True, slots=True)
class _Descending:
    """A key that sorts the other way round."""

    key: Any

    def __lt__(self, other: "_Descending") -> bool:
        return bool(other.key < self.key)


def _rank(key: Key, order: Sequence[CareerOrder]) -> tuple[object, ...]:
    # What has no value comes last in either direction, and the slug ascends in both: so does `select`.
    ranks: list[object] = []
    for part, criterion in zip(key, order, strict=False):
        if part is None:
            ranks.append((1,))
        else:
            ranks.append((0, _Descending(part) if criterion.direction is Direction.DESC else part))
    return (*ranks, key[-1])
