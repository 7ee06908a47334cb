"""Verbs: what the buttons of a document do, each an operation with the revision that the page showed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from careergraph.web.admin.screens.changes import show_changes
from careergraph.web.admin.screens.documents import type_of
from careergraph.web.admin.screens.edit import path_of
from careergraph.web.admin.visit import Visit, missing

Extra = Callable[[Visit], Mapping[str, Any]]
"""The variables of an operation beside the document and its revision."""


@dataclass(frozen=True, slots=True)
class Button:
    """A verb: its operation, the screen that follows below that of the document, and what else the form says."""

    operation: str
    follows: str = "/changes"
    more: Extra = lambda visit: {"note": visit.form.get("note")}


BUTTONS: Mapping[str, Button] = {
    "publish": Button("publish", "/history"),
    "discard": Button("discard", ""),
    "submit": Button("submit"),
    "approve": Button("approve"),
    "send-back": Button("send_back", more=lambda visit: {"reason": visit.form.get("note")}),
    "revert": Button(
        "revert", more=lambda visit: {"revision": visit.form.number("revision"), "note": visit.form.get("note")}
    ),
    "unpublish": Button("unpublish", ""),
    "archive": Button("archive", ""),
    "comment": Button("comment", more=lambda visit: {"text": visit.form.get("note"), "path": visit.form.get("path")}),
    "resolve": Button("resolve"),
}
"""Every verb by the last part of its address."""


async def act(visit: Visit) -> Response:
    """Do the verb of the address, which asks for the right itself, and go on. Raises Failed and Refusal."""
    button, type_name, slug = BUTTONS.get(visit.names["verb"]), type_of(visit), visit.names["slug"]
    if button is None or visit.request.method != "POST":
        raise missing()
    key = {"type": type_name.upper(), "slug": slug, "base": visit.form.number("base") or 0}
    variables: Mapping[str, Any] = {**key, **button.more(visit)}
    if button.operation == "publish":
        variables = {"documents": [key], "note": visit.form.get("note")}
    elif button.operation == "resolve":
        variables = {"number": visit.form.number("number") or 0}
    result = await visit.run(button.operation, **variables)
    if result["__typename"] == "Rejected":
        return await show_changes(visit, problems=result["problems"])
    if result["__typename"] == "Conflict":
        return await show_changes(visit, conflicted=True)
    return visit.go(path_of(type_name, slug) + button.follows, note=button.operation)
