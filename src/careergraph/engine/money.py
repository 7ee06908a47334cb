"""Money ranges: what a career pays, as two ends of which one may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from careergraph.engine.attribute import Attribute, ValueKind
from careergraph.engine.locale import Locale
from careergraph.engine.outcome import Obstacle, Outcome, RangeEnd
from careergraph.engine.value import BadValue, Provenance, Value, better, read_number

Member = TypeVar("Member", bound=StrEnum)


class Period(StrEnum):
    """What an amount of money is paid for."""

    HOUR = "HOUR"
    """For an hour of work."""
    DAY = "DAY"
    """For a day of work."""
    WEEK = "WEEK"
    """For a week of work."""
    MONTH = "MONTH"
    """For a month of work."""
    YEAR = "YEAR"
    """For a year of work."""
    ONCE = "ONCE"
    """Once, for the whole."""


class Basis(StrEnum):
    """What the two ends of a money range stand for."""

    POSTED = "POSTED"
    """The range that job advertisements state."""
    PERCENTILES = "PERCENTILES"
    """Two percentiles of what people are paid; `method` says which."""
    EDITORIAL = "EDITORIAL"
    """An editor's estimate; `method` says how it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRange(Value):
    """An amount of money per period. At least one end is present, and the low end is not above the high one."""

    KIND = ValueKind.MONEY_RANGE
    FIELDS = ("low", "high", "currency", "period", "basis")
    DIFFERENCES = (Obstacle.CURRENCY, Obstacle.PERIOD, Obstacle.BASIS)

    low: float | None
    high: float | None
    currency: str
    period: Period
    basis: Basis

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
        return cls(
            attribute=attribute,
            provenance=provenance,
            low=low,
            high=high,
            currency=currency,
            period=_member(Period, fields, "period"),
            basis=_member(Basis, fields, "basis"),
        )

    def fields(self) -> dict[str, object]:
        ends = {"low": self.low, "high": self.high}
        return {name: end for name, end in ends.items() if end is not None} | {
            "currency": self.currency,
            "period": self.period.value,
            "basis": self.basis.value,
        }

    def order(self) -> tuple[float, ...]:
        low = self.high if self.low is None else self.low
        high = self.low if self.high is None else self.high
        return (low or 0.0, high or 0.0)

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

    def bare_end(self, part: RangeEnd, locale: Locale) -> str:
        """One end without its period (`$135,000`); empty where it is absent."""
        end = self.end(part)
        return "" if end is None else locale.amount(end, self.currency)

    def terms(self) -> tuple[object, ...]:
        return (self.currency, self.period, self.basis)

    def end_against(self, other: Self, part: RangeEnd) -> Outcome:
        """The outcome of one end of two comparable ranges; UNKNOWN where a side lacks it."""
        mine, theirs = self.end(part), other.end(part)
        if mine is None or theirs is None:
            return Outcome.UNKNOWN
        return better(self.better, mine, theirs)

    def against(self, other: Self) -> Outcome:
        low, high = self.end_against(other, RangeEnd.LOW), self.end_against(other, RangeEnd.HIGH)
        if high is low or high is Outcome.UNKNOWN:
            return low
        if low is Outcome.UNKNOWN or low is Outcome.TIE:
            return high
        return low if high is Outcome.TIE else Outcome.DIFFERS

    def _money(self, locale: Locale) -> str:
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return locale.amount(self.low, self.currency)
            return locale.amounts(self.low, self.high, self.currency)
        if self.low is not None:
            return f"{locale.word('from')} {locale.amount(self.low, self.currency)}"
        return f"{locale.word('up-to')} {locale.amount(self.high or 0.0, self.currency)}"


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
