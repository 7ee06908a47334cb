"""Row cells: the rows of one pair and their reasons in bytes, most of them kept for all pairs with such values."""

from collections.abc import Sequence
from operator import attrgetter, call, eq
from typing import Any, cast

from careergraph.api.compiler.fact_fragments import FactFragments, proved
from careergraph.api.compiler.fragment_cache import OVERHEAD
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_sheet import MARK, Cell, Sheet
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.comparison.narrator import RowReasons, RowsReasons, in_turn, reasons_of
from careergraph.engine.text.localized_career import CareerPair


class RowCells(FactFragments):
    """The part of a narrator that is about whole rows: `rows`, what each adds to the balance (`shares`), and the
    reasons that they give."""

    __slots__ = ("_cells", "_of_a", "_of_b", "rows", "shares")

    def __init__(self, pair: CareerPair, form: StatementForm, a: Sheet, b: Sheet) -> None:
        super().__init__(pair, form, a.facts, b.facts)
        self._of_a, self._of_b = a.values, b.values
        cells: list[Any] = list(map(call, a.cells_against, b.kinds))
        self._cells: Sequence[Cell] = cells
        if True in map(eq, a.figures, b.figures):  # one published figure on both sides does not compare
            same = [column for column, figure in enumerate(a.figures) if figure == b.figures[column]]
            for column in same:
                cells[column] = Cell(self._row(column), own=True)
        for _ in range(cells.count(None)):
            column = cells.index(None)
            cells[column] = self._decide(column)
        rows = list(map(_row_of, cells))
        if None in rows:
            cells = [it for it in cells if it.row is not None]
            rows = list(map(_row_of, cells))
        self.rows, self.shares = rows, list(map(_share_of, cells))

    def _decide(self, column: int) -> Cell:
        """Compare two values, for all careers that have such unless there are too many of them."""
        here, there = self._of_a[column], self._of_b[column]
        few = here.kind and there.kind
        cell = Cell(self._row(column), own=not few)
        if few:
            here.against[there.kind] = cell
            self._form.shelf.charge(OVERHEAD)
        return cell

    def _row(self, column: int) -> GlanceRow | None:
        pair = self.pair
        return row_of(*pair.localized.catalog.columns[column], pair.of_a.values[column], pair.of_b.values[column])

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[bytes]:
        cells = map(self._cells.__getitem__, map(_column_of, rows))
        if self._form.proven:
            return in_turn([self._proved_reasons(it) for it in cells])
        return in_turn([it.reasons or self._reasons(it) for it in cells])

    def _reasons(self, cell: Cell) -> RowReasons[Any]:
        """Return the reasons of a row, cut at their facts or whole."""
        row: Any = cell.row
        if cell.reasons is None:
            cell.reasons = self._worded_reasons(row)
        return cell.reasons or self._stated(row)

    def _stated(self, row: GlanceRow) -> RowReasons[bytes]:
        narrator: Any = self  # it is one together with the statements of the class below
        return reasons_of(narrator, row)

    def _proved_reasons(self, cell: Cell) -> RowReasons[bytes]:
        of_a, of_b, of_both = worded = cell.reasons or self._reasons(cell)
        if cell.reasons:
            column = cell.row.column  # type: ignore[union-attr] # of two absent values there are no reasons
            x, y = self._facts_a[column], self._facts_b[column]
            return of_a and proved(of_a, x, y), of_b and proved(of_b, x, y), of_both and proved(of_both, x, y)
        return worded

    def _worded_reasons(self, row: GlanceRow) -> RowReasons[Any] | tuple[()]:
        """Word the reasons of a row for all pairs with these two values (see `Cell`)."""
        form, of_class = self._form, cast(Any, type(self))  # the narrator below, which needs no more than a form
        narrator: RowCells = of_class(self.pair, form)
        narrator._facts_a = narrator._facts_b = [MARK] * len(self._of_a)
        of_a, of_b, of_both = narrator._stated(row)
        form.shelf.charge(sum(map(len, (*of_a, *of_b, *of_both))) + OVERHEAD)
        if not form.proven:
            return of_a, of_b, of_both
        cut_a, cut_b, cut_both = [[it.split(MARK) for it in reasons] for reasons in (of_a, of_b, of_both)]
        return (cut_a, cut_b, cut_both) if all(len(it) == 3 for it in (*cut_a, *cut_b, *cut_both)) else ()


_row_of, _share_of, _column_of = attrgetter("row"), attrgetter("share"), attrgetter("column")
