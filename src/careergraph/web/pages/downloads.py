"""Downloads: comparisons and lists of careers as CSV, with every figure, its source and its date."""

from collections.abc import Iterator, Sequence

from careergraph.web.pages.compare_page import slugs_of
from careergraph.web.pages.lists import FIRST, place_of
from careergraph.web.pages.rendering.addresses import comparison_path
from careergraph.web.pages.rendering.csv_table import Cell, figure_row, table
from careergraph.web.pages.rendering.regions import Regions
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

SUFFIX = ".csv"
"""What stands behind the address of a page in that of its download."""


async def comparison_csv(visit: Visit) -> Document:
    """The figures of two to six careers. Raises Moved where they are at another address, and Failed."""
    regions = Regions(visit)
    data = await visit.ask("comparison_table", careers=slugs_of(visit), region=regions.chosen)
    comparison = data["multiComparison"]
    _check(visit, comparison_path([career["slug"] for career in comparison["careers"]]), **regions.parameters)
    return Document("", "", raw=table(visit.words, _compared(visit, comparison)))


async def careers_csv(visit: Visit) -> Document:
    """The careers of one page of the list of all. Raises Failed."""
    return _listed(visit, [(await visit.ask("careers_table", **place_of(visit)))["careers"]])


async def category_csv(visit: Visit) -> Document:
    """The careers of one page of a field. Raises Moved and Failed."""
    slug = (await visit.ask("category", slug=visit.names["slug"], first=1))["category"]["slug"]
    _check(visit, f"/categories/{slug}")
    listed = await visit.ask("careers_table", filter={"category": [slug]}, **place_of(visit))
    return _listed(visit, [listed["careers"]])


async def collection_csv(visit: Visit) -> Document:
    """All careers of a collection, by title. Raises Moved and Failed."""
    slug = (await visit.ask("collection", slug=visit.names["slug"]))["collection"]["slug"]
    _check(visit, f"/collections/{slug}")
    filter, place, parts = {"collection": [slug]}, dict(FIRST), []
    while place:
        parts.append((await visit.ask("careers_table", filter=filter, **place))["careers"])
        info = parts[-1]["pageInfo"]
        place = FIRST | {"after": info["endCursor"]} if info["hasNextPage"] else {}
    return _listed(visit, parts)


def _check(visit: Visit, path: str, **parameters: str) -> None:
    if visit.addresses.path != path + SUFFIX:
        raise Moved(visit.addresses.link(path + SUFFIX, **parameters))


def _listed(visit: Visit, parts: Sequence[Data]) -> Document:
    rows = (
        figure_row(visit.words, edge["node"], figure)
        for part in parts
        for edge in part["edges"]
        for figure in edge["node"]["values"] or [None]
    )
    return Document("", "", raw=table(visit.words, rows))


def _compared(visit: Visit, comparison: Data) -> Iterator[list[Cell]]:
    words = visit.words
    for row in comparison["rows"]:
        ahead, compared = ({career["slug"] for career in row[name]} for name in ("ahead", "compared"))
        for career, figure in zip(comparison["careers"], row["values"], strict=True):
            leads = words("value.yes" if career["slug"] in ahead else "value.no") if career["slug"] in compared else ""
            yield figure_row(words, career, figure, row["attribute"]["label"], leads)
