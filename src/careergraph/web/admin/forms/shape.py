"""Shape a form: add, remove and move the items of its lists, before anything is saved."""

from typing import Any

from careergraph.web.admin.forms.build import SLASH

ACTIONS = ("add", "remove", "up", "down")


def is_shaping(action: str) -> bool:
    """Return whether an action of a form shapes it: `add:roadmap`, `up:skills/3`."""
    return action.partition(":")[0] in ACTIONS


def shape(document: dict[str, Any], action: str) -> None:
    """Do an action to a document that was read while being shaped. One that leads nowhere does nothing."""
    verb, _, name = action.partition(":")
    *way, last = name.split(SLASH)
    owner = _at(document, way)
    if verb == "add":
        _add(owner, last)
    elif isinstance(owner, list) and last.isdigit() and int(last) < len(owner):
        place = int(last)
        item = owner.pop(place)
        if verb != "remove":
            owner.insert(max(0, place + (-1 if verb == "up" else 1)), item)
    elif isinstance(owner, dict) and verb == "remove" and last.isdigit() and int(last) < len(owner):
        del owner[list(owner)[int(last)]]


def _add(owner: Any, name: str) -> None:
    if not isinstance(owner, dict):
        return
    kind, _, field = name.partition("@")
    items = owner.setdefault(field or kind, {} if kind == "map" else [])
    if isinstance(items, dict):
        items.setdefault("", "")
    elif isinstance(items, list):
        items.append("" if kind == "text" else {"@was": ""})


def _at(document: Any, way: list[str]) -> Any:
    node = document
    for step in way:
        if isinstance(node, list) and step.isdigit() and int(step) < len(node):
            node = node[int(step)]
        elif isinstance(node, dict) and step in node:
            node = node[step]
        else:
            return None
    return node
