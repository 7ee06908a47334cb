"""The change between two states of a document on one line: `Salary: $90,000 -> $95,000; 2 skills more`."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from careergraph.editorial.content.diff import JOINT, Difference, difference
from careergraph.editorial.content.outcome import Body
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.value_kinds import BadValue, Provenance, parse_value
from careergraph.store.documents.documents import FIGURE_FIELDS, ValuePart

MOST = 3
"""The most changes that are told; of the others there is the number."""
LONGEST = 40
"""The most letters of a text that are told."""
NOTHING = "nothing changed"


def change_line(before: Body | None, after: Body | None, catalog: Catalog) -> str:
    """Describe the change from one state to another, in English; figures are worded as in the catalog."""
    if before is None or after is None:
        return "removed" if before is not None else NOTHING if after is None else "new"
    parts = list(dict.fromkeys(_parts(before, after, catalog)))
    rest = [f"{len(parts) - MOST} changes more"] if len(parts) > MOST + 1 else parts[MOST:]
    return "; ".join([*parts[:MOST], *rest]) or NOTHING


def _parts(before: Body, after: Body, catalog: Catalog) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if name in ("values", "regionalValues"):
            yield from _figures(old or [], new or [], catalog)
        elif isinstance(old or new, list):
            yield _count(name, old or [], new or [])
        else:
            yield from (_field(it) for it in difference({name: old}, {name: new}))


def _figures(before: list[Any], after: list[Any], catalog: Catalog) -> Iterator[str]:
    old, new = ({(it["attribute"], it.get("region")): it for it in figures} for figures in (before, after))
    for place in dict.fromkeys((*old, *new)):
        one, other = old.get(place), new.get(place)
        if one != other:
            key, region = place
            attribute = catalog.attributes.get(key)
            label = key if attribute is None else attribute.label.get(DEFAULT_LOCALE, key)
            name = label if region is None else f"{label} ({region})"
            texts = [None if it is None else _display(it, catalog) for it in (one, other)]
            same = one is not None and other is not None and texts[0] == texts[1]
            yield f"{name}: {'source, date or method' if same else _arrow(*texts)}"


def _display(written: Mapping[str, Any], catalog: Catalog) -> str:
    """Return a figure as readers see it; where it cannot be read, its fields."""
    try:
        part = msgspec.convert(written, ValuePart)
        provenance = Provenance(source=catalog.sources[part.source])
        value = parse_value(catalog.attributes[part.attribute], provenance, part.figure())
        return value.display(catalog.locales[DEFAULT_LOCALE])
    except (KeyError, msgspec.ValidationError, BadValue):
        return _short(", ".join(f"{name} {written[name]}" for name in FIGURE_FIELDS.values() if name in written))


def _count(name: str, before: list[Any], after: list[Any]) -> str:
    more = len(after) - len(before)
    changed = max(sum(it not in before for it in after), sum(it not in after for it in before))
    if more:
        return f"{abs(more)} {_noun(name, abs(more))} {'more' if more > 0 else 'fewer'}"
    return f"{changed} {_noun(name, changed)} changed" if changed else f"{name} in another order"


def _noun(name: str, count: int) -> str:
    words = "".join(f" {it.lower()}" if it.isupper() else it for it in name)
    if count != 1:
        return words
    return words.removesuffix("ies") + "y" if words.endswith("ies") else words.removesuffix("s")


def _field(change: Difference) -> str:
    name, *rest = [str(it).replace(JOINT, " ") for it in change.steps]
    place = f"{name} ({', '.join(rest)})" if rest else name
    return f"{place}: {_arrow(*[None if it is None else _short(it) for it in (change.before, change.after)])}"


def _arrow(before: str | None, after: str | None) -> str:
    if before is None:
        return f"added {after}"
    return f"removed {before}" if after is None else f"{before} -> {after}"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
