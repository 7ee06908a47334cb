"""Merge three states of a document: the source before, the source now, and the database.

A field that only the source changed is taken over; one that only editors changed stays. Where both changed a field, the
editors' value stays, and the field is a conflict. A figure is one field, with all its parts; so is a skill of a career.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from careergraph.editorial.checks import form
from careergraph.editorial.content.problem import Steps
from careergraph.engine.content.locale import DEFAULT_LOCALE

Body = Mapping[str, Any]
Known = Callable[[Any], Any]

KNOWN_BY: Mapping[str, Known] = {
    "values": itemgetter("attribute"),
    "regionalValues": itemgetter("attribute", "region"),
    "skills": lambda item: item["text"].get(DEFAULT_LOCALE) if isinstance(item, dict) else item,
    "externalIds": itemgetter("scheme", "id"),
    "relations": itemgetter("scheme"),
    "options": itemgetter("key"),
}
"""The function that returns the key of an item, by the field of its list; items of other lists are keys themselves."""


VALUES = ("values", "regionalValues")
"""The fields of a career with figures."""


class Disagreement(NamedTuple):
    """A field in which the source and the document disagree: its steps, the source's value, and the present one."""

    steps: Steps
    source: Any
    present: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged document, and the fields in which the source and the document disagree."""

    body: dict[str, Any]
    conflicts: tuple[Disagreement, ...]


def merge(base: Body, incoming: Body, current: Body) -> Merged:
    """Merge three states of a document: the former state of the source (`base`), its present one (`incoming`), and that
    of the database (`current`)."""
    conflicts: list[Disagreement] = []
    return Merged(body=_fields(base, incoming, current, (), conflicts), conflicts=tuple(conflicts))


def adopt(incoming: Body, current: Body, *, titles: Mapping[str, str], ours: Callable[[Body], bool]) -> Merged:
    """Merge a document that existed before the source had it. The source fills in missing fields, figures, external ids
    and levels, and removes nothing. Its `titles` are aliases where the document has others, and so are its aliases.
    Figures that are `ours`, which a seed took from this source, follow it."""
    body = {**{name: value for name, value in incoming.items() if name not in current}, **current}
    if aliases := _aliases(incoming, current, titles):
        body["aliases"] = aliases
    conflicts: list[Disagreement] = []
    for name in (*VALUES, "externalIds", "options"):
        if name in incoming and name in current:
            keys = [KNOWN_BY[name](item) for item in incoming[name]]
            mine = [item for item in current[name] if KNOWN_BY[name](item) in keys]
            base = [item for item in mine if name in VALUES and ours(item)]
            body[name] = _list(base, incoming[name], current[name], (name,), conflicts)
    in_former_order = {name: body[name] for name in dict.fromkeys((*current, *body))}
    return Merged(body=in_former_order, conflicts=tuple(conflicts))


def value_at(body: Any, steps: Steps) -> Any:
    """Return the value of a field by the steps of a disagreement; None where the body has none."""
    value = body
    for step in steps:
        if isinstance(value, list):
            key_of = KNOWN_BY.get(str(steps[0]), lambda item: item)
            value = next((item for item in value if _plain_step(key_of(item)) == step), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _plain_step(step: Any) -> str | int:
    return step if isinstance(step, str | int) else " ".join(step)


def _aliases(incoming: Body, current: Body, titles: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the aliases of a document by locale: the title that a source has for it, its own, then the source's. None
    is its title, and none comes twice, whatever their case. So many are kept as a document may have."""
    parts: list[Mapping[str, Sequence[str]]] = [{locale: [title] for locale, title in titles.items()}]
    parts += [body.get("aliases", {}) for body in (current, incoming)]
    own, aliases = current.get("title", current.get("name", {})), {}
    for locale in dict.fromkeys([locale for part in parts for locale in part]):
        names = [name for part in parts for name in part.get(locale, ())]
        if distinct := _distinct(names, own.get(locale, "")):
            aliases[locale] = distinct
    return aliases


def _distinct(aliases: Sequence[str], title: str) -> list[str]:
    by_wording = {alias.casefold(): alias for alias in reversed(aliases)}  # the first of each stays
    kept = dict.fromkeys([by_wording[alias.casefold()] for alias in aliases])
    return [alias for alias in kept if alias.casefold() != title.casefold()][: form.MAX_ITEMS]


def _fields(base: Body, incoming: Body, current: Body, steps: Steps, conflicts: list[Disagreement]) -> dict[str, Any]:
    names = dict.fromkeys((*current, *incoming))
    fields = {
        name: _any(base.get(name), incoming.get(name), current.get(name), (*steps, name), conflicts) for name in names
    }
    return {name: value for name, value in fields.items() if value is not None}


def _any(base: Any, incoming: Any, current: Any, steps: Steps, conflicts: list[Disagreement]) -> Any:
    if incoming in (current, base):
        return current
    if current == base:
        return incoming
    if isinstance(incoming, dict) and isinstance(current, dict):
        return _fields(base or {}, incoming, current, steps, conflicts)
    if isinstance(incoming, list) and isinstance(current, list):
        return _list(base or [], incoming, current, steps, conflicts)
    conflicts.append(Disagreement(steps, incoming, current))
    return current


def _list(
    base: Sequence[Any], incoming: Sequence[Any], current: Sequence[Any], steps: Steps, conflicts: list[Disagreement]
) -> list[Any]:
    """Return the items in the editors' order, then those that the source adds."""
    key_of = KNOWN_BY.get(str(steps[0]), lambda item: item)
    before, now, there = ({key_of(item): item for item in items} for items in (base, incoming, current))
    names = dict.fromkeys((*there, *now))
    items = [_item(before.get(name), now.get(name), there.get(name), (*steps, name), conflicts) for name in names]
    return [item for item in items if item is not None]


def _item(base: Any, incoming: Any, current: Any, steps: Steps, conflicts: list[Disagreement]) -> Any:
    if incoming in (current, base):
        return current
    if current == base:
        return incoming
    plain_steps = tuple([_plain_step(step) for step in steps])
    conflicts.append(Disagreement(plain_steps, incoming, current))
    return current
