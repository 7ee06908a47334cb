"""Structured data for search engines, in schema.org's terms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from careergraph.web.pages.rendering.visit import Visit

PERIODS: Mapping[str, str] = {"HOUR": "PT1H", "DAY": "P1D", "WEEK": "P1W", "MONTH": "P1M", "YEAR": "P1Y"}
"""ISO 8601 durations of the periods of pay."""

MOST_SKILLS = 10
"""The most skills of a career."""

PERCENTILES: Mapping[int | None, str] = {
    50: "median",
    **{percentile: f"percentile{percentile}" for percentile in (10, 25, 75, 90)},
}
"""The percentiles that schema.org has a name for."""

_ESCAPES = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script_text(structured: object) -> Markup | None:
    """JSON-LD as the content of a script element; no stored text can end it."""
    if structured is None:
        return None
    text = msgspec.json.encode(structured).decode().translate(_ESCAPES)
    return Markup(text)  # noqa: S704 - escaped above


def comparison_graph(visit: Visit, comparison: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Two careers as occupations, and breadcrumbs."""
    figures = {
        side: [row[side] for row in comparison["glance"]["rows"] if row[side] is not None] for side in ("a", "b")
    }
    return graph(
        *[occupation(visit, comparison[side], figures[side]) for side in ("a", "b")],
        breadcrumbs(visit, [("/compare", visit.words("nav.compare")), (path, comparison["title"])]),
    )


def graph(*items: Mapping[str, Any]) -> dict[str, Any]:
    """Items that belong to one page."""
    return {"@context": "https://schema.org", "@graph": list(items)}


def occupation(visit: Visit, career: Mapping[str, Any], figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A career as an Occupation, with its pay."""
    node: dict[str, Any] = {
        "@type": "Occupation",
        "name": career["title"],
        "url": visit.addresses.public(path=f"/careers/{career['slug']}"),
    }
    if career.get("summary"):
        node["description"] = career["summary"]
    if codes := [each["id"] for each in career.get("externalIds", ()) if each["scheme"] == "soc"]:
        node["occupationalCategory"] = codes[0]
    ranges = [figure for figure in figures if "currency" in figure]
    if ranges:
        node["estimatedSalary"] = [_pay(figure) for figure in ranges]
    if regions := {figure["region"]: None for figure in ranges if figure["region"]}:
        node["occupationLocation"] = [{"@type": "AdministrativeArea", "name": region} for region in regions]
    if skills := [skill["text"] for skill in career.get("skills", ())]:
        node["skills"] = ", ".join(skills[:MOST_SKILLS])
    return node


def breadcrumbs(visit: Visit, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page, from the start: paths and names."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": visit.addresses.public(path=path)}
        for place, (path, name) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _pay(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A range of pay: a distribution if schema.org has names for its percentiles, or else an amount."""
    node: dict[str, Any] = {"name": "base", "currency": figure["currency"]}
    # An open end is at least its amount, so no percentile is that amount, and no highest one is.
    exact = {
        "low": None if figure["openEnd"] == "LOW" else figure["low"],
        "high": None if figure["openEnd"] else figure["high"],
    }
    names = [PERCENTILES.get(figure[end], "") for end in ("lowPercentile", "highPercentile")]
    if all(names) and figure["period"] in PERIODS:
        ends = {name: exact[end] for name, end in zip(names, ("low", "high"), strict=True)}
        node |= {"@type": "MonetaryAmountDistribution", "duration": PERIODS[figure["period"]]}
    else:
        ends = {"minValue": figure["low"], "maxValue": exact["high"]}
        node["@type"] = "MonetaryAmount"
    return node | {name: end for name, end in ends.items() if end is not None}
