"""Conflict: two people changed one document. Both sides are shown field by field, and one is chosen for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.responses import Response

from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.visit import Data, Visit
from careergraph.web.core.codes import Refusal, WebCode

Place = tuple[str, ...]
"""A field of a document: its name, and inside of a text or among figures the locale or the attribute."""
KEYED = "values"
"""The list whose items are told apart by a key."""
KEY = "attribute"


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs: what both started from, and both sides."""

    place: Place
    base: Any
    yours: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The name of its choice in the form."""
        return ".".join(self.place)

    @property
    def is_list(self) -> bool:
        """Whether it is a list, of which one side is kept as a whole."""
        return isinstance(self.yours, list) or isinstance(self.theirs, list)

    @property
    def is_mine(self) -> bool:
        """Whether yours is chosen at first: theirs is what it was."""
        return bool(self.theirs == self.base)


def show_conflict(visit: Visit, path: str, conflict: Data, view: FormView) -> Response:
    """Show the fields that differ, each with both sides."""
    base, yours, theirs = (_flatten(conflict[name] or {}) for name in ("base", "yours", "theirs"))
    places = [place for place in {**theirs, **yours} if yours.get(place) != theirs.get(place)]
    rows = [Row(place, base.get(place), yours.get(place), theirs.get(place)) for place in places]
    mine = msgspec.json.encode(conflict["yours"] or {}).decode()
    return visit.render("conflict.html", 409, path=path, conflict=conflict, rows=rows, form=view, mine=mine)


def merged(visit: Visit, theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Their document, with the fields of yours that were chosen in the form of a conflict. Raises Refusal
    (BAD_REQUEST)."""
    try:
        yours = _flatten(msgspec.json.decode(visit.form.get("@yours"), type=dict[str, Any]))
    except (msgspec.DecodeError, KeyError, TypeError):
        raise Refusal(WebCode.BAD_REQUEST, "The form cannot be read.") from None
    fields = _flatten(theirs)
    for name, side in visit.form.fields:
        if name.startswith("side:") and side == "yours":
            place = tuple(name.removeprefix("side:").split(".", 1))  # a phrase has dots in its own name
            fields.pop(place, None)
            if place in yours:
                fields[place] = yours[place]
    return _gather(fields)


def _flatten(document: Mapping[str, Any]) -> dict[Place, Any]:
    fields: dict[Place, Any] = {}
    for name, value in document.items():
        if isinstance(value, Mapping):
            fields |= {(name, key): each for key, each in value.items()}
        elif name == KEYED:
            fields |= {(name, each[KEY]): each for each in value}
        else:
            fields[name,] = value
    return fields


def _gather(fields: Mapping[Place, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for (name, *key), value in fields.items():
        if not key:
            document[name] = value
        elif name == KEYED:
            document.setdefault(name, []).append(value)
        else:
            document.setdefault(name, {})[key[0]] = value
    return document
