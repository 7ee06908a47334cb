"""Tokens: who has access, by role and scope; a new one, whose secret is shown once; and the end of one."""

from datetime import UTC, date, datetime, time
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.actor import SCOPE_PARTS, Role
from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.navigation import TYPES
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.visit import Data, Visit


async def tokens(visit: Visit) -> Response:
    """Show a page of the tokens; make one, or revoke one. Raises Failed and Refusal."""
    visit.require(Verb.VIEW_TOKENS)
    refusal, created = {}, None
    if visit.request.method == "POST":
        result = await _act(visit)
        if not (refusal := refusal_of(result)):
            if result["__typename"] != "CreatedToken":
                return visit.go("settings/tokens", note="token_revoked")
            created = result  # shown in this answer and never again
    chosen = {"text": visit.query.get("text", "").strip()[:200], "all": visit.query.get("all", "")}
    conditions: dict[str, Any] = {"text": chosen["text"]} if chosen["text"] else {}
    conditions |= {} if chosen["all"] else {"good": True}
    data = await visit.ask("settings/tokens", filter=conditions, **page_of(visit))
    return visit.render(
        "settings/tokens.html",
        tokens=data["editor"]["tokens"],
        created=created,
        kept=chosen,
        roles=list(Role),
        scopes={"types": TYPES, "locales": sorted(visit.catalog.locales)},
        may_create=visit.may(Verb.CREATE_TOKEN),
        may_revoke=visit.may(Verb.REVOKE_TOKEN),
        **refusal,
    )


async def _act(visit: Visit) -> Data:
    """Raises Failed and Refusal."""
    form = visit.form
    if form.get("do") == "revoke":
        return await visit.run("settings/revoke_token", prefix=form.get("prefix"))
    scope: dict[str, list[str]] = {name: form.all(name) for name in SCOPE_PARTS if form.all(name)}
    if "types" in scope:
        scope["types"] = [name.upper() for name in scope["types"]]
    options: dict[str, Any] = {"scope": scope} if scope else {}
    if ends := _end_of(form.get("expires")):
        options["expiresAt"] = ends
    return await visit.run("settings/create_token", name=form.get("name").strip(), role=form.get("role"), **options)


def _end_of(day: str) -> str | None:
    """The end of a day in UTC; None where there is none."""
    try:
        return datetime.combine(date.fromisoformat(day), time(23, 59), UTC).isoformat()
    except ValueError:
        return None
