"""Differences: how far two figures are apart, and why two values are not comparable, in words."""

from decimal import Decimal
from math import nan

from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.outcome import Obstacle, RangeEnd
from careergraph.engine.content.source import SourceKind
from careergraph.engine.content.value_kinds import Choice, Level, MoneyRange, Number, Value
from careergraph.engine.text.labels import label
from careergraph.engine.text.localized_catalog import LocalizedCatalog

MEDIAN = 50
"""The percentile that has a name of its own."""

EXACT, PLACES = 10**6, 6
"""Numbers below it that have at most so many decimal places are subtracted as floats."""


def gap(localized: LocalizedCatalog, a: Value | None, b: Value | None, part: RangeEnd | None) -> str:
    """The distance of two comparable values, at one end of a range or as a whole; empty where no number says it."""
    if isinstance(a, Number) and isinstance(b, Number):
        return a.gap(difference(a.value, b.value), localized.locale)
    if isinstance(a, MoneyRange) and isinstance(b, MoneyRange):
        return _money(localized, a, b, part)
    return ""


def gap_number(value: Value | None) -> float:
    """Return a number whose difference from that of another value of the attribute settles the text of their distance:
    0 where no number says it, and nan where one number does not settle it."""
    if isinstance(value, Number):
        return value.value if _is_short(value.value) else nan
    return nan if isinstance(value, MoneyRange) else 0.0


def difference(a: float, b: float) -> float:
    """The distance of two numbers as they are written in decimals: 0.2 for 9.2 and 9.0."""
    if not (a % 1 or b % 1):  # nearly all are whole, and these are exact
        return abs(a - b)
    if _is_short(a) and _is_short(b):
        return round(abs(a - b), PLACES)  # the error of the difference is far below the last place
    return float(abs(Decimal(str(a)) - Decimal(str(b))))


def _is_short(number: float) -> bool:
    return abs(number) < EXACT and number == round(number, PLACES)


def row_title(localized: LocalizedCatalog, title: str) -> str:
    """Name the row of a source, which has a title in the source's language alone."""
    return localized.name({DEFAULT_LOCALE: title})


def in_row(localized: LocalizedCatalog, value: Value, text: str) -> str:
    """Add to the text of a figure the name of the source's row, where that row covers more careers than this one."""
    if (title := value.provenance.published_for_title) is None:
        return text
    name = "figure-of-row" if is_published(value) else "figure-from-row"
    return localized.general(name)[0].fill({"value": text, "row": row_title(localized, title)})


def is_published(value: Value) -> bool:
    """Return whether a figure is a source's own, rather than made from one."""
    return value.provenance.source.kind is SourceKind.MEASURED


def differing_term(localized: LocalizedCatalog, value: Value, obstacle: Obstacle) -> str:
    """The term of a value that another one does not have: its currency, its period, its basis, its region …"""
    if obstacle is Obstacle.REGION:
        return value.provenance.region or localized.word("label.value.unknown")
    if isinstance(value, Level | Choice):
        rank = value.rank if isinstance(value, Level) else value.index
        return localized.read(value.attribute.options[rank].edition) or label(localized, "edition.only")
    if isinstance(value, MoneyRange):
        if obstacle is Obstacle.CURRENCY:
            return value.currency
        if obstacle is Obstacle.PERIOD:
            return localized.word(f"label.period.{value.period.lower()}")
        return basis_of(localized, value)
    return (value.unit or "") if isinstance(value, Number) else ""


def basis_of(localized: LocalizedCatalog, value: MoneyRange) -> str:
    """The basis of a range in words; of percentiles which two, or which one, where they are named."""
    if value.percentiles is None:
        return label(localized, f"basis.{value.basis.lower()}")
    low, high = value.percentiles
    if low != high:
        return label(localized, "basis.named-percentiles", low=str(low), high=str(high))
    return label(localized, "basis.median" if low == MEDIAN else "basis.named-percentile", n=str(low))


def _money(localized: LocalizedCatalog, a: MoneyRange, b: MoneyRange, part: RangeEnd | None) -> str:
    amounts = []
    if part is not _HIGH and a.low is not None and b.low is not None and a.low != b.low:
        amounts.append(difference(a.low, b.low))
    if part is not _LOW and a.high is not None and b.high is not None and a.high != b.high:
        amounts.append(difference(a.high, b.high))
    if not amounts:
        return ""
    least, most = min(amounts), max(amounts)
    if _is_open(a, part) or _is_open(b, part):
        return localized.locale.at_least(localized.pay(least, a.currency, a.period))
    high = localized.pay(most, a.currency, a.period)
    if least == most:
        return high
    return localized.general("gap-range")[0].fill({"low": localized.pay(least, a.currency), "high": high})


def _is_open(value: MoneyRange, part: RangeEnd | None) -> bool:
    return value.open_end is not None and (part is None or value.is_open(part))


_LOW, _HIGH = RangeEnd.LOW, RangeEnd.HIGH
