"""Verbs: what the buttons of a document do, each an operation with the revision that the page showed."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.admin.screens.actions import show_actions
from careergraph.web.admin.screens.changes import show_changes
from careergraph.web.admin.screens.edit import path_of
from careergraph.web.admin.screens.lists.documents import type_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.times import time_of
from careergraph.web.admin.visit import Visit, missing

MOST_ALONG = 20
"""The most documents that are published along with one."""
_SEEN = re.compile(r"([a-z]+)/([a-z0-9-]+)/([0-9]{1,9})")

Extra = Callable[[Visit], Mapping[str, Any]]
"""The variables of an operation beside the document and its revision."""


@dataclass(frozen=True, slots=True)
class Button:
    """A verb: its operation, the screen that follows below that of the document, and further variables of the form."""

    operation: str
    follows: str = "/changes"
    more: Extra = lambda visit: {"note": visit.form.get("note")}
    is_action: bool = False  # of the screen of actions, not of that of changes


BUTTONS: Mapping[str, Button] = {
    "publish": Button("publish", "/history"),
    "discard": Button("discard", ""),
    "submit": Button("submit"),
    "approve": Button("approve"),
    "send-back": Button("send_back", more=lambda visit: {"reason": visit.form.get("note")}),
    "revert": Button(
        "revert", more=lambda visit: {"revision": visit.form.number("revision"), "note": visit.form.get("note")}
    ),
    "unpublish": Button("unpublish", "", is_action=True),
    "archive": Button("archive", "/history", is_action=True),
    "rename": Button("verbs/rename", "/actions", lambda visit: {"newSlug": visit.form.get("new").strip()}, True),
    "assign": Button("verbs/assign", "/actions", lambda visit: {"assignee": visit.form.get("assignee") or None}, True),
    "schedule": Button(
        "verbs/schedule",
        "/actions",
        lambda visit: {
            "action": visit.form.get("action"),
            "locales": visit.form.all("locales") or None,
            **time_of(visit),
        },
        True,
    ),
    "cancel-schedule": Button("releases/cancel", "/actions", is_action=True),
    "add-to-release": Button("releases/add", "/actions", is_action=True),
    "take-out": Button("releases/take_out", "/actions", is_action=True),
    "comment": Button("comment", more=lambda visit: {"text": visit.form.get("note"), "path": visit.form.get("path")}),
    "resolve": Button("resolve"),
}
"""Every verb by the last part of its address."""


async def act(visit: Visit) -> Response:
    """Do the verb of the address, which asks for the right itself, and go on. Raises Failed and Refusal."""
    button, type_name, slug = BUTTONS.get(visit.names["verb"]), type_of(visit), visit.names["slug"]
    if button is None or visit.request.method != "POST":
        raise missing()
    result = await visit.run(button.operation, **_variables(visit, button, {"type": type_name.upper(), "slug": slug}))
    if refusal := refusal_of(result):
        return await (show_actions if button.is_action else show_changes)(visit, **refusal)
    if result["__typename"] == "Publication" and button.operation == "verbs/rename":
        slug = visit.form.get("new").strip()
    return visit.go(path_of(type_name, slug) + button.follows, note=button.operation.rpartition("/")[2])


def _variables(visit: Visit, button: Button, key: Mapping[str, str]) -> Mapping[str, Any]:
    seen = {**key, "base": visit.form.number("base") or 0}
    match button.operation:
        case "publish":
            return {"documents": [seen, *_also(visit)], "note": visit.form.get("note")}
        case "releases/add":
            return {"documents": [seen], "release": visit.form.get("release")}
        case "releases/take_out":
            return {"documents": [key]}
        case "resolve" | "releases/cancel":
            return {"number": visit.form.number("number") or 0}
    return {**seen, **button.more(visit)}


def _also(visit: Visit) -> list[Mapping[str, Any]]:
    """Return what is published along, of which a box is ticked: a new image of a career."""
    return keys_in(visit.form.all("also")[:MOST_ALONG])


def keys_in(fields: Sequence[str]) -> list[Mapping[str, Any]]:
    """The documents of fields that each say `type/slug/revision`."""
    parts = [match.groups() for each in fields if (match := _SEEN.fullmatch(each))]
    return [
        {"type": name.upper(), "slug": slug, "base": int(number)} for name, slug, number in parts if name in BY_TYPE
    ]
