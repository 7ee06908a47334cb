"""Row cells: the rows of one pair and what they say in bytes, decided once for all pairs whose values compare alike."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, eq, lt
from typing import Any

from careergraph.api.compiler.fact_fragments import FactFragments, Facts, proved
from careergraph.api.compiler.fragment_cache import OVERHEAD
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_joints import Joint, JointNarrator, Unjoinable
from careergraph.api.compiler.statement_sheet import Cell
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.comparison.narrator import (
    RowReasons,
    RowsReasons,
    StatementNarrator,
    in_turn,
    reasons_of,
    summary_of,
)
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement

MARK = "\ue001X".encode()
"""What stands for a fact where a statement is cut at its facts."""

STATED: Any = object()
"""In the place of joints, where a statement does not fall into parts."""


class RowCells(FactFragments):
    """The part of a narrator that is about whole rows: `rows`, what each adds to the balance (`shares`), and what they
    say."""

    __slots__ = ("_cells", "_sheet_a", "_sheet_b", "rows", "shares")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        self._sheet_a, self._sheet_b = a, b = form.sheet(pair.of_a), form.sheet(pair.of_b)
        super().__init__(pair, form, a.facts, b.facts)
        keys = zip(
            *(a.kinds, b.kinds, map(lt, a.lows, b.lows), map(eq, a.lows, b.lows)),
            *(map(lt, a.highs, b.highs), map(eq, a.highs, b.highs)),
            strict=True,
        )
        cells: list[Any] = list(map(form.shelf.cells.get, keys))
        self._cells: Sequence[Cell] = cells
        if True in map(eq, a.figures, b.figures):  # one published figure on both sides does not compare
            same = [column for column, figure in enumerate(a.figures) if figure == b.figures[column]]
            for column in same:
                cells[column] = Cell(self._row(column), exact=False, own=True)
        for _ in range(cells.count(None)):
            column = cells.index(None)
            cells[column] = self._decide(column)
        rows = list(map(_row_of, cells))
        if None in rows:
            cells = [it for it in cells if it.row is not None]
            rows = list(map(_row_of, cells))
        self.rows, self.shares = rows, list(map(_share_of, cells))

    def _decide(self, column: int) -> Cell:
        """Compare two values, for all that compare alike."""
        a, b, shelf = self._sheet_a, self._sheet_b, self._form.shelf
        kinds, numbers = (a.kinds[column], b.kinds[column]), (a.lows[column], b.lows[column])
        cell = Cell(self._row(column), exact=all(kind % 2 for kind in kinds))
        if len(shelf.cells) < MOST_CELLS:
            highs = a.highs[column], b.highs[column]
            shelf.cells[*kinds, lt(*numbers), eq(*numbers), lt(*highs), eq(*highs)] = cell
            shelf.charge(CELL)
        return cell

    def _row(self, column: int) -> GlanceRow | None:
        pair = self.pair
        return row_of(*pair.localized.catalog.columns[column], pair.of_a.values[column], pair.of_b.values[column])

    def summaries(self, rows: Sequence[GlanceRow]) -> list[bytes]:
        statements: list[bytes] = []
        for row in rows:
            statements += self._summary(self._cells[row.column])
        return statements

    def _summary(self, cell: Cell) -> list[bytes]:
        joints: Any = cell.summary
        if joints is None:
            joints = cell.summary = self._joints(cell, summary_of)
        if joints is not STATED:
            try:
                return self._joined(joints)
            except Unjoinable:
                pass
        return self._encoded(self._stated(cell, summary_of))

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[bytes]:
        cells = map(self._cells.__getitem__, map(_column_of, rows))
        if self._form.proven:
            return in_turn([self._proved_reasons(it) for it in cells])
        return in_turn([it.worded or self._reasons(it) for it in cells])

    def _proved_reasons(self, cell: Cell) -> RowReasons[bytes]:
        if cell.worded is None:
            return self._reasons(cell)
        of_a, of_b, of_both = cell.worded
        column = cell.row.column  # type: ignore[union-attr] # of two absent values there are no reasons
        x, y = self._facts_a[column], self._facts_b[column]
        return of_a and proved(of_a, x, y), of_b and proved(of_b, x, y), of_both and proved(of_both, x, y)

    def _reasons(self, cell: Cell) -> RowReasons[bytes]:
        joints: Any = cell.reasons
        if joints is None:
            joints = cell.reasons = self._joints(cell, reasons_of)
        if joints is not STATED:
            try:
                reasons = [it and self._joined(it) for it in joints]
            except Unjoinable:
                pass
            else:
                if cell.exact or not any(joints):
                    self._keep(cell, reasons)
                return reasons[0], reasons[1], reasons[2]
        of_a, of_b, of_both = self._stated(cell, reasons_of)
        return self._encoded(of_a), self._encoded(of_b), self._encoded(of_both)

    def _keep(self, cell: Cell, reasons: Sequence[Sequence[bytes]]) -> None:
        """Keep the reasons of a row for all pairs with these two values, cut at their facts."""
        if self._form.proven and any(reasons):
            marks = {cell.row.column: MARK}  # type: ignore[union-attr] # of two absent values there are no reasons
            try:
                cut: Any = [[whole.split(MARK) for whole in self._join(it, marks, marks)] for it in cell.reasons]
            except KeyError:  # facts about an end
                return
            reasons = cut
        self._form.shelf.charge(sum([len(it) + OVERHEAD for of_one in reasons for it in of_one]))
        cell.worded = reasons[0], reasons[1], reasons[2]

    def _joints(self, cell: Cell, say: Callable[..., Any]) -> Any:
        """Return the joints of what a row says, as far as these fall into parts."""
        if cell.own:
            return STATED
        try:
            return say(JointNarrator(self.pair, self._form), cell.row)
        except Unjoinable:
            return STATED

    def _joined(self, joints: Sequence[Joint]) -> list[bytes]:
        """Put statements together. Raises Unjoinable."""
        try:
            return self._join(joints, self._facts_a, self._facts_b)
        except KeyError:
            self._fill(joints)
            return self._join(joints, self._facts_a, self._facts_b)

    def _join(self, joints: Sequence[Joint], facts_a: Facts, facts_b: Facts) -> list[bytes]:
        a, b = self._sheet_a.parts, self._sheet_b.parts
        if self._form.plain:
            return [b[first] + a[last] if of_b else a[first] + b[last] for first, last, of_b, _, _ in joints]
        return [
            join(b[first], a[last], facts_a[fact], facts_b[fact])
            if of_b
            else join(a[first], b[last], facts_a[fact], facts_b[fact])
            for first, last, of_b, join, fact in joints
        ]

    def _fill(self, joints: Sequence[Joint]) -> None:
        """Render the parts and facts of both careers that are not there yet. Raises Unjoinable."""
        form, pair = self._form, self.pair
        of_a, of_b = (self._sheet_a, pair.of_a), (self._sheet_b, pair.of_b)
        for joint in joints:
            first, last = (of_b, of_a) if joint.of_b else (of_a, of_b)
            form.fill(*first, joint.first)
            form.fill(*last, joint.last)
            if form.proven and type(joint.fact) is tuple:
                column, part = joint.fact
                key = pair.localized.catalog.columns[column][1].key
                self._facts_a[joint.fact], self._facts_b[joint.fact] = form.facts(pair.ends(key, part))

    def _stated(self, cell: Cell, say: Callable[[StatementNarrator, Any], Any]) -> Any:
        """Return what a row of this very pair says, as statements."""
        return say(StatementNarrator(self.pair), self._row(cell.row.column))  # type: ignore[union-attr]

    def _encoded(self, statements: Iterable[Statement]) -> list[bytes]:
        return list(map(self._form.encode, statements))


CELL = 600
"""Bytes that a cell takes beside its reasons."""

MOST_CELLS = 10_000
"""The most cells of a form that are kept: careers have few kinds of values."""

_row_of, _share_of, _column_of = attrgetter("row"), attrgetter("share"), attrgetter("column")
