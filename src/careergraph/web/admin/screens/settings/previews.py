"""Previews: the addresses that are given out to read drafts, and the end of one; and the roles as they are."""

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import ROLES, Verb
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.screens.release_titles import titles_of
from careergraph.web.admin.visit import Data, Visit

MOST_DAYS = 30
"""The longest life of a preview that is given out here, in days."""


async def previews(visit: Visit) -> Response:
    """Show a page of the previews that the actor may see; give one out, or end one. Raises Failed and Refusal."""
    visit.require(Verb.CREATE_PREVIEW)
    refusal, created = {}, None
    if visit.request.method == "POST":
        result = await _act(visit)
        if not (refusal := refusal_of(result)):
            if result["__typename"] != "CreatedPreview":
                return visit.go("settings/previews", note="preview_ended")
            created = result  # its secret is in this answer and never again
    every = (await visit.ask("settings/previews", filter={}, **page_of(visit)))["editor"]["previews"]
    return visit.render(
        "settings/previews.html",
        previews=every,
        created=created,
        releases=await titles_of(visit, [each["release"] for each in every["nodes"]]),
        form=FormView(visit.words, visit.catalog, visit.actor.scope),
        **refusal,
    )


async def _act(visit: Visit) -> Data:
    """Raises Failed and Refusal."""
    form = visit.form
    if form.get("do") != "create":
        return await visit.run("settings/revoke_preview", prefix=form.get("prefix"))
    days = min(max(form.number("days") or 1, 1), MOST_DAYS)
    options: dict[str, Any] = {"expiresAt": (datetime.now(UTC) + timedelta(days=days)).isoformat()}
    if release := form.get("release"):
        options |= {"release": release, "state": form.get("state")}
    else:
        key = {"type": form.get("type").upper(), "slug": form.get("slug")}
        options["documents"] = [{**key, "base": form.number("base") or 0}]
    mode = "PINNED" if form.get("mode") == "PINNED" else "FOLLOWING"
    return await visit.run("settings/create_preview", name=form.get("name").strip(), mode=mode, **options)


async def roles(visit: Visit) -> Response:
    """Show the rights of each role."""
    return visit.render("settings/roles.html", roles=ROLES, every=list(Verb))
