"""The data of a source: its documents, in sections, and how its tables were used.

A section holds the fields of one table for a document. A later release may lack a table: its section then stays as in
the release before.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from careergraph.editorial.importers.tables.shape import Shaped
from careergraph.editorial.importers.tables.table import BadTable

Tell = Callable[[str], None]
"""A function that shows the present step to people."""
Section = Mapping[str, Any]
"""Some of a document's fields, as plain JSON."""
REFERENCE = "@"
"""The prefix of a reference to a document of the source, before its ident. No slug looks like it."""
PROPOSER = "import"
"""Who proposes, and accepts, a link to the very concept that a source names."""


def linked_skill(text: Mapping[str, str], ident: str) -> dict[str, Any]:
    """Return a skill of a career with a link to a concept of the source."""
    return {
        "text": text,
        "concepts": [{"skill": REFERENCE + ident, "proposedBy": PROPOSER, "acceptedBy": PROPOSER}],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDocument:
    """A document as a source has it. `ident` is its identity in the source, `slug` its slug if it is new, with
    `variant` appended where that is taken. `sections` are by name, without those of missing tables. An existing
    document with an external id of `ids` (scheme and id) is the same; else the only one with one of the `names`, or if
    it is `shared` the document with the slug, which may be that of several of the source's. `titles` are those that the
    source itself has. A `partial` one adds to an
    existing document, and creates none."""

    ident: str
    type: str
    slug: str
    variant: str
    sections: Mapping[str, Section]
    ids: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    shared: bool = False
    partial: bool = False


def whole(sections: Mapping[str, Section]) -> dict[str, Any]:
    """Return the fields of all sections. Lists of one field are joined in the order of the sections' names, without
    duplicates."""
    values: dict[str, list[Any]] = {}
    for name in sorted(sections):
        for field_name, value in sections[name].items():
            values.setdefault(field_name, []).append(value)
    return {field_name: _join(parts) for field_name, parts in values.items()}


def _join(parts: list[Any]) -> Any:
    if len(parts) > 1 and isinstance(parts[0], list):
        items: dict[str | bytes, Any] = {}
        for part in parts:
            for item in part:
                items.setdefault(item if isinstance(item, str) else msgspec.json.encode(item), item)
        return list(items.values())
    if len(parts) > 1 and isinstance(parts[0], dict):
        names = dict.fromkeys(name for part in parts for name in part)
        return {name: _join([part[name] for part in parts if name in part]) for name in names}
    return parts[0]


@dataclass(slots=True)
class Use:
    """The use of a table: its rows, and how many of them were used."""

    path: Path
    name: str
    what: str
    rows: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """The data of a source.

    `vintage` is its release. `listed` are the idents of all that it still has, imported or not; None if nothing is
    retired. `left_out` says which parts are not imported, and why. If it `prevails`, figures of other imports give way
    to it, and only those of editors do not.
    """

    importer: str
    vintage: str
    documents: tuple[ProposedDocument, ...]
    listed: frozenset[str] | None
    uses: tuple[Use, ...]
    left_out: tuple[str, ...] = ()
    prevails: bool = False

    def table_uses(self) -> list[Use]:
        """Return one use for all that is read of a table for one purpose: the one of the most rows."""
        most: dict[tuple[Path, str], Use] = {}
        for use in self.uses:
            other = most.setdefault((use.path, use.what), use)
            if use.used > other.used:
                most[use.path, use.what] = use
        return list(most.values())


@dataclass(slots=True)
class Uses:
    """Count the rows of tables as they are read."""

    tell: Tell
    every: list[Use] = field(default_factory=list)

    def rows(self, table: Shaped, *columns: str) -> Iterator[tuple[int, tuple[str, ...], Use]]:
        """Yield the rows of a table, each with the use to count it in."""
        self.tell(f"reading {table.name}")
        use = Use(table.table.path, table.name, table.shape.name)
        self.every.append(use)
        for line, cells in table.texts(*columns):
            use.rows += 1
            yield line, cells, use

    def require_joined(self, table: Shaped, among: str) -> None:
        """Refuse a table without a useful row. Raises BadTable."""
        use = next(it for it in reversed(self.every) if it.path == table.table.path)
        if use.rows and not use.used:
            raise BadTable(table.name, f"none of its {use.rows:,} rows is of {among}: is it the right file?")
