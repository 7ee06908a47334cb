"""Values: one career's figure for one attribute. Each kind knows how to parse, order, compare and display itself.

The rules of comparison, in the order in which they are asked:

1. `obstacle`: two values of different currency, period, basis, unit or region, or under one and the same published
   figure (`published_for`), are not comparable.
2. `against`: equal is TIE; otherwise the attribute's `better` decides, and NEITHER makes it DIFFERS. A choice is TIE or
   DIFFERS. A money range compares its ends, and an end that a side lacks is skipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import ClassVar, Self, TypeVar

from careergraph.engine.attribute import Attribute, Better, ValueKind
from careergraph.engine.locale import Locale, Template, Text
from careergraph.engine.outcome import Obstacle, Outcome, RangeEnd
from careergraph.engine.source import Source

Member = TypeVar("Member", bound=StrEnum)


class Period(StrEnum):
    """What an amount of money is paid for."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"
    ONCE = "ONCE"


class Basis(StrEnum):
    """What the two ends of a money range stand for."""

    POSTED = "POSTED"
    """The range that job advertisements state."""
    PERCENTILES = "PERCENTILES"
    """Two percentiles of what people are paid; `method` says which."""
    EDITORIAL = "EDITORIAL"
    """An editor's estimate; `method` says how it was made."""


class BadValue(ValueError):
    """A value's fields do not make a value of its attribute. `field` names the one at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a figure comes from, when it was observed and how it was made.

    `published_for` is the code that the source publishes the figure under (a SOC code: several careers may share one
    wage row); `region` is where it was observed, None where the source does not say.
    """

    source: Source
    observed_on: date | None = None
    method: Text | None = None
    published_for: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One career's figure for one attribute. `FIELDS` are the document fields that a kind reads."""

    KIND: ClassVar[ValueKind]
    FIELDS: ClassVar[tuple[str, ...]]

    attribute: Attribute
    provenance: Provenance

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        """A value from document fields (`FIELDS`, those that are present). Raises BadValue."""
        raise NotImplementedError

    def fields(self) -> dict[str, object]:
        """The document fields that `parse` makes this value from again; absent ones are left out."""
        raise NotImplementedError

    def order(self) -> tuple[float, ...]:
        """A key that sorts values of one attribute from lowest to highest."""
        raise NotImplementedError

    def display(self, locale: Locale) -> str:
        """The value as it is read in a locale."""
        raise NotImplementedError

    def differs_in_kind(self, other: Self) -> Obstacle | None:
        """What of this kind's own makes the two values incomparable (a currency, a unit)."""
        return None

    def against(self, other: Self) -> Outcome:
        """The outcome with this value as a and the other as b; both are comparable."""
        return better(self.attribute.better, self.order(), other.order())

    def obstacle(self, other: "Value") -> Obstacle | None:
        """Why the two values cannot be compared; None where they can."""
        mine, theirs = self.provenance, other.provenance
        if mine.published_for is not None and mine.published_for == theirs.published_for:
            return Obstacle.SAME_FIGURE
        if type(self) is not type(other):
            return Obstacle.UNIT
        found = self.differs_in_kind(other)
        if found is None and mine.region != theirs.region:
            return Obstacle.REGION
        return found


def better(direction: Better, a: tuple[float, ...], b: tuple[float, ...]) -> Outcome:
    """The outcome of two sort keys where a direction of them is better."""
    if a == b:
        return Outcome.TIE
    if direction is Better.NEITHER:
        return Outcome.DIFFERS
    return Outcome.A if (a > b) is (direction is Better.HIGHER) else Outcome.B


