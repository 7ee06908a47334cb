"""Saved: the filters of a list under a name, for oneself."""

from starlette.responses import Response

from careergraph.web.admin.screens.lists.documents import KEPT, screen_of, type_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.visit import Visit, missing


async def saved(visit: Visit) -> Response:
    """Save the filters of a list, or forget some. Raises Failed and Refusal."""
    if visit.request.method != "POST":
        raise missing()
    type_name, form = type_of(visit), visit.form
    place = {"screen": screen_of(type_name), "name": form.get("name").strip()}
    if form.get("do") == "forget":
        result = await visit.run("filters/delete", **place)
        return visit.go(f"documents/{type_name}", note="" if refusal_of(result) else "filter_forgotten")
    kept = {name: form.get(name)[:200] for name in KEPT if form.get(name)}
    result = await visit.run("filters/save", **place, filter=kept)
    return visit.go(f"documents/{type_name}", note="filter_refused" if refusal_of(result) else "filter_saved", **kept)
