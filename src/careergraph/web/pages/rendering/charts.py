"""Charts: the positions of marks in percent of a chart's width. Words and figures come from results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Any, NamedTuple

from careergraph.engine.content.locale import Locale
from careergraph.web.pages.rendering.figures import Row

STEPS = 6
"""The most steps of an axis."""

MOST_DOTS = 24
"""The most skills drawn one by one."""

Basis = tuple[str, int | None, int | None]
"""The basis of a range, and the percentiles of its ends if known."""


class Tick(NamedTuple):
    """A line of an axis, with its label."""

    at: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One range of a chart: from `x`, `width` wide. `leads` are the positions of leading ends; `other` is whether its
    basis differs from the first one's."""

    title: str
    slug: str
    display: str
    pieces: Sequence[Any]
    x: float
    width: float
    leads: tuple[float, ...] = ()
    other: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Ranges of several careers on one axis; `band` is their overlap."""

    label: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    top: str
    zero: str
    grid: str
    band: tuple[float, float] | None
    same: bool
    notes: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Dots:
    """One attribute on its own scale: the position of each career, None if unknown."""

    label: str
    marks: tuple[float | None, ...]
    displays: tuple[str | None, ...]
    leads: tuple[bool, ...]
    low: str
    high: str


def range_charts(rows: Sequence[Row], careers: Sequence[Mapping[str, Any]], locale: Locale) -> list[RangeChart]:
    """A chart for each range of money with figures in one currency and period."""
    charts = []
    for row in rows:
        figures = [cell.figure if cell else None for cell in row.cells]
        pieces = [cell.pieces if cell else () for cell in row.cells]
        leads = [
            {part for part in ("LOW", "HIGH") if row.outcome == side or row.ends.get(part) == side} for side in "AB"
        ]
        chart = range_chart(row.label, figures, careers, locale, pieces, leads, comparable=row.obstacle is None)
        if chart is not None:
            charts.append(chart)
    return charts


def basis_of(figure: Mapping[str, Any]) -> Basis:
    """The basis of a figure."""
    return figure["basis"], figure["lowPercentile"], figure["highPercentile"]


def range_chart(  # noqa: PLR0913, PLR0917 - figures of careers and their traits
    label: str,
    figures: Sequence[Mapping[str, Any] | None],
    careers: Sequence[Mapping[str, Any]],
    locale: Locale,
    pieces: Sequence[Sequence[Any]],
    leads: Sequence[set[str]],
    *,
    comparable: bool = True,
    basis: Basis | None = None,
) -> RangeChart | None:
    """The chart of one attribute; None for another kind of value, or several currencies."""
    present = [figure for figure in figures if figure is not None]
    if not present or any("currency" not in figure for figure in present):
        return None
    if len({(figure["currency"], figure["period"]) for figure in present}) > 1:
        return None
    ends = [end for figure in present for end in (figure["low"], figure["high"]) if end is not None]
    step, top = axis(max(ends, default=0))
    currency = present[0]["currency"]
    bars = [
        _bar(career, figure, top, pieces[place], leads[place], basis=basis or basis_of(present[0]))
        for place, (career, figure) in enumerate(zip(careers, figures, strict=True))
        if figure is not None
    ]
    count = round(top / step)
    ticks = [
        Tick(_percent(n * step, top), locale.amount(n * step, currency), 0 < n < count and (n % 2 == 1 or count > 4))
        for n in range(count + 1)
    ]
    band = _band(bars) if len(bars) == 2 and comparable else None
    return RangeChart(
        label,
        tuple(bars),
        tuple(ticks),
        ticks[-1].label,
        ticks[0].label,
        "".join(f"M{tick.at} 0v22" for tick in ticks[1:]),
        band,
        len({basis_of(figure) for figure in present}) == 1,
        present,
    )


def attribute_chart(rows: Sequence[Row], domains: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Dots]:
    """Place the careers on the scale of each attribute that has one. `domains` are by attribute key."""
    drawings = []
    for row in rows:
        if row.obstacle == "EDITION":
            continue  # levels of two scales have no common axis
        figures = [cell.figure if cell else None for cell in row.cells]
        leads = tuple(row.outcome == side for side in "AB")
        if (dots := dots_of(row.label, row.attribute, figures, leads, domains.get(row.key, ()))) is not None:
            drawings.append(dots)
    return drawings


def dots_of(
    label: str,
    attribute: Mapping[str, Any],
    figures: Sequence[Mapping[str, Any] | None],
    leads: Sequence[bool],
    domains: Sequence[Mapping[str, Any]] = (),
) -> Dots | None:
    """One row of the attribute chart; None without a scale, or with a single figure."""
    present = [figure for figure in figures if figure is not None]
    if len(present) < 2:
        return None
    if attribute["kind"] == "LEVEL":
        levels = attribute["levels"] or []
        places = [None if figure is None else _percent(figure["rank"], max(len(levels) - 1, 1)) for figure in figures]
        low, high = (levels[0], levels[-1]) if levels else ("", "")
    elif attribute["kind"] == "NUMBER":
        highest = max([*[figure["value"] for figure in present], *[domain["high"] for domain in domains]])
        top = present[0]["scale"] or axis(highest)[1]
        places = [None if figure is None else _percent(figure["value"], top) for figure in figures]
        low, high = "0", f"{top:g}"
    else:
        return None
    displays = tuple([figure["display"] if figure else None for figure in figures])
    return Dots(label, tuple(places), displays, tuple(leads), low, high)


def skill_strip(skills: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the skills of two careers meet: their counts, and dots where they are few."""
    counts = {
        "a": len(skills["aOnly"]),
        "related": len(skills["related"]),
        "same": len(skills["shared"]),
        "b": len(skills["bOnly"]),
    }
    dots, x = [], 10
    if sum(counts.values()) <= MOST_DOTS:
        for kind, count in counts.items():
            dots += [(kind, x + 22 * n) for n in range(count)]
            x += 22 * count + (14 if count else 0)
    total = sum(counts.values()) or 1
    bars, at = [], 0.0
    for kind, count in counts.items():
        width = round(100 * count / total, 2)
        bars.append((kind, round(at, 2), width))
        at += width
    return {"counts": counts, "dots": dots, "width": max(x - 14, 20), "bars": bars}


