"""Merging: what a source said before, what it says now, and what is there, to what is to be there.

What only the source changed is taken over, what only editors changed stays. Where both changed the same field, the
editors' stays, and the field is a conflict. A figure is one field, with all that it carries; so is a skill of a career.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.problem import Steps
from careergraph.engine.locale import DEFAULT_LOCALE

Body = Mapping[str, Any]
Known = Callable[[Any], Any]

KNOWN_BY: Mapping[str, Known] = {
    "values": lambda item: item["attribute"],
    "skills": lambda item: item["text"].get(DEFAULT_LOCALE) if isinstance(item, dict) else item,
    "externalIds": lambda item: (item["scheme"], item["id"]),
    "relations": lambda item: item["scheme"],
}
"""What the items of a list are known by, by the field that the list is in; others are known by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What is to be there, and the fields in which the source and the editors disagree."""

    body: dict[str, Any]
    conflicts: tuple[Steps, ...]


def merged(base: Body, wanted: Body, current: Body) -> Merged:
    """A document that a source said before (`base`), says now (`wanted`) and that is there (`current`)."""
    conflicts: list[Steps] = []
    return Merged(body=_fields(base, wanted, current, (), conflicts), conflicts=tuple(conflicts))


def adopted(wanted: Body, current: Body, *, ours: Callable[[Body], bool]) -> Merged:
    """A document that was there before the source said anything of it: the source fills in what it lacks, as figures
    and external ids of its own, and takes nothing away. Figures that are `ours`, as a seed brought them from this very
    source, follow it.
    """
    body = {**{name: held for name, held in wanted.items() if name not in current}, **current}
    conflicts: list[Steps] = []
    for name in ("values", "externalIds"):
        if name in wanted and name in current:
            said = [KNOWN_BY[name](item) for item in wanted[name]]
            mine = [item for item in current[name] if KNOWN_BY[name](item) in said]
            base = [item for item in mine if name == "values" and ours(item)]
            body[name] = _list(base, wanted[name], current[name], (name,), conflicts)
    return Merged(body=_like(current, body), conflicts=tuple(conflicts))


def _fields(base: Body, wanted: Body, current: Body, steps: Steps, conflicts: list[Steps]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dict.fromkeys((*current, *wanted)):
        it = _any(base.get(name), wanted.get(name), current.get(name), (*steps, name), conflicts)
        if it is not None:
            found[name] = it
    return found


def _any(base: Any, wanted: Any, current: Any, steps: Steps, conflicts: list[Steps]) -> Any:
    if wanted in (current, base):
        return current
    if current == base:
        return wanted
    if isinstance(wanted, dict) and isinstance(current, dict):
        return _fields(base or {}, wanted, current, steps, conflicts)
    if isinstance(wanted, list) and isinstance(current, list):
        return _list(base or [], wanted, current, steps, conflicts)
    conflicts.append(steps)
    return current


def _list(
    base: Sequence[Any], wanted: Sequence[Any], current: Sequence[Any], steps: Steps, conflicts: list[Steps]
) -> list[Any]:
    """Items in the editors' order, and behind them what the source adds."""
    known = KNOWN_BY.get(str(steps[0]), lambda item: item)
    before, now, there = ({known(item): item for item in items} for items in (base, wanted, current))
    found = []
    for name in dict.fromkeys((*there, *now)):
        item = _item(before.get(name), now.get(name), there.get(name), (*steps, name), conflicts)
        if item is not None:
            found.append(item)
    return found


def _item(base: Any, wanted: Any, current: Any, steps: Steps, conflicts: list[Steps]) -> Any:
    if wanted in (current, base):
        return current
    if current == base:
        return wanted
    conflicts.append(tuple([step if isinstance(step, str | int) else " ".join(step) for step in steps]))
    return current


def _like(current: Body, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in the order in which they stood, new ones last."""
    return {name: body[name] for name in dict.fromkeys((*current, *body))}
