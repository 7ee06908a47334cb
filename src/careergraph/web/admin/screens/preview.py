"""Preview: the page of a document as its saved draft would make it, beside its form; of a career, a comparison."""

from typing import NamedTuple

from msgspec.structs import replace
from starlette.responses import Response

from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.web.admin.screens.lists.documents import type_of
from careergraph.web.admin.visit import Visit, missing
from careergraph.web.pages.rendering.addresses import VERSUS

COMPARISON = "/compare/{slugs}"
PAGES = {
    "career": "/careers/{slug}",
    "skill": "/skills/{slug}",
    "category": "/categories/{slug}",
    "collection": "/collections/{slug}",
    "pair": COMPARISON,
}
"""The page of each type of document that has one."""


class Beside(NamedTuple):
    """The preview beside a form: its path, and the career that it compares with; None where it is no comparison."""

    path: str
    against: str | None


def shown_beside(visit: Visit, type_name: str, slug: str) -> Beside | None:
    """The preview beside the form of a document; None where it has no page, or the app has none."""
    if type_name not in PAGES or visit.pages is None:
        return None
    return Beside(f"documents/{type_name}/{slug}/preview", _rival(visit, slug) if type_name == "career" else None)


async def preview(visit: Visit) -> Response:
    """Show the page, with the draft laid over what is live. Raises Refusal."""
    type_name, slug, against = type_of(visit), visit.names["slug"], visit.query.get("against", "").strip()
    if type_name not in PAGES or visit.pages is None:
        raise missing()
    lay = visit.graphql.admission.authentication.preview_drafts
    caller = replace(visit.caller, context=await lay(visit.caller.context, ((type_name, slug),)))
    if type_name == "career" and against:
        path, names = COMPARISON, {"slugs": VERSUS.join(sorted((slug, against)))}
    else:
        path, names = PAGES[type_name], {"slugs" if type_name == "pair" else "slug": slug}
    locale = visit.query.get("locale", "")
    if locale in visit.catalog.locales and locale != DEFAULT_LOCALE:
        names["locale"] = locale  # so that it is read in the language that is written
    return await visit.pages.show(visit.request, caller, path, names, visit.frame["site"])


def _rival(visit: Visit, slug: str) -> str:
    """Return the career that one is compared with at first: the nearest, or else one of its category, or any."""
    catalog = visit.catalog
    if (career := catalog.careers.get(slug)) is not None:
        near = neighbours(catalog, career)
        others = near or [each for each in catalog.careers_in[career.category.slug] if each.slug != slug]
        if others:
            return others[0].slug
    return next((other for other in catalog.careers if other != slug), "")
