"""Previews: the addresses that were given out to read drafts, and the end of one; and the roles as they are."""

from starlette.responses import Response

from careergraph.editorial.access.roles import ROLES, Verb
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.visit import Visit


async def previews(visit: Visit) -> Response:
    """Show a page of the previews that the actor may see, or end one. Raises Failed and Refusal."""
    visit.require(Verb.CREATE_PREVIEW)
    refusal = {}
    if visit.request.method == "POST":
        result = await visit.run("settings/revoke_preview", prefix=visit.form.get("prefix"))
        if not (refusal := refusal_of(result)):
            return visit.go("settings/previews", note="preview_ended")
    every = (await visit.ask("settings/previews", filter={}, **page_of(visit)))["editor"]["previews"]
    return visit.render("settings/previews.html", previews=every, **refusal)


async def roles(visit: Visit) -> Response:
    """Show what each role may do."""
    return visit.render("settings/roles.html", roles=ROLES, every=list(Verb))
