"""The page of two careers."""

from typing import Any

from careergraph.web.pages.rendering.addresses import VERSUS, comparison_path
from careergraph.web.pages.rendering.charts import attribute_chart, range_charts, skill_strip
from careergraph.web.pages.rendering.figures import Row, rows_of, sources_of
from careergraph.web.pages.rendering.regions import Regions
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.structured import comparison_graph
from careergraph.web.pages.rendering.visit import Data, Moved, Visit
from careergraph.web.pages.rendering.weights import Weights

ROUNDABOUT = ("CHALLENGING", "HARD")
"""The grades of a move that a way over other careers is looked for."""


async def comparison(visit: Visit, slugs: list[str]) -> Document:
    """The page of two careers. Raises Moved where it is at another address, Failed for a career or a region that is not
    there, and for weights that are none."""
    a, b = slugs
    weights, regions = Weights(visit), Regions(visit)
    parameters = {**weights.parameters, **regions.parameters}
    data = await visit.ask("comparison", a=a, b=b, weights=weights.variable, region=regions.chosen)
    pair = data["comparison"]
    if pair["canonicalSlug"] != VERSUS.join(slugs):
        raise Moved(visit.addresses.link(f"/compare/{pair['canonicalSlug']}", **parameters))
    rows = rows_of(pair["glance"]["rows"])
    near = await visit.suggest("near", a=a, b=b, near=visit.near())
    others = near["comparison"].get("compareWith", [])
    visit.follow(career["slug"] for career in others)
    domains = {each["key"]: each["domains"] for each in near["attributes"]}
    values = {
        "c": pair,
        "rows": rows,
        "verdict": verdict_of(rows),
        "neither": _neither(data, rows),
        "ranges": range_charts(rows, [pair["a"], pair["b"]], visit.locale),
        "chart": attribute_chart(rows, domains),
        "others": others,
        "strip": skill_strip(pair["skills"]),
        "sources": sources_of([cell.figure for row in rows for cell in row.cells if cell]),
        "fallback": bool(pair["a"]["fallbackFields"] or pair["b"]["fallbackFields"]),
        "lead": pair["lead"]["statements"],
        "moves": await _moves(visit, pair),
        "sliders": weights.sliders(rows),
        "weighed": bool(weights),
        "region": regions.form([pair["a"], pair["b"]], weights.parameters),
    }
    return Document(
        "comparison.html",
        pair["title"],
        pair["description"],
        values,
        structured=comparison_graph(visit, pair, comparison_path(slugs)),
        label="page.comparison.title",
        indexed=not parameters and not (pair["editorial"] or {}).get("hidden", False),
        canonical=comparison_path(slugs) if parameters else None,
        parameters=parameters,
    )


def verdict_of(rows: list[Row]) -> dict[str, Any]:
    """What stands in the boxes of the verdict: where each side leads, what is level, what is not known."""
    return {
        "a": [lead for row in rows for lead in row.leads("A")],
        "b": [lead for row in rows for lead in row.leads("B")],
        "level": [row for row in rows if row.outcome == "TIE"],
        "differs": [row for row in rows if row.outcome == "DIFFERS" and not row.leads("A") and not row.leads("B")],
        "unknown": [row for row in rows if row.outcome == "UNKNOWN"],
        "compared": [row for row in rows if row.outcome not in ("UNKNOWN", "NOT_COMPARABLE")],
    }


def _neither(data: Data, rows: list[Row]) -> list[str]:
    """The attributes that neither side has a value of."""
    present = {row.key for row in rows if any(row.cells)}
    return [each["label"] for each in data["attributes"] if each["key"] not in present]


async def _moves(visit: Visit, pair: Data) -> list[dict[str, Any]]:
    """Both ways between the two careers, with the way over others where the direct one is hard."""
    a, b = pair["a"], pair["b"]
    moves = []
    for origin, target, move, sides in ((a, b, pair["there"], "ab"), (b, a, pair["back"], "ba")):
        steps: list[Data] = []
        if move["grade"] in ROUNDABOUT and visit.near():
            path = (await visit.suggest("path", **{"from": origin["slug"], "to": target["slug"]}))["transitionPath"]
            steps = path["steps"] if len(path["steps"]) > 1 else []
            visit.follow([step["transition"]["to"]["slug"] for step in steps[:-1]], whole=True)
        moves.append({"origin": origin, "target": target, "sides": sides, "steps": steps, **move})
    return moves
