"""Pages of what went wrong: what it was, and where to go from there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from careergraph.engine.content.did_you_mean import Shelf, close_slugs
from careergraph.web.pages.rendering.addresses import comparison_path
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.visit import Failed, Visit

NOT_FOUND, BAD = 404, 400

SHELVES: Mapping[str, tuple[Shelf, str]] = {
    "UNKNOWN_CAREER": ("careers", "/careers"),
    "UNKNOWN_SKILL": ("skills", "/skills"),
    "UNKNOWN_COLLECTION": ("collections", "/collections"),
    "UNKNOWN_CATEGORY": ("categories", "/categories"),
}
"""Where what is unknown would lie in the catalog, and on the site."""

WORDS: Mapping[str, str] = {
    "SAME_CAREER": "form.same",
    "TOO_MANY": "form.too-many",
    "TOO_FEW": "form.too-few",
    "BAD_WEIGHT": "weights.bad",
    "UNKNOWN_REGION": "region.unknown",
    "NOT_FOUND": "missing.page",
    "UNKNOWN_CAREER": "missing.career",
    "UNKNOWN_SKILL": "missing.skill",
    "UNKNOWN_COLLECTION": "missing.collection",
    "UNKNOWN_CATEGORY": "missing.category",
}
"""What the page says, by the code of the error."""


def failed_page(visit: Visit, failed: Failed) -> Document:
    """The page of an operation that failed: 404 with suggestions for what is unknown, 400 for what cannot be."""
    unknown = failed.code in SHELVES
    status = NOT_FOUND if unknown else 500 if failed.code == "INTERNAL_ERROR" else BAD
    return problem(visit, failed.code, failed.message, status, suggestions(visit, failed.code) if unknown else [])


async def missing(visit: Visit) -> Document:
    """The page at an address at which nothing is."""
    return problem(visit, "NOT_FOUND", "", NOT_FOUND)


def problem(visit: Visit, code: str, message: str, status: int, links: Sequence[tuple[str, str]] = ()) -> Document:
    """A page that says what was wrong, with links to what may have been meant."""
    values = {
        "code": code,
        "message": message,
        "words": WORDS.get(code),
        "links": links,
        "missing": status == NOT_FOUND,
    }
    label = "page.missing.title" if status == NOT_FOUND else "page.error.title"
    return Document("problem.html", code, values=values, status=status, indexed=False, label=label)


def suggestions(visit: Visit, code: str) -> list[tuple[str, str]]:
    """Paths and titles of pages whose addresses are spelled nearly like this one."""
    shelf, folder = SHELVES[code]
    if "slugs" in visit.names:
        return _comparisons(visit, visit.names["slugs"].split("-vs-"))
    name = _namer(visit, shelf)
    return [(f"{folder}/{slug}", name(slug)) for slug in close_slugs(visit.catalog, shelf, visit.names.get("slug", ""))]


def _comparisons(visit: Visit, slugs: list[str]) -> list[tuple[str, str]]:
    """Comparisons in which each unknown career is replaced by one that is spelled like it."""
    title = _namer(visit, "careers")
    near = {slug: close_slugs(visit.catalog, "careers", slug) for slug in slugs if slug not in visit.catalog.careers}
    if any(not options for options in near.values()):
        options = [slug for each in near.values() for slug in each]
        return [(f"/careers/{slug}", title(slug)) for slug in options]
    pairs = []
    for place in range(3):
        chosen = [near[slug][place % len(near[slug])] if slug in near else slug for slug in slugs]
        if len(set(chosen)) == len(chosen):
            pairs.append(
                (comparison_path(chosen), f" {visit.words('versus')} ".join(title(slug) for slug in sorted(chosen)))
            )
    return list(dict(pairs).items())


def _namer(visit: Visit, shelf: Shelf) -> Callable[[str], str]:
    items: Mapping[str, Any] = getattr(visit.catalog, shelf)

    def name(slug: str) -> str:
        item = items.get(slug)
        text = getattr(item, "title", None) or getattr(item, "name", None) or {}
        return visit.locale.read(text) or slug

    return name
