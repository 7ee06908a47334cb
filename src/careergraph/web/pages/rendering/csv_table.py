"""Tables as CSV (RFC 4180): a row for each figure of a career, with its source and its date."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from careergraph.web.pages.rendering.addresses import safe_url
from careergraph.web.pages.rendering.words import Words

Number = int | float
Cell = str | Number | None
"""The content of a cell: text, a number, or nothing."""

COLUMNS = (
    *("career", "field", "attribute", "figure", "from", "to", "open-end", "unit"),
    *("from-percentile", "to-percentile"),
    *("share", "interval-from", "interval-to", "sample", "leads", "observed", "region", "method"),
    *("source", "publisher", "kind", "vintage", "licence", "link"),
)
"""The columns of every table; each is headed by the label `table.<name>`."""

_FORMULA = re.compile(r"(^|[;|\t\r\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""The start of a formula for a spreadsheet: at the start of a cell, or after a possible separator."""


def table(words: Words, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV in UTF-8, below a row of headings."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(words(f"table.{name}")) for name in COLUMNS])
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode()


def guarded(text: str) -> str:
    """Put an apostrophe before each start of a formula, so that no spreadsheet runs the text."""
    return _FORMULA.sub(r"\1\2'", text)


def figure_row(
    words: Words, career: Mapping[str, Any], figure: Mapping[str, Any] | None, label: str = "", leads: str = ""
) -> list[Cell]:
    """Return the row of a figure, with the label of its attribute if the figure has none; without a figure, a row with
    the word for unknown."""
    attribute = label or (figure["attribute"]["label"] if figure else "")
    begin: list[Cell] = [career["title"], career["category"]["name"], attribute]
    if figure is None:
        return [*begin, words("value.unknown"), *[None] * (len(COLUMNS) - len(begin) - 1)]
    source = figure["source"]
    observed = [figure["observedOn"], figure["region"], figure["method"]]
    kind = words(f"source-kind.{source['kind'].lower()}")
    origin = [source["title"], source["publisher"], kind, source["vintage"], source["licence"], safe_url(source["url"])]
    return [*begin, figure["display"], *_numbers(words, figure), *_precision(figure), leads, *observed, *origin]


def _numbers(words: Words, figure: Mapping[str, Any]) -> list[Cell]:
    """The low and high end of a figure, whether an end is open, and their unit; empty for other kinds of values."""
    if "low" in figure:
        period = words(f"period.{figure['period'].lower()}")
        open_end = words(f"open-end.{figure['openEnd'].lower()}") if figure["openEnd"] else None
        return [_plain(figure["low"]), _plain(figure["high"]), open_end, f"{figure['currency']} {period}"]
    if "value" in figure:
        return [_plain(figure["value"]), _plain(figure["value"]), None, _unit(words, figure["unit"])]
    return [None, None, None, None]


def _unit(words: Words, unit: str | None) -> str | None:
    """A unit in the language of the page, or as it is without a label."""
    name = f"unit.{unit}"
    return words(name) if unit and words.has(name) else unit


def _precision(figure: Mapping[str, Any]) -> list[Cell]:
    """The percentiles of a figure's ends, its share of answers, its confidence interval, and the count of answers;
    empty for each that the source does not give."""
    interval = figure.get("interval") or (None, None)
    exact = [figure.get("lowPercentile"), figure.get("highPercentile"), figure.get("share"), *interval]
    return [*[_plain(number) for number in exact], figure["sampleSize"]]


def _plain(number: Number | None) -> Number | None:
    """A number without a fraction of nothing: 8 for 8.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number
