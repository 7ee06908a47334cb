"""Imports: files come in, a dry run reports what they would change, and what it reported is applied."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.store.editing.import_jobs import Importer
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.screens.release_titles import titles_of
from careergraph.web.admin.visit import Data, Visit, missing

PARTS = ("SKILLS", "OCCUPATIONS")
"""The parts of ESCO that can be imported alone."""
ITEMS: Mapping[str, list[str]] = {
    "conflicts": ["CONFLICT"],
    "changed": ["CHANGED"],
    "new": ["NEW"],
    "gone": ["GONE"],
    "left": ["KEPT", "OTHER", "BUSY", "ARCHIVED", "NEEDED"],
    "matched": ["MATCHED"],
}
"""The views of a report, with the kinds of its items."""
FILES = ("tables", "wages", "exposure", "profile")
"""The fields with files."""


async def imports(visit: Visit) -> Response:
    """Show a page of the imports, or start one with the files of the form. Raises Failed and Refusal."""
    visit.require(Verb.IMPORT)
    refusal: dict[str, Any] = {}
    if visit.request.method == "POST":
        result = await visit.run("imports/start", **await _options(visit))
        if not (refusal := refusal_of(result)):
            return visit.go(f"imports/{result['number']}", note="import_started")
    jobs = (await visit.ask("imports/list", **page_of(visit)))["editor"]["importJobs"]
    kinds = [str(each) for each in Importer]
    return visit.render("imports/list.html", jobs=jobs, kinds=kinds, parts_of=PARTS, **refusal)


async def job(visit: Visit) -> Response:
    """Show how an import goes, and its report; or cancel it, or apply it. Raises Failed and Refusal."""
    visit.require(Verb.IMPORT)
    number, form = visit.names["number"], visit.form
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise missing()
    refusal: dict[str, Any] = {}
    if visit.request.method == "POST":
        if form.get("do") == "cancel":
            result = await visit.run("imports/cancel", number=int(number))
        else:
            result = await visit.run("imports/apply", number=int(number), publish=form.get("do") == "publish")
        if not (refusal := refusal_of(result)):
            return visit.go(f"imports/{result.get('number', number)}", note=f"import_{form.get('do')}")
    return await _show(visit, int(number), refusal)


async def _show(visit: Visit, number: int, refusal: Mapping[str, Any]) -> Response:
    view, page = visit.query.get("view", ""), page_of(visit)
    data = await visit.ask("imports/job", number=number, kind=ITEMS.get(view, ITEMS["conflicts"]), **page)
    if (current := data["editor"]["importJob"]) is None:
        raise missing()
    counts = _count(current["counts"])
    if view not in ITEMS and (view := next((name for name, count in counts.items() if count), "conflicts")):
        current = (await visit.ask("imports/job", number=number, kind=ITEMS[view], **page))["editor"]["importJob"]
    ended = current["state"] in ("DONE", "FAILED", "CANCELLED")
    response = visit.render(
        "imports/job.html",
        **{"status": 200, **refusal},
        job=current,
        ended=ended,
        view=view,
        counts=counts,
        releases=await titles_of(visit, [current["release"]]),
        may_publish=visit.may(Verb.PUBLISH_RELEASE),
        form=FormView(visit.words, visit.catalog, visit.actor.scope),
    )
    if not ended:
        response.headers["Refresh"] = "5"  # it goes on while somebody looks, without script
    return response


def _count(counts: list[Data]) -> dict[str, int]:
    """Return how many items each view has."""
    return {name: sum(each["count"] for each in counts if each["kind"] in kinds) for name, kinds in ITEMS.items()}


async def _options(visit: Visit) -> dict[str, Any]:
    """The options of the form, its files kept. Raises Refusal."""
    form = visit.form
    keep = visit.gate.files.keep
    kept = {name: [await keep(visit.actor, file) for file in form.files.get(name, ())] for name in FILES}
    options: dict[str, Any] = {"kind": form.get("kind"), "tables": kept.pop("tables")}
    options |= {name: idents[0] for name, idents in kept.items() if idents}
    options |= {name: text for name in ("release", "wagesYear", "only") if (text := form.get(name).strip())}
    return options | {"older": bool(form.get("older")), "strict": bool(form.get("strict")), "dryRun": True}
