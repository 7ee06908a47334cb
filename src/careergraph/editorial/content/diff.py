"""The differences between two states of a document, field by field.

Two states are equal if and only if there is no difference. Items of a list that have a key (a value its attribute) are
matched by it; other lists are aligned, so that an item inserted at the front changes no other.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from careergraph.editorial.content.problem import Steps, render

KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "values": ("attribute",),
    "regionalValues": ("attribute", "region"),
    "options": ("key",),
    "concepts": ("skill",),
}
"""The fields that the items of a list are known by, by the name of the list's field."""

JOINT = "@"
"""The separator of several such fields; no key of an attribute may contain it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A changed field; None where it is absent. A step into a list is the key of the item, or its position (in the
    later state; in the earlier one for a removed item)."""

    steps: Steps
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """The field as a path: `values.demand.value`."""
        return render(self.steps)


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Difference, ...]:
    """Return the differences from one state of a document to another; None is no document."""
    return tuple(_fields(before or {}, after or {}, ()))


def _any(before: Any, after: Any, steps: Steps) -> Iterator[Difference]:
    if before == after:
        return
    inner = list(_inside(before, after, steps))
    yield from inner or [Difference(steps=steps, before=before, after=after)]


def _inside(before: Any, after: Any, steps: Steps) -> Iterator[Difference]:
    kinds = {type(side) for side in (before, after) if side is not None}
    if kinds == {dict}:
        yield from _fields(before or {}, after or {}, steps)
    elif kinds == {list} and any(isinstance(item, dict) for item in (*(before or ()), *(after or ()))):
        yield from _list(before or [], after or [], steps)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], steps: Steps) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        yield from _any(before.get(name), after.get(name), (*steps, name))


def _list(before: Sequence[Any], after: Sequence[Any], steps: Steps) -> Iterator[Difference]:
    fields = KNOWN_BY.get(str(steps[-1]))
    mine, theirs = (_by_name(items, fields) if fields else None for items in (before, after))
    if mine is None or theirs is None:
        yield from _align(before, after, steps)
        return
    yield from _fields(mine, theirs, steps)
    common = [[name for name in one if name in other] for one, other in ((mine, theirs), (theirs, mine))]
    if common[0] != common[1]:
        yield Difference(steps=steps, before=list(mine), after=list(theirs))


def item_key(item: Any, fields: Sequence[str]) -> str | None:
    """Return the key of an item: the text of its field, or of its fields; None where one is missing."""
    texts = [item.get(field) for field in fields] if isinstance(item, dict) else [None]
    written = [text for text in texts if isinstance(text, str)]
    return JOINT.join(written) if len(written) == len(texts) else None


def _by_name(items: Sequence[Any], fields: Sequence[str]) -> dict[str, Any] | None:
    """Return the items by key; None where the keys are not unique."""
    by_name = {name: item for item in items if (name := item_key(item, fields)) is not None}
    return by_name if len(by_name) == len(items) else None


def _align(before: Sequence[Any], after: Sequence[Any], steps: Steps) -> Iterator[Difference]:
    old, new = ([json.dumps(item, sort_keys=True) for item in items] for items in (before, after))
    for _, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for offset in range(max(high - low, end - start)):
            gone = before[low + offset] if offset < high - low else None
            come = after[start + offset] if offset < end - start else None
            yield from _any(gone, come, (*steps, low + offset if come is None else start + offset))
