"""Looking documents up: by slug on a shelf of the catalog, or by id."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeVar, cast, overload

from careergraph.api.base.arguments import MAXIMUM
from careergraph.api.base.context import Context
from careergraph.api.base.node_id import Node, bad_id, decode
from careergraph.api.base.redirect import current
from careergraph.api.base.view import View
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.comparison.multi_comparison import MultiComparison
from careergraph.api.comparison.weights import MOST_WEIGHTS, weights_in
from careergraph.api.types.content import Career, Category, Collection, Skill
from careergraph.engine import content
from careergraph.engine.comparison.compare import career_of, compare_in
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.content.did_you_mean import Shelf, close_slugs
from careergraph.engine.errors import Code, CodedError

Item = TypeVar("Item")

UNKNOWN: Mapping[Shelf, tuple[Code, str]] = {
    "categories": (Code.UNKNOWN_CATEGORY, "No published category has this slug."),
    "skills": (Code.UNKNOWN_SKILL, "No published skill has this slug."),
    "collections": (Code.UNKNOWN_COLLECTION, "No published collection has this slug."),
}
"""The refusal of an unknown slug, by shelf."""


@overload
def item_of(catalog: content.Catalog, shelf: Literal["categories"], slug: str) -> content.Category: ...
@overload
def item_of(catalog: content.Catalog, shelf: Literal["skills"], slug: str) -> content.Skill: ...
@overload
def item_of(catalog: content.Catalog, shelf: Literal["collections"], slug: str) -> content.Collection: ...
def item_of(catalog: content.Catalog, shelf: Literal["categories", "skills", "collections"], slug: str) -> object:
    """Return an item by its slug, or by one that it had before. Raises CodedError UNKNOWN_CATEGORY, UNKNOWN_SKILL or
    UNKNOWN_COLLECTION."""
    items: Mapping[str, object] = getattr(catalog, shelf)
    if (item := items.get(current(catalog, shelf, slug))) is None:
        code, message = UNKNOWN[shelf]
        raise CodedError(code, message, suggestions=close_slugs(catalog, shelf, slug))
    return item


def first_called(
    items: Mapping[content.ExternalId, Sequence[Item]], external_id: content.ExternalId, code: Code
) -> Item:
    """Return the item of an external id; of several the first by slug. Raises CodedError with a code."""
    if not (called := items.get(external_id)):
        kind = code.value.removeprefix("UNKNOWN_").lower()
        raise CodedError(code, f"No published {kind} has this external id.", suggestions=[])
    return called[0]


def fetch(context: Context, id: str) -> Node:
    """Return a document by its id. Raises CodedError BAD_ID, or an UNKNOWN code where it is not published."""
    node_id = decode(id)
    fetcher, fewest, most = FETCHERS.get(node_id.type, (_none, 0, -1))
    if not fewest <= len(node_id.slugs) <= most or len(set(node_id.slugs)) < len(node_id.slugs):
        raise bad_id()
    return fetcher(node_id.view(context), node_id.slugs)


def fetch_all(context: Context, ids: Sequence[str]) -> list[Node | None]:
    """Return documents by their ids; in the place of one that fails, its error. Raises CodedError TOO_MANY."""
    if len(ids) > MAXIMUM:
        raise CodedError(Code.TOO_MANY, f"At most {MAXIMUM} documents are fetched at once.", maximum=MAXIMUM)
    # An exception in a list becomes null with an error at its own path; the schema's executor sees to it.
    return cast("list[Node | None]", [_fetched(context, id) for id in ids])


def _fetched(context: Context, id: str) -> Node | CodedError:
    try:
        return fetch(context, id)
    except CodedError as problem:
        return problem


def _none(view: View, slugs: Sequence[str]) -> Node:
    raise bad_id()


def _comparison(view: View, slugs: Sequence[str]) -> Node:
    weights = weights_in(slugs[2:], view)
    return Comparison(compare_in(view.localized, slugs[0], slugs[1], weights), view)


def _multi(view: View, slugs: Sequence[str]) -> Node:
    return MultiComparison(compare_many(view.catalog, slugs, view.localized.locale.code, view.localized.region), view)


FETCHERS: Mapping[str, tuple[Callable[[View, Sequence[str]], Node], int, int]] = {
    "Comparison": (_comparison, 2, 2 + MOST_WEIGHTS),
    "MultiComparison": (_multi, 2, 6),
    "Career": (lambda view, slugs: Career(career_of(view.catalog, slugs[0]), view), 1, 1),
    "Category": (lambda view, slugs: Category(item_of(view.catalog, "categories", slugs[0]), view), 1, 1),
    "Skill": (lambda view, slugs: Skill(item_of(view.catalog, "skills", slugs[0]), view), 1, 1),
    "Collection": (lambda view, slugs: Collection(item_of(view.catalog, "collections", slugs[0]), view), 1, 1),
}
"""The function that fetches each type by the slugs in its id, with the minimum and maximum of slugs."""
