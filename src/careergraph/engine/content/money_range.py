"""Money ranges: the pay of a career, as two ends of which one may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf, nextafter
from typing import Self, TypeVar

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.outcome import Obstacle, Outcome, RangeEnd
from careergraph.engine.content.value import AHEAD, BadValue, Provenance, Value, ahead, read_number
from careergraph.engine.described_enum import DescribedEnum

Member = TypeVar("Member", bound=StrEnum)


class Period(DescribedEnum):
    """The period that an amount of money is paid for."""

    HOUR = "HOUR", "For an hour of work."
    DAY = "DAY", "For a day of work."
    WEEK = "WEEK", "For a week of work."
    MONTH = "MONTH", "For a month of work."
    YEAR = "YEAR", "For a year of work."
    ONCE = "ONCE", "Once, for the whole."


class Basis(DescribedEnum):
    """The meaning of the two ends of a money range."""

    POSTED = "POSTED", "The range that job advertisements state."
    PERCENTILES = (
        "PERCENTILES",
        "Two percentiles of what people are paid; `lowPercentile` and `highPercentile` say which.",
    )
    EDITORIAL = "EDITORIAL", "An editor's estimate; `method` says how it was made."


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRange(Value):
    """An amount of money per period. At least one end is present, and the low end is not above the high one.

    `percentiles` are what the low and the high end of a range of percentiles are, from 1 to 99, an absent end included;
    None where the source does not say. `open_end` is the end from which on the range is open, because the source
    publishes no higher amounts: that end, and the one above it, is at least its amount.
    """

    KIND = ValueKind.MONEY_RANGE
    FIELDS = ("low", "high", "openEnd", "currency", "period", "basis", "lowPercentile", "highPercentile")
    DIFFERENCES = (Obstacle.CURRENCY, Obstacle.PERIOD, Obstacle.BASIS, Obstacle.BASIS)

    low: float | None
    high: float | None
    currency: str
    period: Period
    basis: Basis
    percentiles: tuple[int, int] | None = None
    open_end: RangeEnd | None = None

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        low, high = _amount(fields, "low"), _amount(fields, "high")
        if low is None and high is None:
            raise BadValue("low", "a money range needs a low end, a high end or both")
        if low is not None and high is not None and low > high:
            raise BadValue("low", f"the low end {low:g} is above the high end {high:g}")
        currency = fields.get("currency")
        if not isinstance(currency, str) or len(currency) != 3 or not (currency.isascii() and currency.isupper()):
            raise BadValue("currency", "a currency is three capital letters of ISO 4217, such as USD")
        basis = _member(Basis, fields, "basis")
        return cls(
            attribute=attribute,
            provenance=provenance,
            low=low,
            high=high,
            currency=currency,
            period=_member(Period, fields, "period"),
            basis=basis,
            percentiles=_percentiles(fields, basis),
            open_end=_open_end(fields, low, high),
        )

    def fields(self) -> dict[str, object]:
        ends = {"low": self.low, "high": self.high}
        fields: dict[str, object] = {name: end for name, end in ends.items() if end is not None}
        if self.open_end is not None:
            fields["openEnd"] = self.open_end.value
        fields |= {"currency": self.currency, "period": self.period.value, "basis": self.basis.value}
        return fields | dict(zip(_PERCENTILES, self.percentiles or (), strict=False))

    def ending(self) -> str:
        """Return what its ends are where they are no floor and no ceiling: `percentile`, or `estimate` of an editorial
        range that was made from a published figure; empty where the range is stated as such."""
        if self.basis is Basis.PERCENTILES:
            return "percentile"
        return "estimate" if self.basis is Basis.EDITORIAL and self.provenance.published_for else ""

    def order(self) -> tuple[float, ...]:
        low = RangeEnd.HIGH if self.low is None else RangeEnd.LOW
        high = RangeEnd.LOW if self.high is None else RangeEnd.HIGH
        return (self._place(low), self._place(high))

    def position(self) -> tuple[tuple[object, ...], float, float]:
        ends = self.low is None, self.high is None, self.open_end
        return (*self.measure(), *ends), self.low or 0.0, self.high or 0.0

    def amounts(self) -> tuple[object, ...]:
        return self.low, self.high, self.open_end

    def _place(self, part: RangeEnd) -> float:
        """The place of an end among others: an open one is just above a closed one of the same amount."""
        end = self.end(part) or 0.0
        return nextafter(end, inf) if self.is_open(part) else end

    def is_open(self, part: RangeEnd) -> bool:
        """Return whether an end is at least its amount, rather than the amount itself."""
        return self.open_end is not None and (part is RangeEnd.HIGH or self.open_end is RangeEnd.LOW)

    def end(self, part: RangeEnd) -> float | None:
        """One end of the range."""
        return self.low if part is RangeEnd.LOW else self.high

    def display(self, locale: Locale) -> str:
        return self._money(locale) + locale.period(self.period)

    def spoken(self, locale: Locale) -> str:
        return self._money(locale) + locale.spoken_period(self.period)

    def bare(self, locale: Locale) -> str:
        return self._money(locale)

    def spoken_end(self, part: RangeEnd, locale: Locale) -> str:
        """One end inside of a sentence (`$135,000 a year`); empty where it is absent."""
        bare = self.bare_end(part, locale)
        return bare and bare + locale.spoken_period(self.period)

    def display_end(self, part: RangeEnd, locale: Locale) -> str:
        """One end as it is displayed alone (`$135,000/yr`); empty where it is absent."""
        bare = self.bare_end(part, locale)
        return bare and bare + locale.period(self.period)

    def bare_end(self, part: RangeEnd, locale: Locale) -> str:
        """One end without its period (`$135,000`); empty where it is absent."""
        end = self.end(part)
        if end is None:
            return ""
        amount = locale.amount(end, self.currency)
        return locale.at_least(amount) if self.is_open(part) else amount

    def terms(self) -> tuple[object, ...]:
        return (self.currency, self.period, self.basis, self.percentiles)

    def end_against(self, other: Self, part: RangeEnd) -> Outcome:
        """The outcome of one end of two comparable ranges: UNKNOWN where a side lacks it, or where an open end is not
        above the other one. An open end is above a lower amount, and may be above or below all others."""
        mine, theirs = self.end(part), other.end(part)
        if mine is None or theirs is None:
            return Outcome.UNKNOWN
        mine_open, theirs_open = self.is_open(part), other.is_open(part)
        if (mine_open and (theirs_open or mine <= theirs)) or (theirs_open and theirs <= mine):
            return Outcome.UNKNOWN
        return ahead(AHEAD[self.better], mine, theirs)

    def against(self, other: Self) -> Outcome:
        """The outcome of two comparable ranges, from their ends; one that is UNKNOWN is skipped. Ranges that tie at one
        end are not known to be the same where the other one is UNKNOWN, as it is open or absent."""
        low, high = self.end_against(other, RangeEnd.LOW), self.end_against(other, RangeEnd.HIGH)
        if high is low:
            return low
        if low is Outcome.UNKNOWN or high is Outcome.UNKNOWN:
            decided = low if high is Outcome.UNKNOWN else high
            return Outcome.UNKNOWN if decided is Outcome.TIE else decided
        if low is Outcome.TIE:
            return high
        return low if high is Outcome.TIE else Outcome.DIFFERS

    def _money(self, locale: Locale) -> str:
        if self.open_end is not None:
            low, high = self.bare_end(RangeEnd.LOW, locale), self.bare_end(RangeEnd.HIGH, locale)
            return locale.open_range(low, high) if low and self.open_end is RangeEnd.HIGH else low or high
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return locale.amount(self.low, self.currency)
            return locale.amounts(self.low, self.high, self.currency)
        if self.low is not None:
            return f"{locale.word('from')} {locale.amount(self.low, self.currency)}"
        return f"{locale.word('up-to')} {locale.amount(self.high or 0.0, self.currency)}"


_PERCENTILES = ("lowPercentile", "highPercentile")


def _open_end(fields: Mapping[str, object], low: float | None, high: float | None) -> RangeEnd | None:
    """The end from which on the range is open; None where neither end is. Raises BadValue."""
    if fields.get("openEnd") is None:
        return None
    part = _member(RangeEnd, fields, "openEnd")
    if (low if part is RangeEnd.LOW else high) is None:
        raise BadValue("openEnd", f"the {part.lower()} end is open, so it needs the least amount that it is")
    if part is RangeEnd.LOW and high not in (None, low):
        raise BadValue("openEnd", "where the low end is open, so is the high one: the two are at least the same amount")
    return part


def _percentiles(fields: Mapping[str, object], basis: Basis) -> tuple[int, int] | None:
    """The percentiles of the two ends; None where neither is named. Raises BadValue."""
    named = [_percentile(fields, name) for name in _PERCENTILES]
    low, high = named
    if low is None and high is None:
        return None
    if basis is not Basis.PERCENTILES:
        raise BadValue(_PERCENTILES[low is None], "only a range whose basis is PERCENTILES names percentiles")
    if low is None or high is None:
        raise BadValue(_PERCENTILES[low is not None], "a range names the percentiles of both ends or of none")
    if low > high:
        raise BadValue("lowPercentile", f"the low percentile {low} is above the high one {high}")
    return low, high


def _percentile(fields: Mapping[str, object], name: str) -> int | None:
    percentile = read_number(fields, name)
    if percentile is None:
        return None
    if percentile != int(percentile) or not 1 <= percentile <= 99:
        raise BadValue(name, "a percentile is a whole number from 1 to 99")
    return int(percentile)


def _amount(fields: Mapping[str, object], name: str) -> float | None:
    value = read_number(fields, name)
    if value is not None and value < 0:
        raise BadValue(name, f"{name} is below 0")
    return value


def _member(enum: type[Member], fields: Mapping[str, object], name: str) -> Member:
    try:
        return enum(str(fields.get(name)))
    except ValueError:
        raise BadValue(name, f"{name} must be one of {', '.join(enum)}") from None
