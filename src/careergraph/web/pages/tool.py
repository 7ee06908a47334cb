"""The tool: choosing the careers to compare. It is a form, and works without script."""

from dataclasses import dataclass, field
from typing import Any

from careergraph.web.pages.comparison import MOST
from careergraph.web.pages.errors import BAD, problem
from careergraph.web.pages.rendering.addresses import VERSUS
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.structured import breadcrumbs, graph
from careergraph.web.pages.rendering.titles import careers_of, label_of
from careergraph.web.pages.rendering.visit import Data, Moved, Visit

NAMES = "abcdef"
"""The names of the boxes."""

LONGEST = 200
"""The longest text of a box, in characters."""


@dataclass(slots=True)
class Box:
    """One box: its name, its text, its career if the text is clear, and its options if not."""

    name: str
    text: str = ""
    slug: str | None = None
    options: list[dict[str, Any]] = field(default_factory=list)
    empty: bool = False


async def tool(visit: Visit) -> Document:
    """The tool. Raises Moved to the comparison once every box names a career."""
    query = [(name, value[:LONGEST]) for name, value in visit.query() if value]
    texts = [*_started(visit, query), *[value for name, value in query if name in NAMES]]
    if len(texts) > MOST:
        return problem(visit, "TOO_MANY", "", BAD)
    boxes = [Box(name, text) for name, text in zip(NAMES, texts, strict=False)]
    if any(name == "swap" for name, _ in query) and len(boxes) > 1:
        boxes = [Box(box.name, text) for box, text in zip(boxes, [texts[1], texts[0], *texts[2:]], strict=True)]
        return await _page(visit, boxes, "", focus="swap")
    for box in boxes:
        await _fill(visit, box)
    slugs = [box.slug for box in boxes if box.slug is not None]
    more = any(name == "more" for name, _ in query)
    sent = any(name in NAMES for name, _ in query) and not more
    if sent and len(set(slugs)) == len(boxes) > 1:
        raise Moved(visit.addresses.compare(slugs), seeing=True)
    same = len(set(slugs)) < len(slugs)
    unclear = any(box.slug is None for box in boxes)
    missing = "form.same" if same else "form.too-few" if sent and not unclear and len(boxes) < 2 else ""
    return await _page(visit, boxes, missing, more=more)


def _started(visit: Visit, query: list[tuple[str, str]]) -> list[str]:
    """The texts of boxes for the careers of a comparison that the reader extends or changes."""
    slugs = next((value for name, value in query if name == "with"), "").split(VERSUS)
    return [label_of(visit.catalog, visit.locale, slug) for slug in slugs if slug in visit.catalog.careers]


async def _fill(visit: Visit, box: Box) -> None:
    """Set the career of a box, or its options."""
    slugs = careers_of(visit.catalog, visit.locale, box.text)
    if len(slugs) == 1:
        box.slug = slugs[0]
        return
    if not slugs:
        hits = (await visit.ask("titles", text=box.text))["search"]
        slugs = [hit["node"]["slug"] for hit in hits if hit["node"]["__typename"] == "Career"]
    careers = [visit.catalog.careers[slug] for slug in slugs[:8]]
    box.options = [
        {"value": label_of(visit.catalog, visit.locale, career.slug), "field": visit.locale.read(career.category.name)}
        for career in careers
    ]
    box.empty = not careers


async def _page(visit: Visit, boxes: list[Box], missing: str, *, more: bool = False, focus: str = "") -> Document:
    """The page with its boxes. `focus` is where the reader goes on, if it is not what has to be chosen."""
    least = min(max(2, len(boxes) + more), MOST)
    boxes = [*boxes, *[Box(name) for name in NAMES[len(boxes) : least]]]
    focus = boxes[-1].name if more else focus
    data: Data = {"comparisons": {"edges": []}} | await visit.ask("tool", near=visit.near())
    plain = not any(box.text for box in boxes) and not more
    values = {
        "boxes": boxes,
        "missing": missing,
        "focus": focus or ("" if missing else next((box.name for box in boxes if box.options or box.empty), "")),
        "most": MOST,
        "query": [(box.name, box.text) for box in boxes if box.text],
        "plain": plain,
        **data,
    }
    return Document(
        "tool.html",
        "compare",
        values=values,
        structured=graph(breadcrumbs(visit, [("/compare", visit.words("nav.compare"))])),
        indexed=plain,
        canonical="/compare",
        label="page.compare.title",
        lead="page.compare.lead",
    )
