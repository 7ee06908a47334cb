"""Releases: the list, one with its drafts and what it would change, and its verbs."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import PER_PAGE, page_of
from careergraph.web.admin.screens.times import time_of, zones
from careergraph.web.admin.visit import Data, Visit, missing

STATES = ("OPEN", "PUBLISHED", "DISCARDED")
"""The states of releases, each a view of the list."""

RIGHTS = (Verb.ADD_TO_RELEASE, Verb.SCHEDULE, Verb.PUBLISH_RELEASE, Verb.DISCARD_RELEASE, Verb.OPEN_RELEASE)


async def releases(visit: Visit) -> Response:
    """Show a page of the releases in one state, or open a new one. Raises Failed and Refusal."""
    visit.require(Verb.VIEW)
    refusal: dict[str, Any] = {}
    if visit.request.method == "POST":
        form = visit.form
        fields = {name: form.get(name).strip() for name in ("slug", "title", "note")}
        if not (refusal := refusal_of(await visit.run("releases/open", **fields))):
            return visit.go(f"releases/{fields['slug']}", note="opened")
    view = visit.query.get("view", "")
    view = view if view in STATES else "OPEN"
    data = await visit.ask("releases/list", filter={"status": [view]}, **page_of(visit))
    return visit.render(
        "releases/list.html",
        view=view,
        states=STATES,
        releases=data["editor"]["releases"],
        may_open=visit.may(Verb.OPEN_RELEASE),
        **refusal,
    )


async def release(visit: Visit) -> Response:
    """Show a release, or do what a button says. Raises Failed and Refusal."""
    refusal: dict[str, Any] = {}
    if visit.request.method == "POST":
        if (action := ACTIONS.get(visit.form.get("do"))) is None:
            raise missing()
        result = await action(visit, visit.names["slug"])
        if not (refusal := refusal_of(result)):
            follows = result["release"]["slug"] if result["__typename"] == "UndoneRelease" else visit.names["slug"]
            return visit.go(f"releases/{follows}", note=f"release_{visit.form.get('do')}")
    return await _show(visit, refusal)


async def _show(visit: Visit, refusal: Mapping[str, Any]) -> Response:
    slug, after = visit.names["slug"], _after(visit)
    data = await visit.ask("releases/release", slug=slug, first=PER_PAGE, after=after)
    if (opened := data["editor"]["release"]) is None:
        raise missing()
    documents = opened["documents"]
    return visit.render(
        "releases/release.html",
        **{"status": 200, **refusal},
        release=opened,
        documents=documents,
        more=len(documents) == PER_PAGE,
        pending=[each for each in opened["schedules"] if each["status"] in ("PENDING", "HELD")],
        form=FormView(visit.words, visit.catalog, visit.actor.scope),
        rights={verb: visit.may(verb) for verb in RIGHTS},
        state_of=state_of,
        zones=zones(),
    )


def _after(visit: Visit) -> dict[str, str] | None:
    """The document after which the page begins: `career/actuary`."""
    type_name, _, slug = visit.query.get("after", "").partition("/")
    return {"type": type_name.upper(), "slug": slug} if slug else None


def _seen(visit: Visit, slug: str) -> dict[str, str]:
    return {"release": slug, "state": visit.form.get("state"), "note": visit.form.get("note")}


async def _publish(visit: Visit, slug: str) -> Data:
    return await visit.run("releases/publish", **_seen(visit, slug))


async def _schedule(visit: Visit, slug: str) -> Data:
    return await visit.run("releases/schedule", **_seen(visit, slug), **time_of(visit))


async def _cancel(visit: Visit, _slug: str) -> Data:
    return await visit.run("releases/cancel", number=visit.form.number("number") or 0)


async def _confirm(visit: Visit, _slug: str) -> Data:
    return await visit.run("queues/confirm", number=visit.form.number("number") or 0)


async def _discard(visit: Visit, slug: str) -> Data:
    return await visit.run("releases/discard", release=slug, note=visit.form.get("note"))


async def _take_out(visit: Visit, _slug: str) -> Data:
    type_name, _, slug = visit.form.get("document").partition("/")
    return await visit.run("releases/take_out", documents=[{"type": type_name.upper(), "slug": slug}])


async def _undo(visit: Visit, slug: str) -> Data:
    form = visit.form
    new, leave_out = form.get("slug").strip(), bool(form.get("leave_out"))
    return await visit.run("releases/undo", release=slug, slug=new, leaveOut=leave_out, note=form.get("note"))


ACTIONS: Mapping[str, Callable[[Visit, str], Awaitable[Data]]] = {
    "publish": _publish,
    "schedule": _schedule,
    "cancel": _cancel,
    "confirm": _confirm,
    "discard": _discard,
    "take_out": _take_out,
    "undo": _undo,
}
"""The action of each button of a release. Each verb asks for its right itself."""
