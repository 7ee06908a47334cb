"""Bulk: one verb on the documents that were chosen in a list, or on all that it finds: what it would do, then that."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.lists.documents import BULK, KEPT, matching, type_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.visit import Data, Visit, missing

REMOVING = (Verb.UNPUBLISH, Verb.ARCHIVE)
"""The verbs after which drafts that refer to the documents cannot be published."""


async def bulk(visit: Visit) -> Response:
    """Show what a verb would do to the chosen documents, or do what of it can be done. Raises Failed and Refusal."""
    type_name, chosen = type_of(visit), visit.form.all("document")
    named = BULK.get(visit.form.get("do"))
    if named is None or visit.request.method != "POST":
        raise missing()
    every = bool(visit.form.get("every"))
    if not chosen and not every:
        return visit.go(f"documents/{type_name}", note="none_chosen")
    action, verb = named
    visit.require(verb, type_name)
    sure = bool(visit.form.get("sure"))
    kept = {name: visit.form.get(name) for name in KEPT if visit.form.get(name)}
    shared = {"action": action, "partly": True, "removes": verb in REMOVING, **_reasons(visit)}
    if every:  # done as it was reported, or not at all: the API sees to that by its confirmation
        confirm = visit.form.get("confirm") or None
        filters = matching(type_name, kept)
        result = await visit.run("verbs/bulk_matching", **shared, matching=filters, confirm=confirm if sure else None)
    else:
        result = await visit.run("verbs/bulk", **shared, documents=_keys(visit, type_name), dryRun=not sure)
    return visit.render(
        "lists/bulk.html",
        **{"status": 200, **refusal_of(result)},
        type_name=type_name,
        do=visit.form.get("do"),
        release=visit.form.get("release"),
        titles=await _titles(visit),
        report=result if result["__typename"] == "BulkReport" else None,
        bases=dict(_pair(each) for each in chosen),
        sure=sure,
        every=every,
        kept=kept,
        form=FormView(visit.words, visit.catalog, visit.actor.scope),
    )


async def _titles(visit: Visit) -> dict[str, str]:
    """The titles of the open releases by slug, where drafts are added to one."""
    if visit.form.get("do") != "add":
        return {}
    data = await visit.ask("releases/list", filter={"status": ["OPEN"]}, first=100)
    return {each["slug"]: each["title"] for each in data["editor"]["releases"]["nodes"]}


def _keys(visit: Visit, type_name: str) -> list[Data]:
    chosen = map(_pair, visit.form.all("document"))
    return [{"type": type_name.upper(), "slug": slug, "base": base} for slug, base in chosen]


def _reasons(visit: Visit) -> dict[str, Any]:
    release = visit.form.get("release") if visit.form.get("do") == "add" else None
    return {"release": release or None, "note": visit.form.get("note")}


def _pair(chosen: str) -> tuple[str, int]:
    """The slug and the revision of a document that was chosen: `actuary@3`."""
    slug, _, base = chosen.rpartition("@")
    return slug, int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0
