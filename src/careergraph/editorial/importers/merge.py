"""Merging: what a source said before, what it says now, and what is there, to what is to be there.

What only the source changed is taken over, what only editors changed stays. Where both changed the same field, the
editors' stays, and the field is a conflict. A figure is one field, with all that it carries; so is a skill of a career.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.content.problem import Steps
from careergraph.engine.content.locale import DEFAULT_LOCALE

Body = Mapping[str, Any]
Known = Callable[[Any], Any]

KNOWN_BY: Mapping[str, Known] = {
    "values": lambda item: item["attribute"],
    "regionalValues": lambda item: (item["attribute"], item["region"]),
    "skills": lambda item: item["text"].get(DEFAULT_LOCALE) if isinstance(item, dict) else item,
    "externalIds": lambda item: (item["scheme"], item["id"]),
    "relations": lambda item: item["scheme"],
}
"""What the items of a list are known by, by the field that the list is in; others are known by themselves."""


VALUES = ("values", "regionalValues")
"""The fields of a career that hold figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged document, and the fields in which the source and the editors disagree."""

    body: dict[str, Any]
    conflicts: tuple[Steps, ...]


def merge(base: Body, incoming: Body, current: Body) -> Merged:
    """Merges three states of a document: as the source had it before (`base`), as it has it now (`incoming`), and as it
    is in the database (`current`)."""
    conflicts: list[Steps] = []
    return Merged(body=_fields(base, incoming, current, (), conflicts), conflicts=tuple(conflicts))


def adopt(incoming: Body, current: Body, *, ours: Callable[[Body], bool]) -> Merged:
    """Merges a document that was there before the source knew it. The source fills in fields, figures and external ids
    that are missing, and removes nothing. Figures that are `ours`, as a seed took them from this very source, follow
    it."""
    body = {**{name: value for name, value in incoming.items() if name not in current}, **current}
    conflicts: list[Steps] = []
    for name in (*VALUES, "externalIds"):
        if name in incoming and name in current:
            keys = [KNOWN_BY[name](item) for item in incoming[name]]
            mine = [item for item in current[name] if KNOWN_BY[name](item) in keys]
            base = [item for item in mine if name in VALUES and ours(item)]
            body[name] = _list(base, incoming[name], current[name], (name,), conflicts)
    return Merged(body=_like(current, body), conflicts=tuple(conflicts))


def _fields(base: Body, incoming: Body, current: Body, steps: Steps, conflicts: list[Steps]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in dict.fromkeys((*current, *incoming)):
        value = _any(base.get(name), incoming.get(name), current.get(name), (*steps, name), conflicts)
        if value is not None:
            fields[name] = value
    return fields


def _any(base: Any, incoming: Any, current: Any, steps: Steps, conflicts: list[Steps]) -> Any:
    if incoming in (current, base):
        return current
    if current == base:
        return incoming
    if isinstance(incoming, dict) and isinstance(current, dict):
        return _fields(base or {}, incoming, current, steps, conflicts)
    if isinstance(incoming, list) and isinstance(current, list):
        return _list(base or [], incoming, current, steps, conflicts)
    conflicts.append(steps)
    return current


def _list(
    base: Sequence[Any], incoming: Sequence[Any], current: Sequence[Any], steps: Steps, conflicts: list[Steps]
) -> list[Any]:
    """Items in the editors' order, and behind them what the source adds."""
    key_of = KNOWN_BY.get(str(steps[0]), lambda item: item)
    before, now, there = ({key_of(item): item for item in items} for items in (base, incoming, current))
    items = []
    for name in dict.fromkeys((*there, *now)):
        item = _item(before.get(name), now.get(name), there.get(name), (*steps, name), conflicts)
        if item is not None:
            items.append(item)
    return items


def _item(base: Any, incoming: Any, current: Any, steps: Steps, conflicts: list[Steps]) -> Any:
    if incoming in (current, base):
        return current
    if current == base:
        return incoming
    conflicts.append(tuple([step if isinstance(step, str | int) else " ".join(step) for step in steps]))
    return current


def _like(current: Body, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in the order in which they stood, new ones last."""
    return {name: body[name] for name in dict.fromkeys((*current, *body))}
