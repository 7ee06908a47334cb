"""Row cells: the rows of one pair and what they say in bytes, decided once for all pairs whose values compare alike."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter, eq, lt
from typing import Any, NamedTuple

from careergraph.api.compiler.fact_fragments import FactFragments, Facts
from careergraph.api.compiler.fragment_cache import OVERHEAD
from careergraph.api.compiler.statement_form import StatementForm
from careergraph.api.compiler.statement_joints import Joint, JointNarrator, Unjoinable
from careergraph.api.compiler.statement_sheet import Cell
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.comparison.narrator import (
    RowReasons,
    RowsReasons,
    StatementNarrator,
    reasons_of,
    summary_of,
)
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement

MARK = "\ue001X".encode()
"""What stands for a fact where a statement is cut at its facts."""


class _Marked(dict[Any, bytes]):
    def __missing__(self, _: object) -> bytes:
        return MARK


MARKED = _Marked()
"""Marks in the place of all facts."""


class Cut(NamedTuple):
    """A statement cut at its two facts, those of a column."""

    before: bytes
    between: bytes
    behind: bytes
    column: int


Piece = bytes | Joint | Cut
"""What a statement of a pair is made of."""

Say = Callable[..., Any]
"""A function of the engine that says something of a row, with a narrator."""


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
                cells[column] = Cell(self._row(column), exact=False, stated=(summary_of, reasons_of))
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
        cells = [self._cells[row.column] for row in rows]
        pieces: list[Any] = list(map(_summary_of, cells))
        if None in pieces:
            pieces = [self._summary(it) if it.summary is None else it.summary for it in cells]
        return self._join(list(_chain(pieces)))

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[bytes]:
        cells = list(map(self._cells.__getitem__, map(_column_of, rows)))
        pieces: list[Any] = list(map(_reasons_of, cells))
        if None in pieces:
            pieces = [it.reasons or self._reasons(it) for it in cells]
        of_a, of_b, of_both = map(_chain, zip(*pieces, strict=True)) if pieces else ((), (), ())
        return self._join(list(of_a)), self._join(list(of_b)), self._join(list(of_both))

    def _summary(self, cell: Cell) -> Sequence[Piece]:
        """Return what a row says at the top; keep it, if it is the same for all of the cell."""
        if (joints := self._joints(cell, summary_of)) is None:
            return self._encoded(self._stated(cell, summary_of))
        summary: Sequence[Joint] = joints
        cell.summary = summary
        return summary

    def _reasons(self, cell: Cell) -> RowReasons[Piece]:
        """Do the same for its reasons."""
        if (joints := self._joints(cell, reasons_of)) is None:
            of_a, of_b, of_both = self._stated(cell, reasons_of)
            return self._encoded(of_a), self._encoded(of_b), self._encoded(of_both)
        of_a, of_b, of_both = joints
        if cell.exact:
            of_a, of_b, of_both = self._whole(of_a), self._whole(of_b), self._whole(of_both)
        cell.reasons = of_a, of_b, of_both
        return cell.reasons

    def _joints(self, cell: Cell, say: Say) -> Any:
        """Return the joints of what a row says; None where it does not fall into parts."""
        if say in cell.stated:
            return None
        try:
            joints = say(JointNarrator(self.pair, self._form), cell.row)
            self._fill(joints if type(joints) is list else _chain(joints))
            return joints
        except Unjoinable:
            cell.stated = (*cell.stated, say)
            return None

    def _whole(self, joints: Sequence[Joint]) -> Sequence[Piece]:
        """Put statements together for all pairs with these two values, cut at their facts."""
        charge, pieces = self._form.shelf.charge, list[Piece]()
        for joint in joints:
            if type(joint.fact) is not int:  # facts about an end
                pieces.append(joint)
                continue
            (whole,) = self._put([joint], MARKED, MARKED)
            charge(len(whole) + OVERHEAD)
            cut: Any = whole.split(MARK)
            pieces.append(_make(Cut, (*cut, joint.fact)) if self._form.proven else whole)
        return pieces

    def _join(self, pieces: Sequence[Piece]) -> list[bytes]:
        """Put statements together."""
        try:
            return self._put(pieces, self._facts_a, self._facts_b)
        except KeyError:
            self._fill([it for it in pieces if type(it) is Joint])
            return self._put(pieces, self._facts_a, self._facts_b)

    def _put(self, pieces: Sequence[Any], facts_a: Facts, facts_b: Facts) -> list[bytes]:
        a, b = self._sheet_a.parts, self._sheet_b.parts
        if self._form.plain:
            return [it if type(it) is bytes else b[it[0]] + a[it[1]] if it[2] else a[it[0]] + b[it[1]] for it in pieces]
        statements: list[bytes] = []
        for piece in pieces:
            if type(piece) is Cut:
                before, between, behind, fact = piece
                statements.append(b"".join((before, facts_a[fact], between, facts_b[fact], behind)))
            elif type(piece) is bytes:
                statements.append(piece)
            else:
                first, last, of_b, join, fact = piece
                here, there = (b, a) if of_b else (a, b)
                statements.append(join(here[first], there[last], facts_a[fact], facts_b[fact]))
        return statements

    def _fill(self, joints: Iterable[Joint]) -> None:
        """Render the parts and facts of both careers that are not there yet."""
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

    def _stated(self, cell: Cell, say: Say) -> Any:
        """Return what a row of this very pair says, as statements."""
        return say(StatementNarrator(self.pair), self._row(cell.row.column))  # type: ignore[union-attr] # it has a row

    def _encoded(self, statements: Iterable[Statement]) -> list[bytes]:
        return list(map(self._form.encode, statements))


CELL = 600
"""Bytes that a cell takes beside its reasons."""

MOST_CELLS = 10_000
"""The most cells of a form that are kept: careers have few kinds of values."""

_row_of, _share_of, _column_of = attrgetter("row"), attrgetter("share"), attrgetter("column")
_make = tuple.__new__
_summary_of, _reasons_of, _chain = attrgetter("summary"), attrgetter("reasons"), chain.from_iterable
