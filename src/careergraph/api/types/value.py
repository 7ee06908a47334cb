"""Source and Value: one career's figure of one attribute, in one type for each kind, and where it was published."""

from datetime import date

from careergraph.api.base.declare import Mirror, attr, child, interface, localized, object_type
from careergraph.api.base.enums import Basis, Period, RangeEnd, SourceKind
from careergraph.api.types.attribute import Attribute
from careergraph.engine.content import outcome, source, value_kinds
from careergraph.engine.text.dates import observed


@object_type(source.Source, "A publication that figures come from, and the terms of their use.", cacheable=True)
class Source(Mirror):
    slug: str = attr("The slug of the source.")
    title: str = attr("The title of the publication.")
    publisher: str = attr("The publisher.")
    kind: SourceKind = attr("The kind of source: how far its figures are from a measurement.")
    url: str | None = attr("The URL; null where it is unknown.")
    licence: str | None = attr("The licence its figures are used under; null where none is stated.")
    credit: str | None = attr("The credit line that its licence requires; null where it requires none.")
    vintage: str | None = attr("The edition, such as a year or a release; null where it has none.")


@interface("One career's figure for one attribute, with its source, its date and its method.")
class Value(Mirror):
    attribute: Attribute = child("The attribute of the figure.")
    display: str = attr("The figure as a text in the locale.", lambda of, view: view.localized.display(of))
    source: Source = child("The source of the figure.", "provenance.source")
    observed_on: date | None = attr(
        "The day of the figure; null where the source does not state it.", "provenance.observed_on"
    )
    observed: str = attr(
        "When the figure was observed, as a text in the locale: the month, or that the source gives no date.",
        lambda of, view: observed(view.localized, of),
    )
    method: str | None = localized(
        "How the figure was computed; null where it is the source's own.", "provenance.method"
    )
    published_for: str | None = attr(
        "The code that the source publishes the figure under. Several careers may share one.",
        "provenance.published_for",
    )
    published_for_title: str | None = attr(
        "What the source calls the row of that code, where it covers more than this career; null elsewhere.",
        "provenance.published_for_title",
    )
    sample_size: int | None = attr(
        "The number of answers or observations behind the figure; null where the source does not state it.",
        "provenance.sample_size",
    )
    region: str | None = attr(
        "The region where the figure was observed; null where the source does not state it.", "provenance.region"
    )


@object_type(
    value_kinds.MoneyRange, "An amount of money per period, with a low end, a high end or both.", cacheable=True
)
class MoneyRange(Value):
    low: float | None = attr("The low end, in units of the currency; null where there is none.")
    high: float | None = attr("The high end, in units of the currency; null where there is none.")
    open_end: RangeEnd | None = attr(
        "The end from which on the range is open, because the source publishes no higher amounts: HIGH where the high "
        "end is at least `high`, LOW where both ends are at least `low`; null where no end is open."
    )
    display_low: str | None = attr(
        "The low end alone as a text in the locale, with currency and period; null where there is none.",
        lambda of, view: of.display_end(outcome.RangeEnd.LOW, view.localized.locale) or None,
    )
    display_high: str | None = attr(
        "The high end alone, as `displayLow`.",
        lambda of, view: of.display_end(outcome.RangeEnd.HIGH, view.localized.locale) or None,
    )
    currency: str = attr("The currency, by its code of ISO 4217.")
    period: str = attr("The period that the amount is paid for: HOUR, DAY, WEEK, MONTH, YEAR or ONCE.", "period.value")
    basis: str = attr(
        "The meaning of the two ends: POSTED (a posted range), PERCENTILES (`lowPercentile` and "
        "`highPercentile` say which) or EDITORIAL.",
        "basis.value",
    )
    period_kind: Period = attr("`period` as a member of an enum.", "period")
    basis_kind: Basis = attr("`basis` as a member of an enum.", "basis")
    low_percentile: int | None = attr(
        "Which percentile of what is paid the low end is, from 1 to 99, also where that end is absent; null "
        "where the range is none of percentiles, or where the source does not say.",
        lambda of: None if of.percentiles is None else of.percentiles[0],
    )
    high_percentile: int | None = attr(
        "Which percentile of what is paid the high end is, as `lowPercentile`.",
        lambda of: None if of.percentiles is None else of.percentiles[1],
    )


@object_type(value_kinds.Number, "A number in the attribute's unit.", cacheable=True)
class Number(Value):
    value: float = attr("The number.")
    unit: str | None = attr("Its unit; null where it has none.")
    scale: float | None = attr(
        "The top of the scale it is on, which starts at 0; null where it is on none.", "attribute.scale"
    )
    interval: list[float] | None = attr(
        "The low and the high end of its confidence interval; null where the source gives none."
    )


@object_type(value_kinds.Level, "One of the attribute's ordered levels.", cacheable=True)
class Level(Value):
    rank: int = attr("Its place among the attribute's levels; the lowest is 0.")
    label: str = attr("Its name.", lambda of, view: of.label(view.localized.locale))
    share: float | None = attr(
        "The share of answers that named the level, in percent; null where the source gives none."
    )
    interval: list[float] | None = attr(
        "The low and the high end of the confidence interval of `share`; null where the source gives none."
    )


@object_type(value_kinds.Flag, "Yes or no.", cacheable=True)
class Flag(Value):
    yes: bool = attr("Whether it is yes.")


@object_type(
    value_kinds.Choice, "One of the attribute's options, none of which is better than another.", cacheable=True
)
class Choice(Value):
    key: str = attr("The option's key; the same in every locale.")
    label: str = attr("The option's name.", lambda of, view: of.label(view.localized.locale))
