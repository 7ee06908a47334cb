"""Gap: by how much two figures differ, as it is read. Counted in the decimal numbers that were written."""

from decimal import Decimal

from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Number, Value
from careergraph.engine.text.localized_catalog import LocalizedCatalog


def gap(localized: LocalizedCatalog, a: Value | None, b: Value | None, part: RangeEnd | None) -> str:
    """By how much two comparable values differ, at one end of a range or as a whole; empty where no number says it."""
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _money(localized, a, b, part)
    if isinstance(a, Number) and isinstance(b, Number):
        return a.gap(difference(a.value, b.value), localized.locale)
    return ""


def difference(a: float, b: float) -> float:
    """The distance of two numbers: 0.2 for 9.2 and 9.0."""
    if a == int(a) and b == int(b):  # nearly all are whole, and these are exact
        return abs(a - b)
    return float(abs(Decimal(str(a)) - Decimal(str(b))))


def _money(localized: LocalizedCatalog, a: MoneyRange, b: MoneyRange, part: RangeEnd | None) -> str:
    amounts = [difference(mine, theirs) for mine, theirs in _ends(a, b, part) if mine != theirs]
    if not amounts:
        return ""
    locale = localized.locale
    period = locale.spoken_period(a.period)
    least, most = min(amounts), max(amounts)
    text = locale.amount(least, a.currency)
    if least == most:
        return text + period
    return localized.general("gap-range")[0].fill({"low": text, "high": locale.amount(most, a.currency) + period})


def _ends(a: MoneyRange, b: MoneyRange, part: RangeEnd | None) -> list[tuple[float, float]]:
    """The ends that both ranges have, of those that are meant."""
    pairs = [(a.low, b.low), (a.high, b.high)]
    if part is not None:
        pairs = pairs[:1] if part is RangeEnd.LOW else pairs[1:]
    return [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
