"""The page of a career."""

from typing import Any

from careergraph.web.pages.rendering.charts import RangeChart, basis_of, range_chart
from careergraph.web.pages.rendering.choices import Regions
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.figures import Piece, sources_of
from careergraph.web.pages.rendering.structured import breadcrumbs, graph, occupation
from careergraph.web.pages.rendering.visit import Data, Moved, Visit


async def career(visit: Visit) -> Document:
    """The page of a career. Raises Moved for an earlier slug, and Failed for an unknown one."""
    regions = Regions(visit)
    data = await visit.ask("career", slug=visit.names["slug"], near=visit.near(), region=regions.chosen)
    page = data["career"]
    path = f"/careers/{page['slug']}"
    if visit.addresses.path != path:
        raise Moved(visit.addresses.link(path, **regions.parameters))
    category = page["category"]
    trail = [
        ("/careers", visit.words("nav.careers")),
        (f"/categories/{category['slug']}", category["name"]),
        (path, page["title"]),
    ]
    sources = sources_of(page["figures"])
    values = {
        "c": page,
        "fallback": bool(page["fallbackFields"]),
        "roadmap": _roadmap(page),
        "sources": sources,
        "credits": await visit.credits(sources),
        "region": regions.form([page]),
        "charts": [] if regions.chosen else [chart async for chart in _charts(visit, page)],
    }
    structured = graph(occupation(visit, page, page["figures"]), breadcrumbs(visit, trail))
    return Document(
        "career.html",
        page["title"],
        page["summary"][:300],
        values,
        structured=structured,
        label="page.career.title",
        indexed=not regions.chosen,
        canonical=path if regions.chosen else None,
        parameters=regions.parameters,
    )


def _roadmap(page: Data) -> Data | None:
    """The roadmap, written or derived; only a derived one has months and bridging careers."""
    roadmap = page["roadmap"] or page["derivedRoadmap"]
    return roadmap and {"monthsOver": None, "monthsUpTo": None, "bridges": [], **roadmap}


async def _charts(visit: Visit, page: Data) -> Any:
    """A chart of the career among its field, for each attribute that is a range of money."""
    for figure in page["figures"]:
        if "currency" in figure:
            key = figure["attribute"]["key"]
            field = (await visit.ask("field", category=page["category"]["slug"], attribute=key))["careers"]
            if (chart := _chart(visit, page, figure, field)) is not None:
                yield chart, field["totalCount"]


def _chart(visit: Visit, page: Data, figure: Data, field: Data) -> RangeChart | None:
    """The chart of one attribute; None if no other career has a figure in its currency and period."""
    unit = figure["currency"], figure["period"]
    careers = [edge["node"] for edge in field["edges"]]
    if all(each["slug"] != page["slug"] for each in careers):
        careers.append({"slug": page["slug"], "title": page["title"], "value": figure})
    careers = [
        each for each in careers if each["value"] and (each["value"]["currency"], each["value"]["period"]) == unit
    ]
    if len(careers) < 2:
        return None
    figures = [each["value"] for each in careers]
    pieces = [[Piece(value["display"], leads=False)] for value in figures]
    label = figure["attribute"]["label"]
    return range_chart(label, figures, careers, visit.locale, pieces, [set() for _ in careers], basis=basis_of(figure))
