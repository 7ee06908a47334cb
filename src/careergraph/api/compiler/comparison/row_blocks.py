"""Row blocks: the rows of a pair and what they say in bytes, decided once for all pairs whose values compare alike."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from careergraph.api.compiler.comparison.assembly import CONSTANT, OF_A, OF_B
from careergraph.api.compiler.comparison.move_fragments import MoveFragments
from careergraph.api.compiler.comparison.statement_form import StatementForm, is_lacking
from careergraph.api.compiler.comparison.statement_pieces import Indivisible, PieceNarrator
from careergraph.api.compiler.comparison.statement_sheet import Block, Cell, Pieces, RowStatements, Say
from careergraph.api.compiler.comparison.value_keys import WIDTH, columns_of
from careergraph.engine.comparison.glance import GlanceRow, row_of
from careergraph.engine.comparison.narrator import RowsReasons, StatementNarrator, reasons_of, summary_of
from careergraph.engine.text.localized_career import CareerPair

Lists = TypeVar("Lists")


class RowBlocks(MoveFragments):
    """The part of a narrator that is about whole rows: `rows`, the same in `runs` where other pairs had all of these
    before, what is added to the balance (`shares`), and what they say."""

    __slots__ = ("_blocks", "rows", "runs", "shares")

    def __init__(self, pair: CareerPair, form: StatementForm) -> None:
        super().__init__(pair, form)
        a, b, kept = self._sheet_a, self._sheet_b, form.cache.blocks
        keys = form.layout.keys.of(a.line, b.line)
        blocks: list[Any] = list(map(kept.get, keys))
        self.runs: Sequence[tuple[GlanceRow, ...]] = ()
        if not a.figures.isdisjoint(b.figures):
            blocks = self._with_same_figures(keys)
        elif None in blocks:
            blocks = [kept.get(key) or self._keep_block(place, key) for place, key in enumerate(keys)]
        else:
            self.runs = list(map(_rows_of, blocks))
        self._blocks, self.shares = blocks, list(map(_share_of, blocks))
        self.rows = tuple(chain.from_iterable(self.runs or map(_rows_of, blocks)))

    def _keep_block(self, place: int, key: bytes) -> Block:
        """Put the values of a few columns side by side, for all that compare alike."""
        blocks = self._form.cache.blocks
        block = Block([self._cell(*it) for it in _columns(place, key)])
        if len(blocks) < MOST_BLOCKS:
            blocks[key] = block
            self._form.shelf.charge(BLOCK)
        return block

    def _cell(self, column: int, key: bytes) -> Cell:
        """Do the same for one column."""
        cells = self._form.cache.cells
        if (cell := cells.get(key)) is None:
            cell = Cell(self._row(column))
            if len(cells) < MOST_CELLS:
                cells[key] = cell
                self._form.shelf.charge(CELL)
        return cell

    def _with_same_figures(self, keys: Iterable[bytes]) -> list[Block]:
        """Do so where both have one published figure, which does not compare with itself: the block of such a column
        is of this pair alone."""
        blocks = []
        for place, key in enumerate(keys):
            columns = _columns(place, key)
            same = [column for column, _ in columns if self._is_same_figure(column)]
            if same:
                cells = [Cell(self._row(it)) if it in same else self._cell(it, key) for it, key in columns]
                blocks.append(Block(cells))
            else:
                blocks.append(self._form.cache.blocks.get(key) or self._keep_block(place, key))
        return blocks

    def _is_same_figure(self, column: int) -> bool:
        row = self._row(column)
        figure = None if row is None or row.a is None else row.a.figure()
        return figure is not None and row is not None and row.b is not None and figure == row.b.figure()

    def _row(self, column: int) -> GlanceRow | None:
        pair, columns = self.pair, self.pair.localized.catalog.columns
        if column >= len(columns):
            return None  # the last key may have room for more
        return row_of(*columns[column], pair.of_a.values[column], pair.of_b.values[column])

    def summaries(self, rows: Sequence[GlanceRow]) -> list[bytes]:
        blocks = self._blocks_of(rows)
        stated: list[Any] = list(map(_summary_of, blocks))
        if None in stated:
            stated = [block.summary or self._summary(block) for block in blocks]
        return self._put(stated, self._one_list)

    def reasons(self, rows: Sequence[GlanceRow]) -> RowsReasons[bytes]:
        blocks = self._blocks_of(rows)
        stated: list[Any] = list(map(_reasons_of, blocks))
        if None in stated:
            stated = [block.reasons or self._reasons(block) for block in blocks]
        return self._put(stated, self._three_lists)

    def _blocks_of(self, rows: Sequence[GlanceRow]) -> Sequence[Block]:
        """Return the blocks of the rows: each row's own, in the order of a reader's weights, where these are not
        `self.rows`."""
        if rows is self.rows:
            return self._blocks
        cells = {row.column: cell for block in self._blocks for row, cell in zip(block.rows, block.cells, strict=True)}
        return [cells[row.column].alone() for row in rows]

    def _summary(self, block: Block) -> RowStatements:
        """Return what the rows say at the top; keep it, if it is the same for all of the block."""
        statements, is_kept = self._say(summary_of, [it for it in block.cells if it.in_summary])
        if is_kept:
            block.summary = statements
        return statements

    def _reasons(self, block: Block) -> RowStatements:
        """Do the same for their reasons."""
        statements, is_kept = self._say(reasons_of, block.cells)
        if is_kept:
            block.reasons = statements
        return statements

    def _say(self, say: Say, cells: Iterable[Cell]) -> tuple[RowStatements, bool]:
        """Put what some rows say behind each other, list by list."""
        every = [self._statements_of(cell, say) for cell in cells]
        lists = [
            [piece for part in parts for it in part for piece in it]
            for parts in zip(*[it for it, _ in every], strict=True)
        ]
        return RowStatements(lists), all(is_kept for _, is_kept in every)

    def _statements_of(self, cell: Cell, say: Say) -> tuple[Sequence[Sequence[Pieces]], bool]:
        """Return the lists of statements about a row; and whether they are the same for all of the cell, rather than
        those of this very pair."""
        if say not in cell.says:
            try:
                cell.says[say] = lists = _lists(say(PieceNarrator(self.pair, self._form), cell.row))
                self._expect(cell, lists)
            except Indivisible:
                cell.says[say] = None
        if (kept := cell.says[say]) is not None:
            return kept, True
        row: Any = cell.row
        stated = _lists(say(StatementNarrator(self.pair), self._row(row.column)))
        return [[self._form.fitted([(CONSTANT, self._form.encode(it))]) for it in part] for part in stated], False

    def _expect(self, cell: Cell, lists: Sequence[Sequence[Pieces]]) -> None:
        """Note which parts all careers need whose values are of these kinds."""
        row: Any = cell.row
        cache = self._form.cache
        kinds = self._sheet_a.kinds[row.column], self._sheet_b.kinds[row.column]
        for table, key in [piece for part in lists for it in part for piece in it]:
            if table != CONSTANT:
                cache.expected.setdefault(kinds[table], set()).add(cache.parts[key][0])

    def _put(self, stated: Sequence[RowStatements], join: Callable[[Sequence[RowStatements]], Lists]) -> Lists:
        """Put statements together."""
        try:
            return join(stated)
        except (IndexError, TypeError):  # a part is not there yet
            for sheet, of, side in ((self._sheet_a, self.pair.of_a, OF_A), (self._sheet_b, self.pair.of_b, OF_B)):
                self._form.fill_expected(sheet, of)
                for number in [number for it in stated for number in it.numbers[side]]:
                    if is_lacking(sheet, number):
                        self._form.fill(sheet, of, number)
            return join(stated)

    def _one_list(self, stated: Sequence[RowStatements]) -> list[bytes]:
        a, b, pieces = self._sheet_a.parts, self._sheet_b.parts, list[Any]()
        for each in stated:
            if each.is_any:
                of_a, of_b, order, constants = each.steps
                pieces += order(of_a(a) + of_b(b) + constants)
        return self._joined(pieces)

    def _three_lists(self, stated: Sequence[RowStatements]) -> RowsReasons[bytes]:
        a, b = self._sheet_a.parts, self._sheet_b.parts
        for_a: list[Any] = []
        for_b: list[Any] = []
        for_both: list[Any] = []
        for each in stated:
            if each.is_any:
                of_a, of_b, order, constants = each.steps
                first, second, third = each.lists
                pieces = order(of_a(a) + of_b(b) + constants)
                for_a += pieces[first]
                for_b += pieces[second]
                for_both += pieces[third]
        return self._joined(for_a), self._joined(for_b), self._joined(for_both)

    def _joined(self, pieces: Sequence[Any]) -> list[bytes]:
        return list(map(_join, zip(*[iter(pieces)] * self._form.layout.pieces)))  # noqa: B905 - they fit


def _columns(place: int, key: bytes) -> list[tuple[int, bytes]]:
    """Return the columns of the key at a place, each with its own key."""
    return list(enumerate(columns_of(key), place * WIDTH))


def _lists(statements: Any) -> Sequence[Sequence[Any]]:
    """Return the lists of statements that a function of the engine gives: one, or several."""
    return [statements] if type(statements) is list else statements


CELL, BLOCK = 400, 1200
"""Bytes that a cell takes, and a block."""

MOST_CELLS, MOST_BLOCKS = 10_000, 5_000
"""The most cells and blocks of a form that are kept: careers have few kinds of values."""

_rows_of, _share_of, _summary_of, _reasons_of = map(attrgetter, ("rows", "share", "summary", "reasons"))
_join = b"".join
