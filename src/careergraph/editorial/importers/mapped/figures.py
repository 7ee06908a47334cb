"""Read mapped figures: of each attribute, one a row, for the occupations of the map."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.decimal_points import DecimalPoints
from careergraph.editorial.importers.figure import NotAFigure, figure_of
from careergraph.editorial.importers.mapped.files import Cells, MappedFile
from careergraph.editorial.importers.mapped.table_map import FigureColumns, Figures, MapFile
from careergraph.editorial.importers.source_data import Section, Uses
from careergraph.editorial.importers.tables.shape import ABSENT, ungrouped
from careergraph.engine.content.attribute import Attribute

_CELLS = {"interval_low": "low", "interval_high": "high", "sample_size": "sample"}
"""The names of cells in a table of figures that columns of a map have other names for."""
_AMOUNT = re.compile("\\d([\\d.,\N{SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*\\d)?")
"""A number as a table has it, also within a range; one that is none keeps its commas, and is told with its line."""
_NUMBERS = ("value", "low_end", "high_end", "interval_low", "interval_high", "share", "sample_size")


class MappedFigures:
    """The figures of occupations. Raises BadTable, and Rejected with all problems, while it is made."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is read, and what it is about
        self,
        file: MapFile,
        mapped: Sequence[MappedFile],
        snapshot: DatabaseSnapshot,
        uses: Uses,
        source: str,
        occupations: Collection[str],
    ) -> None:
        self._source, self._occupations = source, occupations
        self._sections: dict[str, dict[str, Section]] = {}
        self._attributes: list[str] = []
        self._problems: list[Problem] = []
        attributes = DocumentIndex(snapshot.live).attributes
        for table in mapped:
            if isinstance(entry := table.entry, Figures):
                if entry.attribute not in attributes:
                    path, keys = ("tables", table.place, "attribute"), ", ".join(sorted(attributes))
                    raise file.bad(path, f"there is no attribute {entry.attribute[:80]!a}; there are {keys}")
                self._read(table, entry, attributes[entry.attribute], uses)
        if self._problems:
            raise Rejected(self._problems)

    def of(self, occupation: str) -> Mapping[str, Section]:
        """Return the figures of an occupation by section, an empty one where a table has none."""
        nothing: dict[str, Section] = {f"2 {key}": {"values": []} for key in self._attributes}
        return nothing | self._sections.get(occupation, {})

    def _read(self, mapped: MappedFile, entry: Figures, attribute: Attribute, uses: Uses) -> None:
        self._attributes.append(entry.attribute)
        section, points = f"2 {entry.attribute}", DecimalPoints()
        for line, cells, use in mapped.rows(uses):
            figure = _cells(entry, cells)
            if cells["occupation"] not in self._occupations or figure["value"] in ABSENT:
                continue
            use.used += 1
            sections = self._sections.setdefault(cells["occupation"], {})
            if section in sections:
                self._problem(mapped, line, ProblemCode.DUPLICATE, "the occupation has another row", "occupation")
                continue
            try:
                sections[section] = {"values": [figure_of(attribute, self._source, figure)]}
                if entry.decimal is None:
                    points.note(attribute, figure, mapped.table.name, line)
            except NotAFigure as bad:
                self._problem(mapped, line, ProblemCode.BAD_VALUE, bad.message, bad.column)
        self._problems += points.problems()
        uses.require_joined(mapped.table, "an occupation that is imported")

    def _problem(self, mapped: MappedFile, line: int, code: ProblemCode, message: str, column: str) -> None:
        self._problems.append(Problem(code, message, (column,), file=mapped.table.name, line=line))


def _cells(entry: Figures, cells: Cells) -> dict[str, Any]:
    """Return the cells of a figure, as a table of your own would have them."""
    figure_cells: dict[str, Any] = dict.fromkeys(("suppress", "further", "published_for_title"), "")
    for name, field in zip(FigureColumns.__struct_encode_fields__, FigureColumns.__struct_fields__, strict=True):
        cell = cells.get(name) or entry.constants.get(name, "")
        if field in _NUMBERS:
            cell = "" if cell in ABSENT or cell in entry.absent else _number(cell, entry.decimal or ".")
        figure_cells[_CELLS.get(field, field)] = cell
    low, high = figure_cells.pop("low_end"), figure_cells.pop("high_end")
    if low or high:
        figure_cells["value"] = f"{low}-{high}"
    return figure_cells


def _number(cell: str, decimal: str) -> str:
    if decimal == ".":
        return cell
    return _AMOUNT.sub(lambda match: ungrouped(match[0], decimal) or match[0].replace(".", ","), cell)
