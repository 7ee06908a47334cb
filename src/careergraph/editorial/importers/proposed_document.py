"""Wanted: what a source says of a document, in sections, one for each table that says some of it.

A later release may lack a table. What its section said before then stands, and is not taken for gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Section = Mapping[str, Any]
"""Some of a document's fields, as plain JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDocument:
    """What a source says of a document of a type. `ident` is what the source knows it by among all of its documents,
    `slug` what it is to be called where it is new, with `variant` behind where that is taken. `sections` are by name;
    those of tables that were not there are not in it. Whoever is known by an external id of `ids` (scheme and id) is
    this document already; else a skill concept that is called by one of `names`, or where it is `shared` whatever has
    the slug. What is `partial` says some of a document that is there, and makes none.
    """

    ident: str
    type: str
    slug: str
    variant: str
    sections: Mapping[str, Section]
    ids: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    shared: bool = False
    partial: bool = False


def whole(sections: Mapping[str, Section]) -> dict[str, Any]:
    """The fields of all sections: lists of the same field follow one another, in the order of the sections' names."""
    fields: dict[str, Any] = {}
    for name in sorted(sections):
        for field, value in sections[name].items():
            fields[field] = _join(fields[field], value) if field in fields else value
    return fields


def _join(first: Any, second: Any) -> Any:
    if isinstance(first, list):
        return [*first, *[it for it in second if it not in first]]
    return {
        name: _join(first[name], second[name]) if name in first and name in second else {**second, **first}[name]
        for name in dict.fromkeys((*first, *second))
    }
