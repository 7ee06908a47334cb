"""The change between two states of a document on one line: `Salary: $90,000 -> $95,000; 2 skills more`."""

from careergraph.editorial.content.diff import JOINT
from careergraph.editorial.content.field_changes import FieldChange, FieldChangeKind, field_changes
from careergraph.editorial.content.outcome import Body
from careergraph.engine.content import Catalog

MOST = 3
"""The most changes that are told; of the others there is the number."""
NOTHING = "nothing changed"


def change_line(before: Body | None, after: Body | None, catalog: Catalog) -> str:
    """Describe the change from one state to another, in English; figures are worded as in the catalog."""
    parts = [_words(it) for it in field_changes(before, after, catalog)]
    rest = [f"{len(parts) - MOST} changes more"] if len(parts) > MOST + 1 else parts[MOST:]
    return "; ".join([*parts[:MOST], *rest]) or NOTHING


def _words(change: FieldChange) -> str:
    name, count = _name(change), change.count
    match change.kind:
        case FieldChangeKind.NEW | FieldChangeKind.REMOVED:
            return change.kind.lower()
        case FieldChangeKind.VALUE:
            return f"{name}: {_arrow(change.before, change.after)}"
        case FieldChangeKind.ORIGIN:
            return f"{name}: source, date or method"
        case FieldChangeKind.ORDER:
            return f"{name} in another order"
    how = {FieldChangeKind.MORE: "more", FieldChangeKind.FEWER: "fewer", FieldChangeKind.ITEMS: "changed"}
    return f"{count} {_noun(name, count)} {how[change.kind]}"


def _name(change: FieldChange) -> str:
    if change.label is not None or not change.steps:
        return change.label or ""
    name, *rest = [str(it).replace(JOINT, " ") for it in change.steps]
    return f"{name} ({', '.join(rest)})" if rest else name


def _noun(name: str, count: int) -> str:
    words = "".join(f" {it.lower()}" if it.isupper() else it for it in name)
    if count != 1:
        return words
    return words.removesuffix("ies") + "y" if words.endswith("ies") else words.removesuffix("s")


def _arrow(before: str | None, after: str | None) -> str:
    if before is None:
        return f"added {after}"
    return f"removed {before}" if after is None else f"{before} -> {after}"
