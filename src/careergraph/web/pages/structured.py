"""Structured data: what search engines read of a page, in schema.org's terms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from careergraph.web.pages.visit import Visit

PERIODS: Mapping[str, str] = {"HOUR": "PT1H", "DAY": "P1D", "WEEK": "P1W", "MONTH": "P1M", "YEAR": "P1Y"}
"""ISO 8601 durations of the periods of pay."""

_ESCAPES = str.maketrans({"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script_text(structured: object) -> Markup | None:
    """JSON-LD as the content of a script element, from which no stored text can break out."""
    if structured is None:
        return None
    text = msgspec.json.encode(structured).decode().translate(_ESCAPES)
    return Markup(text)  # noqa: S704 - what could end the element is escaped


def comparison_graph(visit: Visit, shown: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Two careers as occupations, and where the page stands."""
    figures = {side: [row[side] for row in shown["glance"]["rows"] if row[side] is not None] for side in ("a", "b")}
    return graph(
        *[occupation(visit, shown[side], figures[side]) for side in ("a", "b")],
        breadcrumbs(visit, [("/compare", visit.words("nav.compare")), (path, shown["title"])]),
    )


def graph(*items: Mapping[str, Any]) -> dict[str, Any]:
    """Items that belong to one page."""
    return {"@context": "https://schema.org", "@graph": list(items)}


def occupation(visit: Visit, career: Mapping[str, Any], figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A career as an Occupation, with its pay as it is known."""
    shown: dict[str, Any] = {
        "@type": "Occupation",
        "name": career["title"],
        "url": visit.addresses.public(path=f"/careers/{career['slug']}"),
    }
    if career.get("summary"):
        shown["description"] = career["summary"]
    if codes := [each["id"] for each in career.get("externalIds", ()) if each["scheme"] == "soc"]:
        shown["occupationalCategory"] = codes[0]
    if pay := [_pay(figure) for figure in figures if "currency" in figure]:
        shown["estimatedSalary"] = pay
    return shown


def breadcrumbs(visit: Visit, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page, from the start: paths and names."""
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": visit.addresses.public(path=path)}
        for place, (path, name) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _pay(figure: Mapping[str, Any]) -> dict[str, Any]:
    """A range of pay: a distribution where it is one of percentiles, an amount with two ends where it is not."""
    shown: dict[str, Any] = {"@type": "MonetaryAmount", "name": "base", "currency": figure["currency"]}
    ends = {"minValue": figure["low"], "maxValue": figure["high"]}
    return shown | {name: end for name, end in ends.items() if end is not None}
