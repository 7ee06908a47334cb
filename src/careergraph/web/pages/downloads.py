"""Downloads: comparisons and lists of careers as CSV, with every figure, its source and its date."""

from collections.abc import Iterator, Sequence

from careergraph.web.pages.comparison import slugs_of
from careergraph.web.pages.lists import FIRST, place_of
from careergraph.web.pages.rendering.addresses import comparison_path
from careergraph.web.pages.rendering.choices import Regions
from careergraph.web.pages.rendering.csv_table import Cell, figure_row, table
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

SUFFIX = ".csv"
"""The suffix of the address of a download."""


async def comparison_csv(visit: Visit) -> Document:
    """The figures of two to six careers. Raises Moved for another order or slug, and Failed."""
    regions = Regions(visit)
    data = await visit.ask("comparison_table", careers=slugs_of(visit), region=regions.chosen)
    comparison = data["multiComparison"]
    _check(visit, comparison_path([career["slug"] for career in comparison["careers"]]), **regions.parameters)
    return Document("", "", raw=table(visit.words, _compared(visit, comparison)))


async def careers_csv(visit: Visit) -> Document:
    """The careers of one page of the list of all. Raises Failed."""
    region = Regions(visit).chosen
    return _listed(visit, [(await visit.ask("careers_table", **place_of(visit), region=region))["careers"]])


async def category_csv(visit: Visit) -> Document:
    """The careers of one page of a field. Raises Moved and Failed."""
    return await _filtered(visit, "category", "categories")


async def skill_csv(visit: Visit) -> Document:
    """The careers of one page of those that have a skill. Raises Moved and Failed."""
    return await _filtered(visit, "skill", "skills")


async def collection_csv(visit: Visit) -> Document:
    """All careers of a collection, by title. Raises Moved and Failed."""
    regions = Regions(visit)
    slug = (await visit.ask("collection", slug=visit.names["slug"]))["collection"]["slug"]
    _check(visit, f"/collections/{slug}", **regions.parameters)
    filter, place, parts = {"collection": [slug]}, dict(FIRST), []
    while place:
        table = await visit.ask("careers_table", filter=filter, **place, region=regions.chosen)
        parts.append(table["careers"])
        info = parts[-1]["pageInfo"]
        place = FIRST | {"after": info["endCursor"]} if info["hasNextPage"] else {}
    return _listed(visit, parts)


async def _filtered(visit: Visit, kind: str, folder: str) -> Document:
    """The careers of one page of those of a category or a skill."""
    regions = Regions(visit)
    slug = (await visit.ask(kind, slug=visit.names["slug"], first=1))[kind]["slug"]
    _check(visit, f"/{folder}/{slug}", **regions.parameters)
    listed = await visit.ask("careers_table", filter={kind: [slug]}, **place_of(visit), region=regions.chosen)
    return _listed(visit, [listed["careers"]])


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
