"""Balance: what the rows of a glance weigh, sorted by what comes out of them. Verdict and lead are both made of it."""

from collections.abc import Iterator
from typing import NamedTuple, cast

from careergraph.engine.comparison.advantage import ahead, strength
from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange
from careergraph.engine.text.localized_career import LocalizedCareer, localize_career
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.pair import CareerPair
from careergraph.engine.text.statement import Fact


class Strength(NamedTuple):
    """That one side is ahead in a row, or at one end of a range."""

    row: GlanceRow
    part: RangeEnd | None


class Balance(NamedTuple):
    """The rows by what they say: each side's strengths, what both have alike, what differs without being better, what
    only one side has, what cannot be compared, ranges without a common end."""

    a: list[Strength]
    b: list[Strength]
    level: list[GlanceRow]
    different: list[GlanceRow]
    one_sided: list[GlanceRow]
    apart: list[GlanceRow]
    open: list[GlanceRow]

    def compared(self) -> list[GlanceRow]:
        """The rows of two figures that can be compared, in the order of the glance."""
        rows = {it.row.column: it.row for it in (*self.a, *self.b)}
        rows |= {row.column: row for row in (*self.level, *self.different)}
        return [rows[column] for column in sorted(rows)]


# Looking up a member of an enum costs more than what it is compared with here.
_A, _B, _TIE, _DIFFERS, _APART = Outcome.A, Outcome.B, Outcome.TIE, Outcome.DIFFERS, Outcome.NOT_COMPARABLE


def balance(pair: CareerPair, glance: Glance) -> Balance:
    """The balance of a pair's glance, worked out once."""
    if pair.balance is None:
        pair.balance = _balance(glance)
    return cast("Balance", pair.balance)


def _balance(glance: Glance) -> Balance:
    balance = Balance([], [], [], [], [], [], [])
    for row in glance.rows:
        outcome = row.outcome
        if outcome is _TIE:
            balance.level.append(row)
        elif outcome is _APART:
            balance.apart.append(row)
        elif outcome is _A or outcome is _B or outcome is _DIFFERS:
            _weigh(balance, row)
        elif row.a is None or row.b is None:
            balance.one_sided.append(row)
        else:
            balance.open.append(row)
    return balance


def _weigh(balance: Balance, row: GlanceRow) -> None:
    if type(row.a) is not MoneyRange:
        if row.outcome is _DIFFERS:
            balance.different.append(row)
        else:
            (balance.a if row.outcome is _A else balance.b).append(Strength(row, None))
        return
    sides = ahead(row)
    for side, part in sides:
        (balance.a if side is _A else balance.b).append(Strength(row, part))
    if not sides:
        balance.different.append(row)


def facts_of(pair: CareerPair, strengths: list[Strength]) -> tuple[Fact, ...]:
    """What proves strengths: for each a's value, b's value."""
    facts: list[Fact] = []
    for row, part in strengths:
        facts += pair.facts(row.column) if part is None else pair.ends(row.attribute.key, part)
    return tuple(facts)


def row_facts(pair: CareerPair, rows: list[GlanceRow]) -> Iterator[Fact]:
    """What proves something about rows of two values: for each a's value, b's value."""
    for row in rows:
        yield from pair.facts(row.column)


def named(spoken: LocalizedCatalog, localized_career: LocalizedCareer, ahead_by: Strength) -> str:
    """Name a strength of a career in the words of a localized catalog: `the higher salary floor`."""
    here = localize_career(spoken, localized_career.career)
    return strength(spoken, here.reading(ahead_by.row.column), ahead_by.part)
