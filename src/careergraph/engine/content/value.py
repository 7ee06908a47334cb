"""A value: one career's figure for one attribute, with where it comes from. The kinds are in files of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import ClassVar, Self, TypeVar

from careergraph.engine.content.attribute import Attribute, Better, ValueKind
from careergraph.engine.content.locale import Locale, Text
from careergraph.engine.content.outcome import Obstacle, Outcome
from careergraph.engine.content.source import Source

Order = TypeVar("Order", float, tuple[float, ...])


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
    wage row); `region` is where it was observed, None where the source does not say; `sample_size` how many answers or
    observations it rests on, None where the source does not say.
    """

    source: Source
    observed_on: date | None = None
    method: Text | None = None
    published_for: str | None = None
    region: str | None = None
    sample_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One career's figure for one attribute.

    `FIELDS` are the document fields that a kind reads. `DIFFERENCES` say what stands between two values of a kind whose
    `terms` are not the same, one for each of the terms.
    """

    KIND: ClassVar[ValueKind]
    FIELDS: ClassVar[tuple[str, ...]]
    DIFFERENCES: ClassVar[tuple[Obstacle, ...]] = ()

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

    def spoken(self, locale: Locale) -> str:
        """The value as it is read inside of a sentence."""
        return locale.inside(self.display(locale))

    def bare(self, locale: Locale) -> str:
        """The same without what a second value of the same sentence says too: `8` beside `10 months`."""
        return self.spoken(locale)

    def second(self, locale: Locale) -> str:
        """The value as it is read inside of a sentence behind another one, which some languages put into a case."""
        return self.spoken(locale)

    def variant(self) -> str:
        """The variant of a phrase that the value asks for: `yes`, `no`, the key of its option; empty where none."""
        return ""

    def terms(self) -> tuple[object, ...]:
        """What of this kind's own two values must have in common to be comparable (a currency, a unit)."""
        return ()

    def measure(self) -> tuple[object, ...]:
        """All that two values must have in common to be comparable: their kind, its terms, the region."""
        return (type(self), *self.terms(), self.provenance.region)

    @property
    def better(self) -> Better:
        """Which direction is better among values of this kind."""
        return self.attribute.better

    def against(self, other: Self) -> Outcome:
        """The outcome with this value as a and the other as b; both are comparable."""
        return better(self.better, self.order(), other.order())

    def obstacle(self, other: "Value") -> Obstacle | None:
        """Why the two values cannot be compared; None where they can."""
        published_for = self.provenance.published_for
        if published_for is not None and published_for == other.provenance.published_for:
            return Obstacle.SAME_FIGURE
        meanings = (Obstacle.UNIT, *self.DIFFERENCES, Obstacle.REGION)
        # Values of two kinds have other terms, but differ in the first place already.
        compared = zip(meanings, self.measure(), other.measure(), strict=False)
        return next((meaning for meaning, mine, theirs in compared if mine != theirs), None)


def better(direction: Better, a: Order, b: Order) -> Outcome:
    """The outcome of two numbers or sort keys where a direction of them is better."""
    if a == b:
        return Outcome.TIE
    if direction is Better.NEITHER:
        return Outcome.DIFFERS
    return Outcome.A if (a > b) is (direction is Better.HIGHER) else Outcome.B


def read_number(fields: Mapping[str, object], name: str) -> float | None:
    """A finite number among document fields, or None where it is absent. Raises BadValue."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadValue(name, f"{name} must be a finite number")
    return value


def read_interval(fields: Mapping[str, object]) -> tuple[float, float] | None:
    """The low and the high end of a confidence interval among document fields, or None where it is absent. Raises
    BadValue."""
    ends = fields.get("interval")
    if ends is None:
        return None
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise BadValue("interval", "an interval is a list of its low and its high end")
    low, high = (read_number({"interval": end}, "interval") for end in ends)
    if low is None or high is None or low > high:
        raise BadValue("interval", "the low end of the interval is above its high end")
    return low, high
