"""Bulk: one verb on the documents that were chosen in a list: first what it would do, then the report of it."""

from typing import Any

from starlette.responses import Response

from careergraph.web.admin.screens.documents import BULK, type_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.visit import Data, Visit, missing


async def bulk(visit: Visit) -> Response:
    """Show what a verb would do to the chosen documents, or do what of it can be done. Raises Failed and Refusal."""
    type_name, chosen = type_of(visit), visit.form.all("document")
    named = BULK.get(visit.form.get("do"))
    if named is None or visit.request.method != "POST":
        raise missing()
    if not chosen:
        return visit.go(f"documents/{type_name}", note="none_chosen")
    action, verb = named
    visit.require(verb, type_name)
    sure = bool(visit.form.get("sure"))
    result = await visit.run("verbs/bulk", action=action, dryRun=not sure, partly=True, **_variables(visit, type_name))
    return visit.render(
        "bulk.html",
        **{"status": 200, **refusal_of(result)},
        type_name=type_name,
        do=visit.form.get("do"),
        release=visit.form.get("release"),
        report=result if result["__typename"] == "BulkReport" else None,
        bases=dict(_pair(each) for each in chosen),
        sure=sure,
    )


def _variables(visit: Visit, type_name: str) -> dict[str, Any]:
    keys: list[Data] = []
    for slug, base in map(_pair, visit.form.all("document")):
        keys.append({"type": type_name.upper(), "slug": slug, "base": base})
    release = visit.form.get("release") if visit.form.get("do") == "add" else None
    return {"documents": keys, "release": release or None, "note": visit.form.get("note")}


def _pair(chosen: str) -> tuple[str, int]:
    """The slug and the revision of a document that was chosen: `actuary@3`."""
    slug, _, base = chosen.rpartition("@")
    return slug, int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0
