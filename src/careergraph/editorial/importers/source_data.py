"""Said: all that a source says, in one import, and which of its tables said it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from careergraph.editorial.importers.proposed_document import ProposedDocument
from careergraph.editorial.importers.tables.shape import Shaped
from careergraph.editorial.importers.tables.table import BadTable

Tell = Callable[[str], None]
"""Is told what is being done."""


@dataclass(slots=True)
class Use:
    """The use of a table: the number of its rows, and of those that were used."""

    path: Path
    name: str
    what: str
    rows: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceData:
    """What a source says.

    `importer` is who says it, `vintage` of which release. `listed` are the idents of all that the source still has,
    wanted or not; None where nobody asked what is gone. `left_out` says what is not imported, and why.
    Where it `prevails`, figures of other imports give way to it, and only what editors wrote does not.
    """

    importer: str
    vintage: str
    documents: tuple[ProposedDocument, ...]
    listed: frozenset[str] | None
    uses: tuple[Use, ...]
    left_out: tuple[str, ...] = ()
    prevails: bool = False


@dataclass(slots=True)
class Uses:
    """Counts the rows of tables as they are read, and tells which is."""

    tell: Tell
    every: list[Use] = field(default_factory=list)

    def rows(self, table: Shaped, *columns: str) -> Iterator[tuple[int, tuple[str, ...], Use]]:
        """The rows of a table, each with the count to add to where it is of use."""
        self.tell(f"reading {table.name}")
        use = Use(table.table.path, table.name, table.shape.name)
        self.every.append(use)
        for line, cells in table.rows(*columns):
            use.rows += 1
            yield line, cells, use

    def require_joined(self, table: Shaped, among: str) -> None:
        """Refuses a table of which no row was of use. Raises BadTable."""
        use = next(it for it in reversed(self.every) if it.path == table.table.path)
        if use.rows and not use.used:
            raise BadTable(table.name, f"none of its {use.rows:,} rows is of {among}: is it the right file?")
