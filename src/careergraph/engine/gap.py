"""Gap: by how much two figures differ, as it is read. Counted in the decimal numbers that were written."""

from decimal import Decimal

from careergraph.engine.edition import Edition
from careergraph.engine.outcome import RangeEnd
from careergraph.engine.values import MoneyRange, Number, Value

ENDS = tuple(RangeEnd)


def gap(edition: Edition, a: Value | None, b: Value | None, part: RangeEnd | None) -> str:
    """By how much two comparable values differ, at one end of a range or as a whole; empty where no number says it."""
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _money(edition, a, b, part)
    if isinstance(a, Number) and isinstance(b, Number):
        return a.worded(difference(a.value, b.value), ("gap",), edition.locale)
    return ""


def difference(a: float, b: float) -> float:
    """The distance of two numbers: 0.2 for 9.2 and 9.0."""
    return float(abs(Decimal(str(a)) - Decimal(str(b))))


def _money(edition: Edition, a: MoneyRange, b: MoneyRange, part: RangeEnd | None) -> str:
    ends = ENDS if part is None else (part,)
    pairs = [(mine, theirs) for it in ends if (mine := a.end(it)) is not None and (theirs := b.end(it)) is not None]
    amounts = sorted({difference(mine, theirs) for mine, theirs in pairs} - {0.0})
    if not amounts:
        return ""
    locale = edition.locale
    period = locale.spoken_period(a.period)
    least, most = (locale.amount(it, a.currency) for it in (amounts[0], amounts[-1]))
    if len(amounts) == 1:
        return least + period
    return edition.general("gap-range")[0].fill({"low": least, "high": most + period})
