"""Value: one career's figure for one attribute, in one type for each kind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from careergraph.api.base.describe import field, interface, object_type
from careergraph.api.base.enums import Basis, Period
from careergraph.api.base.view import View
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.source import Source
from careergraph.engine.content import value_kinds


@interface
class Value:
    """One career's figure for one attribute, with its source, its date and its method."""

    of: strawberry.Private[Any]
    view: strawberry.Private[View]

    @field
    def attribute(self) -> Attribute:
        """What the figure is of."""
        return Attribute(self.of.attribute, self.view)

    @field
    def display(self) -> str:
        """The figure as it is read in the locale."""
        return self.view.localized.display(self.of)

    @field
    def source(self) -> Source:
        """Where the figure comes from."""
        return Source(self.of.provenance.source)

    @field
    def observed_on(self) -> date | None:
        """The day the figure stands for; null where the source does not say."""
        day: date | None = self.of.provenance.observed_on
        return day

    @field
    def method(self) -> str | None:
        """How the figure was made; null where it was taken as it stands."""
        return self.view.read_some(self.of.provenance.method)

    @field
    def published_for(self) -> str | None:
        """The code that the source publishes the figure under. Several careers may share one."""
        code: str | None = self.of.provenance.published_for
        return code

    @field
    def sample_size(self) -> int | None:
        """How many answers or observations the figure rests on; null where the source does not say."""
        size: int | None = self.of.provenance.sample_size
        return size

    @field
    def region(self) -> str | None:
        """Where the figure was observed; null where the source does not say."""
        place: str | None = self.of.provenance.region
        return place


@object_type
class MoneyRange(Value):
    """An amount of money per period, with a low end, a high end or both."""

    of: strawberry.Private[value_kinds.MoneyRange]

    @field
    def low(self) -> float | None:
        """The low end, in units of the currency; null where it is open."""
        return self.of.low

    @field
    def high(self) -> float | None:
        """The high end, in units of the currency; null where it is open."""
        return self.of.high

    @field
    def currency(self) -> str:
        """The currency, by its code of ISO 4217."""
        return self.of.currency

    @field
    def period(self) -> str:
        """What the amount is paid for: HOUR, DAY, WEEK, MONTH, YEAR or ONCE."""
        return self.of.period.value

    @field
    def basis(self) -> str:
        """What the two ends stand for: POSTED (a posted range), PERCENTILES (`lowPercentile` and `highPercentile` say
        which) or EDITORIAL."""
        return self.of.basis.value

    @field
    def period_kind(self) -> Period:
        """What the amount is paid for: `period` as a member of an enum."""
        return self.of.period

    @field
    def basis_kind(self) -> Basis:
        """What the two ends stand for: `basis` as a member of an enum."""
        return self.of.basis

    @field
    def low_percentile(self) -> int | None:
        """Which percentile of what is paid the low end is, from 1 to 99, also where that end is open; null where the
        range is none of percentiles, or where the source does not say."""
        return None if self.of.percentiles is None else self.of.percentiles[0]

    @field
    def high_percentile(self) -> int | None:
        """Which percentile of what is paid the high end is, as `lowPercentile`."""
        return None if self.of.percentiles is None else self.of.percentiles[1]


@object_type
class Number(Value):
    """A number in the attribute's unit."""

    of: strawberry.Private[value_kinds.Number]

    @field
    def value(self) -> float:
        """The number."""
        return self.of.value

    @field
    def unit(self) -> str | None:
        """Its unit; null where it has none."""
        return self.of.unit

    @field
    def scale(self) -> float | None:
        """The top of the scale it is on, which starts at 0; null where it is on none."""
        return self.of.attribute.scale

    @field
    def interval(self) -> list[float] | None:
        """The low and the high end of its confidence interval; null where the source gives none."""
        return None if self.of.interval is None else list(self.of.interval)


@object_type
class Level(Value):
    """One of the attribute's ordered levels."""

    of: strawberry.Private[value_kinds.Level]

    @field
    def rank(self) -> int:
        """Its place among the attribute's levels; the lowest is 0."""
        return self.of.rank

    @field
    def label(self) -> str:
        """Its name."""
        return self.of.label(self.view.localized.locale)

    @field
    def share(self) -> float | None:
        """The share of answers that named the level, in percent; null where the source gives none."""
        return self.of.share

    @field
    def interval(self) -> list[float] | None:
        """The low and the high end of the confidence interval of `share`; null where the source gives none."""
        return None if self.of.interval is None else list(self.of.interval)


@object_type
class Flag(Value):
    """Yes or no."""

    of: strawberry.Private[value_kinds.Flag]

    @field
    def yes(self) -> bool:
        """Whether it is yes."""
        return self.of.yes


@object_type
class Choice(Value):
    """One of the attribute's options, none of which is better than another."""

    of: strawberry.Private[value_kinds.Choice]

    @field
    def key(self) -> str:
        """The option's key; the same in every locale."""
        return self.of.key

    @field
    def label(self) -> str:
        """The option's name."""
        return self.of.label(self.view.localized.locale)


MIRRORS: Mapping[type[value_kinds.Value], type[Any]] = {
    value_kinds.MoneyRange: MoneyRange,
    value_kinds.Number: Number,
    value_kinds.Level: Level,
    value_kinds.Flag: Flag,
    value_kinds.Choice: Choice,
}
"""The type of each kind of value."""


def mirrored(value: value_kinds.Value, view: View) -> Value:
    """A value in the type of its kind."""
    mirror: Value = MIRRORS[type(value)](value, view)
    return mirror


def mirrored_or_none(value: value_kinds.Value | None, view: View) -> Value | None:
    """A value in the type of its kind, where there is one."""
    return None if value is None else mirrored(value, view)
