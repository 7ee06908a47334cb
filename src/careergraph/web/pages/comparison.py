"""The page of a comparison: of two careers, or of up to six."""

from typing import Any

from careergraph.web.pages.rendering.addresses import VERSUS, comparison_path
from careergraph.web.pages.rendering.charts import attribute_chart, range_charts, skill_strip
from careergraph.web.pages.rendering.choices import Regions, Weights
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.figures import Row, rows_of, sources_of
from careergraph.web.pages.rendering.structured import comparison_graph
from careergraph.web.pages.rendering.visit import Data, Failed, Moved, Visit
from careergraph.web.pages.several import several

MOST = 6
"""The most careers of one comparison."""

ROUNDABOUT = ("CHALLENGING", "HARD")
"""The grades of a move that get a path over other careers."""


async def compare(visit: Visit) -> Document:
    """The comparison of the careers in the address. Raises Moved to the canonical order, and Failed."""
    slugs = slugs_of(visit)
    return await (comparison(visit, slugs) if len(slugs) == 2 else several(visit, slugs))


def slugs_of(visit: Visit) -> list[str]:
    """The slugs in the address of a comparison. Raises Failed for a bad list, and Moved for a single career."""
    slugs = [slug for slug in visit.names["slugs"].split(VERSUS) if slug]
    if len(slugs) > MOST:
        raise Failed("At most six careers are compared at once.", {"code": "TOO_MANY", "maximum": MOST})
    if len(set(slugs)) < len(slugs):
        raise Failed("A career is compared with itself.", {"code": "SAME_CAREER"})
    if len(slugs) == 1:
        raise Moved(visit.addresses.link(f"/careers/{slugs[0]}"))
    return slugs


async def comparison(visit: Visit, slugs: list[str]) -> Document:
    """Return the page of two careers. Raises Moved for another order or slug, and Failed."""
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
    sources = sources_of([cell.figure for row in rows for cell in row.cells if cell])
    values = {
        "c": pair,
        "rows": rows,
        "verdict": verdict_of(rows),
        "neither": _neither(data, rows),
        "ranges": range_charts(rows, [pair["a"], pair["b"]], visit.locale),
        "chart": attribute_chart(rows, domains),
        "others": others,
        "strip": skill_strip(pair["skills"]),
        "shared": _by_wording(pair["skills"]["shared"]),
        "sources": sources,
        "credits": await visit.credits(sources),
        "fallback": bool(pair["a"]["fallbackFields"] or pair["b"]["fallbackFields"]),
        "lead": pair["lead"]["statements"],
        "moves": await _moves(visit, pair, regions.chosen),
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
    """Sort rows into the boxes of the verdict: each side's leads, ties, differences, those that cannot be compared."""
    apart = [row for row in rows if row.outcome in ("UNKNOWN", "NOT_COMPARABLE")]
    return {
        "a": [lead for row in rows for lead in row.leads("A")],
        "b": [lead for row in rows for lead in row.leads("B")],
        "level": [row for row in rows if row.outcome == "TIE"],
        "differs": [row for row in rows if row.outcome == "DIFFERS" and not row.leads("A") and not row.leads("B")],
        "apart": apart,
        "compared": [row for row in rows if row not in apart],
    }


def _by_wording(shared: list[Data]) -> dict[str, list[Data]]:
    """Shared skills: those that both careers word as their concept is named, and the others."""
    groups: dict[str, list[Data]] = {"alike": [], "worded": []}
    for pair in shared:
        concept = pair["concept"]
        names = {pair["a"]["text"].casefold(), pair["b"]["text"].casefold()}
        groups["alike" if concept and names == {concept["name"].casefold()} else "worded"].append(pair)
    return groups


def _neither(data: Data, rows: list[Row]) -> list[str]:
    """Return the labels of the attributes without any value."""
    present = {row.key for row in rows if any(row.cells)}
    return [each["label"] for each in data["attributes"] if each["key"] not in present]


async def _moves(visit: Visit, pair: Data, region: str | None) -> list[dict[str, Any]]:
    """Both moves between the two careers, with a path over others if the direct one is hard."""
    a, b = pair["a"], pair["b"]
    moves = []
    for origin, target, move, sides in ((a, b, pair["there"], "ab"), (b, a, pair["back"], "ba")):
        steps: list[Data] = []
        if move["grade"] in ROUNDABOUT and visit.near():
            ends = {"from": origin["slug"], "to": target["slug"], "region": region}
            path = (await visit.suggest("path", **ends))["transitionPath"]
            steps = path["steps"] if len(path["steps"]) > 1 else []
            visit.follow([step["transition"]["to"]["slug"] for step in steps[:-1]], whole=True)
        moves.append({"origin": origin, "target": target, "sides": sides, "steps": steps, **move})
    return moves
