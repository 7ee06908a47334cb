"""Balance: the rows of a glance sorted by their outcomes, for verdict and lead. No text is made here."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.text.advantage_phrases import AdvantageName
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import make_tuple


class _Ahead(NamedTuple):
    row: GlanceRow
    part: RangeEnd | None


class Strength(_Ahead):
    """That one side is ahead in a row, or at one end of a range. `name` caches its name."""

    name: AdvantageName | None = None


class Balance(NamedTuple):
    """The rows by their outcomes: the strengths of each side, rows with equal values, with different values of which
    none is better, with a value of one side only, with values that are not comparable, and with ranges whose open or
    absent ends leave it open; and how many `rows` there are."""

    a: list[Strength]
    b: list[Strength]
    level: list[GlanceRow]
    different: list[GlanceRow]
    one_sided: list[GlanceRow]
    apart: list[GlanceRow]
    open: list[GlanceRow]
    rows: int

    def two_sided(self) -> list[GlanceRow]:
        """The rows of which both sides have a figure, in the order of the glance; none where no two can be compared."""
        rows = {it.row.column: it.row for it in (*self.a, *self.b)}
        rows |= {row.column: row for row in (*self.level, *self.different)}
        if rows:  # what cannot be compared, or is left open, is known for both all the same
            rows |= {row.column: row for row in (*self.apart, *self.open)}
        return [rows[column] for column in sorted(rows)]


LISTS = len(Balance._fields) - 1
"""The lists of a balance."""

Share = Sequence[Sequence[Any]]
"""What one row, or several, add to each of them."""


def balance(pair: CareerPair, glance: Glance, shares: Sequence[Share] | None = None) -> Balance:
    """Sort the rows of a pair's glance, once. `shares` are those of its rows, or of runs of them, where they are there
    already."""
    if pair.balance is None:
        rows = glance.rows
        pair.balance = _total(list(map(share_of, rows)) if shares is None else shares, len(rows))
    result: Balance = pair.balance
    return result


def share_of(row: GlanceRow) -> Share:
    """Return what one row adds to a balance."""
    share: list[Sequence[Any]] = [()] * LISTS
    if row.ahead:
        for side, part in row.ahead:
            share[side is _B] = (*share[side is _B], make_tuple(Strength, (row, part)))
    elif row.outcome is _UNKNOWN:
        share[_ONE_SIDED if row.a is None or row.b is None else _OPEN] = (row,)
    else:
        share[_PLACES[row.outcome]] = (row,)
    return share


def _total(shares: Sequence[Share], rows: int) -> Balance:
    lists = map(list, map(_chain, zip(*shares, strict=True))) if shares else ([] for _ in range(LISTS))
    total: Balance = make_tuple(Balance, (*lists, rows))
    return total


_chain = chain.from_iterable
_B, _UNKNOWN = Outcome.B, Outcome.UNKNOWN
_LEVEL, _DIFFERENT, _ONE_SIDED, _APART, _OPEN = range(2, LISTS)
_PLACES: Mapping[Outcome, int] = {
    Outcome.TIE: _LEVEL,
    Outcome.DIFFERS: _DIFFERENT,
    Outcome.NOT_COMPARABLE: _APART,
}
