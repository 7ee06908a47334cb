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
"""What stands in a cell: a text, a number, which stays one, or nothing."""

COLUMNS = (
    *("career", "field", "attribute", "figure", "from", "to", "unit", "leads"),
    *("observed", "region", "method", "source", "publisher", "kind", "vintage", "licence", "link"),
)
"""The columns of every table; each is headed by the label `table.<name>`."""

_FORMULA = re.compile(r"(^|[;|\t\r\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet would begin a formula: at the start of a cell, or behind what it may take for the end of one."""


def table(words: Words, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV in UTF-8, below a row of headings."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(words(f"table.{name}")) for name in COLUMNS])
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode()


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    return _FORMULA.sub(r"\1\2'", text)


def figure_row(
    words: Words, career: Mapping[str, Any], figure: Mapping[str, Any] | None, label: str = "", leads: str = ""
) -> list[Cell]:
    """The row of a figure, of the attribute of this label where the figure does not say; where it is not known, a row
    that says so."""
    attribute = label or (figure["attribute"]["label"] if figure else "")
    begin: list[Cell] = [career["title"], career["category"]["name"], attribute]
    if figure is None:
        return [*begin, words("value.unknown"), *[None] * (len(COLUMNS) - len(begin) - 1)]
    source = figure["source"]
    observed = [figure["observedOn"], figure["region"], figure["method"]]
    kind = words(f"source-kind.{source['kind'].lower()}")
    origin = [source["title"], source["publisher"], kind, source["vintage"], source["licence"], safe_url(source["url"])]
    return [*begin, figure["display"], *_numbers(words, figure), leads, *observed, *origin]


def _numbers(words: Words, figure: Mapping[str, Any]) -> list[Cell]:
    """The least and the most of a figure, and their unit; nothing where it is no number."""
    if "low" in figure:
        period = words(f"period.{figure['period'].lower()}")
        return [_plain(figure["low"]), _plain(figure["high"]), f"{figure['currency']} {period}"]
    if "value" in figure:
        return [_plain(figure["value"]), _plain(figure["value"]), figure["unit"]]
    return [None, None, None]


def _plain(number: Number | None) -> Number | None:
    """A number without a fraction of nothing: 8 for 8.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number