def outcome(a: Value | None, b: Value | None) -> Outcome:
    """The outcome of two values of one attribute, either of which may be absent."""
    if a is None or b is None:
        return Outcome.UNKNOWN
    if a.obstacle(b) is not None:
        return Outcome.NOT_COMPARABLE
    return a.against(b)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRange(Value):
    """An amount of money per period. At least one end is present, and the low end is not above the high one."""

    KIND = ValueKind.MONEY_RANGE
    FIELDS = ("low", "high", "currency", "period", "basis")

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

    def display_end(self, part: RangeEnd, locale: Locale) -> str:
        """One end with its period, which must be present (`$135,000/yr`)."""
        end = self.end(part)
        return "" if end is None else locale.amount(end, self.currency) + locale.period(self.period)

    def differs_in_kind(self, other: Self) -> Obstacle | None:
        if self.currency != other.currency:
            return Obstacle.CURRENCY
        if self.period is not other.period:
            return Obstacle.PERIOD
        return Obstacle.BASIS if self.basis is not other.basis else None

    def end_against(self, other: Self, part: RangeEnd) -> Outcome:
        """The outcome of one end of two comparable ranges; UNKNOWN where a side lacks it."""
        mine, theirs = self.end(part), other.end(part)
        if mine is None or theirs is None:
            return Outcome.UNKNOWN
        return better(self.attribute.better, (mine,), (theirs,))

    def against(self, other: Self) -> Outcome:
        ends = [self.end_against(other, part) for part in RangeEnd]
        known = [end for end in ends if end is not Outcome.UNKNOWN]
        if not known:
            return Outcome.UNKNOWN
        deciding = [end for end in known if end is not Outcome.TIE]
        if not deciding:
            return Outcome.TIE
        return deciding[0] if deciding[0] == deciding[-1] else Outcome.DIFFERS

    def _money(self, locale: Locale) -> str:
        if self.low is not None and self.high is not None:
            if self.low == self.high:
                return locale.amount(self.low, self.currency)
            return locale.amounts(self.low, self.high, self.currency)
        if self.low is not None:
            return f"{locale.word('from')} {locale.amount(self.low, self.currency)}"
        return f"{locale.word('up-to')} {locale.amount(self.high or 0.0, self.currency)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Value):
    """A number in the attribute's unit, with its confidence interval where the source gives one."""

    KIND = ValueKind.NUMBER
    FIELDS = ("value", "unit", "interval")

    value: float
    unit: str | None
    interval: tuple[float, float] | None = None

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        value = _number(fields, "value")
        if value is None:
            raise BadValue("value", "a number needs a value")
        unit = fields.get("unit", attribute.unit)
        if unit != attribute.unit:
            raise BadValue("unit", f"the unit must be {attribute.unit!r}, the unit of the attribute")
        if attribute.scale is not None and not 0 <= value <= attribute.scale:
            raise BadValue("value", f"{value:g} is outside of the scale from 0 to {attribute.scale:g}")
        return cls(
            attribute=attribute,
            provenance=provenance,
            value=value,
            unit=attribute.unit,
            interval=_interval(fields),
        )

    def fields(self) -> dict[str, object]:
        fields: dict[str, object] = {"value": self.value}
        if self.unit is not None:
            fields["unit"] = self.unit
        if self.interval is not None:
            fields["interval"] = list(self.interval)
        return fields

    def order(self) -> tuple[float, ...]:
        return (self.value,)

    def display(self, locale: Locale) -> str:
        attribute = self.attribute
        for spoken in locale.chain():
            slots = {
                "n": spoken.number(self.value, attribute.decimals),
                "unit": self.unit or "",
                "scale": "" if attribute.scale is None else spoken.number(attribute.scale),
            }
            for name in (f"value.{spoken.plural.form(self.value)}", "value"):
                if (pattern := attribute.phrases.get(name, {}).get(spoken.code)) is not None:
                    return Template(pattern).fill(slots)
        return locale.number(self.value, attribute.decimals) + (f" {self.unit}" if self.unit else "")

    def differs_in_kind(self, other: Self) -> Obstacle | None:
        return Obstacle.UNIT if self.unit != other.unit else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Value):
    """One of the attribute's ordered levels; `rank` counts them from the lowest, which is 0."""

    KIND = ValueKind.LEVEL
    FIELDS = ("level",)

    rank: int

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        return cls(attribute=attribute, provenance=provenance, rank=_option(attribute, fields, "level"))

    def fields(self) -> dict[str, object]:
        return {"level": self.attribute.options[self.rank].key}

    def order(self) -> tuple[float, ...]:
        return (float(self.rank),)

    def label(self, locale: Locale) -> str:
        """The level's name."""
        return locale.read(self.attribute.options[self.rank].label)

    def display(self, locale: Locale) -> str:
        return self.label(locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Value):
    """Yes or no."""

    KIND = ValueKind.FLAG
    FIELDS = ("yes",)

    yes: bool

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        yes = fields.get("yes")
        if not isinstance(yes, bool):
            raise BadValue("yes", "a flag is true or false")
        return cls(attribute=attribute, provenance=provenance, yes=yes)

    def fields(self) -> dict[str, object]:
        return {"yes": self.yes}

    def order(self) -> tuple[float, ...]:
        return (1.0 if self.yes else 0.0,)

    def display(self, locale: Locale) -> str:
        return locale.word("yes" if self.yes else "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Value):
    """One of the attribute's options; no option is better than another, whatever `better` says."""

    KIND = ValueKind.CHOICE
    FIELDS = ("choice",)

    index: int

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        return cls(attribute=attribute, provenance=provenance, index=_option(attribute, fields, "choice"))

    @property
    def key(self) -> str:
        """The option's key."""
        return self.attribute.options[self.index].key

    def fields(self) -> dict[str, object]:
        return {"choice": self.key}

    def order(self) -> tuple[float, ...]:
        return (float(self.index),)

    def label(self, locale: Locale) -> str:
        """The option's name."""
        return locale.read(self.attribute.options[self.index].label)

    def display(self, locale: Locale) -> str:
        return self.label(locale)

    def against(self, other: Self) -> Outcome:
        return Outcome.TIE if self.index == other.index else Outcome.DIFFERS


KINDS: Mapping[ValueKind, type[Value]] = {kind.KIND: kind for kind in (MoneyRange, Number, Level, Flag, Choice)}
"""The class of each kind."""


def parse_value(attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Value:
    """A value of the attribute's kind from document fields. Raises BadValue, also for a field that the kind lacks."""
    kind = KINDS[attribute.kind]
    for name in fields:
        if name not in kind.FIELDS:
            expected = ", ".join(kind.FIELDS)
            raise BadValue(name, f"a value of kind {attribute.kind} has no {name}; it has {expected}")
    return kind.parse(attribute, provenance, fields)


def _number(fields: Mapping[str, object], name: str) -> float | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadValue(name, f"{name} must be a finite number")
    return value


def _amount(fields: Mapping[str, object], name: str) -> float | None:
    value = _number(fields, name)
    if value is not None and value < 0:
        raise BadValue(name, f"{name} is below 0")
    return value


def _interval(fields: Mapping[str, object]) -> tuple[float, float] | None:
    ends = fields.get("interval")
    if ends is None:
        return None
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise BadValue("interval", "an interval is a list of its low and its high end")
    low, high = (_number({"interval": end}, "interval") for end in ends)
    if low is None or high is None or low > high:
        raise BadValue("interval", "the low end of the interval is above its high end")
    return low, high


def _option(attribute: Attribute, fields: Mapping[str, object], name: str) -> int:
    key = fields.get(name)
    rank = attribute.rank(key) if isinstance(key, str) else None
    if rank is None:
        raise BadValue(name, f"{name} must be one of {', '.join(option.key for option in attribute.options)}")
    return rank


def _member(enum: type[Member], fields: Mapping[str, object], name: str) -> Member:
    try:
        return enum(str(fields.get(name)))
    except ValueError:
        raise BadValue(name, f"{name} must be one of {', '.join(enum)}") from None