def axis(highest: float) -> tuple[float, float]:
    """The step and the end of an axis from 0 over a number: steps of 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 0:
        return 1, 1
    power = 10.0 ** (ceil(log10(highest)) - 2)
    step = next(size * power for size in (1, 2, 2.5, 5, 10, 20, 50) if highest / (size * power) <= STEPS)
    return step, step * ceil(highest / step)


def _bar(  # noqa: PLR0913, PLR0917 - a figure and its place
    career: Mapping[str, Any],
    figure: Mapping[str, Any],
    top: float,
    pieces: Sequence[Any],
    leads: set[str],
    basis: Basis,
) -> Bar:
    low, high = figure["low"], figure["high"]
    start = _percent(low if low is not None else 0, top)
    end = _percent(high if high is not None and not figure["openEnd"] else top, top)
    places = tuple([place for part, place in (("LOW", start), ("HIGH", end)) if part in leads])
    return Bar(
        career["title"],
        career["slug"],
        figure["display"],
        pieces,
        start,
        round(end - start, 2),
        places,
        basis_of(figure) != basis,
        low is None or high is None or figure["openEnd"] is not None,
    )


def _band(bars: Sequence[Bar]) -> tuple[float, float] | None:
    start = max(bar.x for bar in bars)
    end = min(bar.x + bar.width for bar in bars)
    return (start, round(end - start, 2)) if end > start else None


def _percent(value: float, top: float) -> float:
    return round(100 * min(max(value / top, 0), 1), 2)
