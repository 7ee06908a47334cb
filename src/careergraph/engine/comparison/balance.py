"""Balance: the rows of a glance sorted by their outcomes, for verdict and lead. No text is made here."""

from typing import NamedTuple

from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.statement import make_tuple


class Strength(NamedTuple):
    """That one side is ahead in a row, or at one end of a range."""

    row: GlanceRow
    part: RangeEnd | None


class Balance(NamedTuple):
    """The rows by their outcomes: the strengths of each side, rows with equal values, with different values of which
    none is better, with a value of one side only, with values that are not comparable, and with ranges without a common
    end."""

    a: list[Strength]
    b: list[Strength]
    level: list[GlanceRow]
    different: list[GlanceRow]
    one_sided: list[GlanceRow]
    apart: list[GlanceRow]
    open: list[GlanceRow]

    def compared(self) -> list[GlanceRow]:
        """The rows of two comparable figures, in the order of the glance."""
        rows = {it.row.column: it.row for it in (*self.a, *self.b)}
        rows |= {row.column: row for row in (*self.level, *self.different)}
        return [rows[column] for column in sorted(rows)]


def balance(pair: CareerPair, glance: Glance) -> Balance:
    """Sort the rows of a pair's glance, once."""
    if pair.balance is None:
        pair.balance = _balance(glance)
    result: Balance = pair.balance
    return result


def _balance(glance: Glance) -> Balance:
    balance = Balance([], [], [], [], [], [], [])
    others = {_TIE: balance.level, _DIFFERS: balance.different, _APART: balance.apart}
    for row in glance.rows:
        if ahead := row.ahead:
            for side, part in ahead:
                (balance.a if side is _A else balance.b).append(make_tuple(Strength, (row, part)))
        elif (outcome := row.outcome) is _UNKNOWN:
            (balance.one_sided if row.a is None or row.b is None else balance.open).append(row)
        else:
            others[outcome].append(row)
    return balance


_A, _TIE, _APART, _UNKNOWN = Outcome.A, Outcome.TIE, Outcome.NOT_COMPARABLE, Outcome.UNKNOWN
_DIFFERS = Outcome.DIFFERS
