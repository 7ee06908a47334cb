"""Entries of a CMS as tables: each field is a column, and each list of things a table of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from careergraph.editorial.importers.pulled.texts import text_of

DEEPEST = 8
"""The most levels of an entry that are read."""
SEPARATOR = "|"
"""What stands between the items of a list of texts, as a map's `lists` has it by default."""
IDS = ("id", "documentId", "slug")
"""The fields of an entry that the rows of its lists repeat, as `parent.id` and so on."""

Entry = dict[str, Any]
Row = dict[str, str]
Tables = dict[str, list[Row]]


def tables_of(entries: Iterable[tuple[str, Entry]]) -> Tables:
    """The tables of entries, each of which names its table."""
    tables: Tables = {}
    for name, entry in entries:
        _add(tables, name, entry, {}, DEEPEST)
    return tables


def _add(tables: Tables, name: str, entry: Entry, parent: Row, levels: int) -> None:
    cells = dict(_cells("", entry, levels))
    row = parent | {path: cell for path, cell in cells.items() if isinstance(cell, str)}
    tables.setdefault(name, []).append(row)
    ids = {f"parent.{field}": row[field] for field in IDS if row.get(field)}
    for path, items in cells.items():
        for item in items if isinstance(items, list) and levels > 1 else ():
            _add(tables, f"{name}.{path}", item, ids, levels - 1)


def _cells(path: str, value: Any, levels: int) -> Iterator[tuple[str, str | list[Entry]]]:
    """The cells of a value by their paths, such as `category.name`; the items of a list are entries of their own."""
    if (text := text_of(value)) is not None:
        yield path, text
    elif isinstance(value, dict):
        for name, member in value.items() if levels else ():
            yield from _cells(f"{path}.{name}" if path else name, member, levels - 1)
    elif isinstance(value, list):
        yield path, SEPARATOR.join(_cell(it) for it in value if not isinstance(it, dict))
        if entries := [it for it in value if isinstance(it, dict)]:
            yield path, entries
    else:
        yield path, _cell(value)


def _cell(value: Any) -> str:
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())
