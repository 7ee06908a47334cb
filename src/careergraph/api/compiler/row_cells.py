"""Row cells: the rows of one pair and what they say in bytes, decided once for all pairs whose values compare alike."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, groupby
from operator import attrgetter, eq, getitem, lt
from typing import Any

from careergraph.api.compiler.fragment_cache import OVERHEAD
from careergraph.api.compiler.move_fragments import MoveFragments
from careergraph.api.compiler.statement_form import WIDTH, StatementForm
from careergraph.api.compiler.statement_references import Indivisible, ReferenceNarrator
from careergraph.api.compiler.statement_sheet import (
    A_FACTS,
    A_PARTS,
    B_FACTS,
    B_PARTS,
    CONSTANTS,
    OWN,
    Cell,
    Piece,
    References,
)
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.comparison.narrator import (
    RowsReasons,
    StatementNarrator,
    reasons_of,
    summary_of,
)
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import Statement

Say = Callable[..., Any]
"""A function of the engine that says something of a row, with a narrator."""


class RowCells(MoveFragments):
    """The part of a narrator that is about whole rows: `rows`, what each adds to the balance (`shares`), and what they
    say."""

    __slots__ = ("_cells", "_tables", "rows", "shares")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        super().__init__(pair, form)
        a, b = self._sheet_a, self._sheet_b
        self._tables: Sequence[dict[Any, Any]] = (a.parts, b.parts, a.facts, b.facts, form.shelf.constants, {})
        keys = zip(
            *(a.kinds, b.kinds, map(lt, a.lows, b.lows), map(eq, a.lows, b.lows)),
            *(map(lt, a.highs, b.highs), map(eq, a.highs, b.highs)),
            strict=True,
        )
        cells: list[Any] = list(map(form.shelf.cells.get, keys))
        if True in map(eq, a.figures, b.figures):  # one published figure on both sides does not compare
            same = [column for column, figure in enumerate(a.figures) if figure == b.figures[column]]
            for column in same:
                cells[column] = Cell(self._row(column), exact=False, stated=(summary_of, reasons_of))
        for _ in range(cells.count(None)):
            column = cells.index(None)
            cells[column] = self._decide(column)
        rows = tuple(map(_row_of, cells))
        if None in rows:
            cells = [it for it in cells if it.row is not None]
            rows = tuple(map(_row_of, cells))
        self._cells, self.rows, self.shares = cells, rows, list(map(_share_of, cells))

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
        cells = self._cells_of(rows)
        summaries: list[Any] = list(map(_summary_of, cells))
        if None in summaries:
            summaries = [self._summary(it) if it.summary is None else it.summary for it in cells]
        return self._put(*zip(*summaries, strict=True)) if summaries else []

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[bytes]:
        cells = self._cells_of(rows)
        reasons: list[Any] = list(map(_reasons_of, cells))
        if None in reasons:
            reasons = [it.reasons or self._reasons(it) for it in cells]
        if not reasons:
            return [], [], []
        tables_a, keys_a, tables_b, keys_b, tables, keys = zip(*reasons, strict=True)
        statements = self._put((*tables_a, *tables_b, *tables), (*keys_a, *keys_b, *keys))
        pieces = self._form.layout.pieces
        a = sum(map(len, keys_a)) // pieces
        b = a + sum(map(len, keys_b)) // pieces
        return statements[:a], statements[a:b], statements[b:]

    def _cells_of(self, rows: Sequence[GlanceRow]) -> Sequence[Cell]:
        """Return the cells of the rows, in the order of a reader's weights where these are not `self.rows`."""
        if rows is self.rows:
            return self._cells
        cells = dict(zip(map(_column_of, self.rows), self._cells, strict=True))
        return [cells[row.column] for row in rows]

    def _summary(self, cell: Cell) -> References:
        """Return what a row says at the top; keep it, if it is the same for all of the cell."""
        row: Any = cell.row
        if not row.attribute.in_summary:
            cell.summary = References()
            return cell.summary
        (statements,), is_kept = self._state(cell, summary_of)
        summary = _in_line(statements)
        if is_kept:
            cell.summary = summary
            self._expect(cell, *summary)
        return summary

    def _reasons(self, cell: Cell) -> Sequence[Sequence[Any]]:
        """Do the same for its reasons."""
        statements, is_kept = self._state(cell, reasons_of)
        if not is_kept:
            return [part for it in statements for part in _in_line(it)]
        cell.reasons = [part for it in statements for part in _in_line(map(self._fix, it) if cell.exact else it)]
        for tables, keys in zip(cell.reasons[::2], cell.reasons[1::2], strict=True):
            self._expect(cell, tables, keys)
        return cell.reasons

    def _expect(self, cell: Cell, tables: Sequence[int], keys: Sequence[Any]) -> None:
        """Note which parts all careers need whose values are of these kinds."""
        row: Any = cell.row
        expected, kinds = self._form.shelf.expected, (self._sheet_a.kinds[row.column], self._sheet_b.kinds[row.column])
        for table, key in zip(tables, keys, strict=True):
            if table in (A_PARTS, B_PARTS):
                expected.setdefault(kinds[table], set()).add(key - key % WIDTH)

    def _state(self, cell: Cell, say: Say) -> tuple[Sequence[Sequence[References]], bool]:
        """Return the lists of statements about a row; and whether they are the same for all of the cell, rather than
        those of this very pair."""
        if say not in cell.stated:
            try:
                return _lists(say(ReferenceNarrator(self.pair, self._form), cell.row)), True
            except Indivisible:
                cell.stated = (*cell.stated, say)
        row: Any = cell.row
        lists = _lists(say(StatementNarrator(self.pair), self._row(row.column)))
        return [list(map(self._refer_to, it)) for it in lists], False

    def _refer_to(self, statement: Statement) -> References:
        """Return a statement that no other pair has."""
        data = self._form.encode(statement)
        self._tables[OWN][data] = data
        return self._form.fitted([(OWN, data)])

    def _fix(self, statement: References) -> References:
        """Return a statement for all pairs with these two values: what stands around its facts is a constant."""
        pieces = list[Piece]()
        for is_fact, group in groupby(zip(*statement, strict=True), _is_fact):
            if is_fact:
                pieces += group
            else:
                data = b"".join([self._look_up(*it) for it in group])
                self._form.shelf.charge(len(data) + OVERHEAD)
                pieces.append((CONSTANTS, data))
        return self._form.fitted(pieces)

    def _put(self, tables: Sequence[Sequence[int]], keys: Sequence[Sequence[Any]]) -> list[bytes]:
        """Put statements together, from the tables and the keys of their pieces."""
        pieces = map(getitem, map(self._tables.__getitem__, _chain(tables)), _chain(keys))
        try:
            return list(map(_join, zip(*[pieces] * self._form.layout.pieces)))  # noqa: B905 - quicker, and they fit
        except KeyError:
            self._form.fill_expected(self._sheet_a, self.pair.of_a)
            self._form.fill_expected(self._sheet_b, self.pair.of_b)
            for each in zip(_chain(tables), _chain(keys), strict=True):
                self._look_up(*each)
            return self._put(tables, keys)

    def _look_up(self, table: int, key: Any) -> Any:
        """Return a piece; render it, if it is not there yet."""
        pieces, pair, form = self._tables[table], self.pair, self._form
        if key not in pieces:
            if table == CONSTANTS:
                pieces[key] = key
            elif table == A_PARTS:
                form.fill(self._sheet_a, pair.of_a, key)
            elif table == B_PARTS:
                form.fill(self._sheet_b, pair.of_b, key)
            else:
                column, part = key
                ends = pair.ends(pair.localized.catalog.columns[column][1].key, part)
                self._facts_a[key], self._facts_b[key] = form.facts(ends)
        return pieces[key]


def _lists(statements: Any) -> Sequence[Sequence[Any]]:
    """Return the lists of statements that a function of the engine gives: one, or several."""
    return [statements] if type(statements) is list else statements


def _in_line(statements: Iterable[References]) -> References:
    """Put the references of statements behind each other."""
    return References(*map(tuple, map(_chain, zip(*statements, strict=True))))


def _is_fact(piece: Piece) -> bool:
    return piece[0] in (A_FACTS, B_FACTS)


CELL = 600
"""Bytes that a cell takes beside its reasons."""

MOST_CELLS = 10_000
"""The most cells of a form that are kept: careers have few kinds of values."""

_row_of, _share_of, _column_of = attrgetter("row"), attrgetter("share"), attrgetter("column")
_join = b"".join
_summary_of, _reasons_of, _chain = attrgetter("summary"), attrgetter("reasons"), chain.from_iterable
