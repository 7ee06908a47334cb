"""Error pages: the problem, and links from there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from careergraph.engine.content.did_you_mean import Shelf, close_slugs
from careergraph.web.pages.rendering.addresses import VERSUS
from careergraph.web.pages.rendering.choices import REGION
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.visit import Failed, Visit

NOT_FOUND, BAD = 404, 400

Link = tuple[str, str]
"""The address of a page, and its title."""

SHELVES: Mapping[str, tuple[Shelf, str]] = {
    "UNKNOWN_CAREER": ("careers", "/careers"),
    "UNKNOWN_SKILL": ("skills", "/skills"),
    "UNKNOWN_COLLECTION": ("collections", "/collections"),
    "UNKNOWN_CATEGORY": ("categories", "/categories"),
}
"""The shelf in the catalog and the folder of the site, by the code of an error about a slug."""

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
"""The label of the message, by the code of the error."""


def failed_page(visit: Visit, failed: Failed) -> Document:
    """The page of an operation that failed: 404 with suggestions for an unknown slug, 400 for bad input."""
    if failed.code in SHELVES:
        return problem(visit, failed.code, failed.message, NOT_FOUND, suggestions(visit, failed.code))
    if failed.code == "UNKNOWN_REGION":
        links = _regions(visit, failed.extensions["regions"])
        return problem(visit, failed.code, failed.message, BAD, links, heading="region.others")
    status = 500 if failed.code == "INTERNAL_ERROR" else BAD
    return problem(visit, failed.code, failed.message, status)


async def missing(visit: Visit) -> Document:
    """The page of an unknown address."""
    return problem(visit, "NOT_FOUND", "", NOT_FOUND)


def problem(  # noqa: PLR0913, PLR0917 - an error, and the way on
    visit: Visit, code: str, message: str, status: int, links: Sequence[Link] = (), heading: str = "missing.suggestions"
) -> Document:
    """A page about a problem, with links to likely pages below the label `heading`."""
    values = {
        "code": code,
        "message": message,
        "words": WORDS.get(code),
        "links": links,
        "heading": heading,
        "missing": status == NOT_FOUND,
    }
    label = "page.missing.title" if status == NOT_FOUND else "page.error.title"
    return Document("problem.html", code, values=values, status=status, indexed=False, label=label)


def suggestions(visit: Visit, code: str) -> list[Link]:
    """Links to pages with a slug close to the one in the address."""
    shelf, folder = SHELVES[code]
    if "slugs" in visit.names:
        return _comparisons(visit, visit.names["slugs"].split(VERSUS))
    name = _namer(visit, shelf)
    slugs = close_slugs(visit.catalog, shelf, visit.names.get("slug", ""))
    return [(visit.addresses.link(f"{folder}/{slug}"), name(slug)) for slug in slugs]


def _regions(visit: Visit, regions: Iterable[str]) -> list[Link]:
    """Links to this page in each region of its careers (or of the catalog, without any), and without a region."""
    path, others = visit.addresses.path, {name: value for name, value in visit.query() if name != REGION}
    slugs = visit.names.get("slugs", visit.names.get("slug", "")).split(VERSUS)
    careers = [visit.catalog.careers[slug] for slug in slugs if slug in visit.catalog.careers]
    near = [region for region in regions if any(region in career.observed_in for career in careers)]
    links = [(visit.addresses.link(path, **others, **{REGION: region}), region) for region in near or regions]
    return [*links, (visit.addresses.link(path, **others), visit.words("region.any"))]


def _comparisons(visit: Visit, slugs: list[str]) -> list[Link]:
    """Links to comparisons with a close slug in place of each unknown one."""
    title = _namer(visit, "careers")
    near = {slug: close_slugs(visit.catalog, "careers", slug) for slug in slugs if slug not in visit.catalog.careers}
    if any(not options for options in near.values()):
        options = [slug for each in near.values() for slug in each]
        return [(visit.addresses.link(f"/careers/{slug}"), title(slug)) for slug in options]
    pairs: dict[str, str] = {}
    for place in range(3):
        chosen = [near[slug][place % len(near[slug])] if slug in near else slug for slug in slugs]
        if len(set(chosen)) == len(chosen):
            names = f" {visit.words('versus')} ".join(title(slug) for slug in sorted(chosen))
            pairs[visit.addresses.compare(chosen)] = names
    return list(pairs.items())


def _namer(visit: Visit, shelf: Shelf) -> Callable[[str], str]:
    items: Mapping[str, Any] = getattr(visit.catalog, shelf)

    def name(slug: str) -> str:
        item = items.get(slug)
        text = getattr(item, "title", None) or getattr(item, "name", None) or {}
        return visit.locale.read(text) or slug

    return name
