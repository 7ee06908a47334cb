"""FieldChange: what changed between two states of a document, part by part, in few words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from careergraph.editorial.content.diff import Difference, difference
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import Steps, render
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.value_kinds import BadValue, Provenance, parse_value
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.documents.documents import FIGURE_FIELDS, ValuePart

LONGEST = 40
"""The most letters of a text that are told."""
FIGURES = ("values", "regionalValues")


class FieldChangeKind(DescribedEnum):
    """How a part of a document changed."""

    NEW = "NEW", "The document is new."
    REMOVED = "REMOVED", "The document is gone."
    VALUE = "VALUE", "A field or a figure says something else, says something now, or nothing any longer."
    ORIGIN = "ORIGIN", "A figure is the same, but its source, date or method is not."
    MORE = "MORE", "A list has so many items more."
    FEWER = "FEWER", "A list has so many items fewer."
    ITEMS = "ITEMS", "So many items of a list are others."
    ORDER = "ORDER", "A list has the same items in another order."


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A part of a document that changed: a field, a list, or a figure, whose `label` is that of its attribute and its
    region. `before` and `after` are short; None where there is nothing."""

    kind: FieldChangeKind
    steps: Steps = ()
    label: str | None = None
    before: str | None = None
    after: str | None = None
    count: int = 0

    @property
    def path(self) -> str:
        """The field as a path: `title.de`; empty for the whole document."""
        return render(self.steps)


def field_changes(
    before: Body | None, after: Body | None, catalog: Catalog, locale: str = DEFAULT_LOCALE
) -> tuple[FieldChange, ...]:
    """Return what changed from one state to another; None is no document. Figures are worded as in the catalog's
    locale."""
    if before is None or after is None:
        kind = FieldChangeKind.NEW if before is None else FieldChangeKind.REMOVED
        return () if before is after else (FieldChange(kind=kind),)
    return tuple(dict.fromkeys(_parts(before, after, catalog, locale)))


def _parts(before: Body, after: Body, catalog: Catalog, locale: str) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name in FIGURES:
            yield from _figures(name, old or [], new or [], catalog, locale)
        elif isinstance(old or new, list):
            yield _count(name, old or [], new or [])
        else:
            yield from (_field(it) for it in difference({name: old}, {name: new}))


def _figures(name: str, before: list[Any], after: list[Any], catalog: Catalog, locale: str) -> Iterator[FieldChange]:
    old, new = ({(it["attribute"], it.get("region")): it for it in figures} for figures in (before, after))
    for key, region in dict.fromkeys((*old, *new)):
        figures = [some.get((key, region)) for some in (old, new)]
        if figures[0] != figures[1]:
            words = [None if it is None else _display(it, catalog, locale) for it in figures]
            kind = FieldChangeKind.ORIGIN if words[0] == words[1] else FieldChangeKind.VALUE
            label = _label(key, region, catalog, locale)
            yield FieldChange(kind=kind, steps=(name, key), label=label, before=words[0], after=words[1])


def _label(key: str, region: str | None, catalog: Catalog, locale: str) -> str:
    attribute = catalog.attributes.get(key)
    labels = {} if attribute is None else attribute.label
    label = labels.get(locale) or labels.get(DEFAULT_LOCALE, key)
    return label if region is None else f"{label} ({region})"


def _display(written: Mapping[str, Any], catalog: Catalog, locale: str) -> str:
    """Return a figure as readers see it; where it cannot be read, its fields."""
    try:
        part = msgspec.convert(written, ValuePart)
        provenance = Provenance(source=catalog.sources[part.source])
        value = parse_value(catalog.attributes[part.attribute], provenance, part.figure())
        return value.display(catalog.locales.get(locale) or catalog.locales[DEFAULT_LOCALE])
    except (KeyError, msgspec.ValidationError, BadValue):
        return _short(", ".join(f"{name} {written[name]}" for name in FIGURE_FIELDS.values() if name in written))


def _count(name: str, before: list[Any], after: list[Any]) -> FieldChange:
    more = len(after) - len(before)
    others = max(sum(it not in before for it in after), sum(it not in after for it in before))
    if more:
        kind = FieldChangeKind.MORE if more > 0 else FieldChangeKind.FEWER
        return FieldChange(kind=kind, steps=(name,), count=abs(more))
    return FieldChange(kind=FieldChangeKind.ITEMS if others else FieldChangeKind.ORDER, steps=(name,), count=others)


def _field(change: Difference) -> FieldChange:
    words = [None if it is None else _short(it) for it in (change.before, change.after)]
    return FieldChange(kind=FieldChangeKind.VALUE, steps=change.steps, before=words[0], after=words[1])


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
