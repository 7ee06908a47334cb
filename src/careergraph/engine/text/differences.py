"""Differences: how far two figures are apart, and why two values are not comparable, in words."""

from decimal import Decimal

from careergraph.engine.content.outcome import Obstacle, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Number, Value
from careergraph.engine.text.brevity import remembered
from careergraph.engine.text.labels import label
from careergraph.engine.text.localized_catalog import LocalizedCatalog


def gap(localized: LocalizedCatalog, a: Value | None, b: Value | None, part: RangeEnd | None) -> str:
    """The distance of two comparable values, at one end of a range or as a whole; empty where no number says it."""
    if isinstance(a, Number) and isinstance(b, Number):
        return a.gap(difference(a.value, b.value), localized.locale)
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _money(localized, a, b, part)
    return ""


def difference(a: float, b: float) -> float:
    """The distance of two numbers as they are written in decimals: 0.2 for 9.2 and 9.0."""
    if a == int(a) and b == int(b):  # nearly all are whole, and these are exact
        return abs(a - b)
    if abs(a) < EXACT and abs(b) < EXACT and a == round(a, PLACES) and b == round(b, PLACES):
        return round(abs(a - b), PLACES)  # the error of the difference is far below the last place
    return float(abs(Decimal(str(a)) - Decimal(str(b))))


EXACT, PLACES = 10**6, 6
"""Numbers below it that have at most so many decimal places are subtracted as floats."""


def measured(localized: LocalizedCatalog, value: Value, obstacle: Obstacle) -> str:
    """The term of a value that another one does not have: its currency, its period, its basis, its region …"""
    if obstacle is Obstacle.REGION:
        return value.provenance.region or localized.word("label.value.unknown")
    if isinstance(value, MoneyRange):
        if obstacle is Obstacle.CURRENCY:
            return value.currency
        if obstacle is Obstacle.PERIOD:
            return localized.word(f"label.period.{value.period.lower()}")
        return basis_of(localized, value)
    return (value.unit or "") if isinstance(value, Number) else ""


def basis_of(localized: LocalizedCatalog, value: MoneyRange) -> str:
    """The basis of a range in words; of percentiles which two, where they are named."""
    if value.percentiles is None:
        return label(localized, f"basis.{value.basis.lower()}")
    low, high = (str(it) for it in value.percentiles)
    return label(localized, "basis.named-percentiles", low=low, high=high)


def _money(localized: LocalizedCatalog, a: MoneyRange, b: MoneyRange, part: RangeEnd | None) -> str:
    amounts = []
    if part is not _HIGH and a.low is not None and b.low is not None and a.low != b.low:
        amounts.append(difference(a.low, b.low))
    if part is not _LOW and a.high is not None and b.high is not None and a.high != b.high:
        amounts.append(difference(a.high, b.high))
    if not amounts:
        return ""
    least, most = min(amounts), max(amounts)
    high = remembered(localized, _amounts, (most, a.currency, a.period), _paid, localized, most, a)
    if least == most:
        return high
    low = remembered(localized, _amounts, (least, a.currency), localized.locale.amount, least, a.currency)
    return localized.general("gap-range")[0].fill({"low": low, "high": high})


def _amounts(_: LocalizedCatalog) -> dict[object, str]:
    return {}


def _paid(localized: LocalizedCatalog, amount: float, of: MoneyRange) -> str:
    return localized.locale.amount(amount, of.currency) + localized.locale.spoken_period(of.period)


_LOW, _HIGH = RangeEnd.LOW, RangeEnd.HIGH
