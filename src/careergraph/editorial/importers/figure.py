"""Parse a figure as people write it in a table into a value of a document."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from sys import intern
from typing import Any, NoReturn

from careergraph.editorial.checks import form
from careergraph.editorial.importers.decimal_points import in_doubt
from careergraph.editorial.importers.tables.shape import ungrouped
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import BadValue, Provenance, parse_value

_YES, _NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")
_AMOUNT = r"(\d[\d,]*(?:\.\d+)?)?"
_RANGE = re.compile(rf"\s*{_AMOUNT}\s*(?:-|–|\.\.)\s*{_AMOUNT}(\+?)\s*")
_LEAST = re.compile(r"\s*(\d[\d,]*(?:\.\d+)?)\+\s*")
"""A range whose ends are both open: at least an amount."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_ANY = Provenance(source=Source(slug="any", title="", publisher="", kind=SourceKind.EDITORIAL))


_AT_FAULT = {
    **dict.fromkeys(("unit", "currency", "period"), "unit"),
    "basis": "basis",
    "lowPercentile": "low percentile",
    "highPercentile": "high percentile",
    "share": "share",
    "interval": "interval low",
}
"""The column of a field that is wrong."""


class NotAFigure(Exception):
    """A row makes no figure of its attribute. `column` names the one at fault."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def figure_of(attribute: Attribute, source: str, cells: Mapping[str, str]) -> dict[str, Any]:
    """The value of a row, as plain JSON: `cells` are by the short names of `figures.FIGURES`. Raises NotAFigure."""
    fields = _fields(attribute, cells)
    try:
        parse_value(attribute, _ANY, fields)
    except BadValue as bad:
        raise NotAFigure(_AT_FAULT.get(bad.field, "value"), bad.message) from None
    return {"attribute": attribute.key, "source": intern(source), **_provenance(cells), **fields}


def _fields(attribute: Attribute, cells: Mapping[str, str]) -> dict[str, Any]:
    value = cells["value"]
    match attribute.kind:
        case ValueKind.NUMBER:
            return _number_fields(cells)
        case ValueKind.MONEY_RANGE:
            return _money_fields(cells)
        case ValueKind.FLAG:
            if value.casefold() not in (*_YES, *_NO):
                raise NotAFigure("value", "a flag is yes or no")
            return {"yes": value.casefold() in _YES}
        case ValueKind.LEVEL | ValueKind.CHOICE:
            share = {"share": _number("share", cells["share"])} if cells["share"] else {}
            return {attribute.kind.lower(): _option(attribute, value), **share, **_interval(cells)}


def _number_fields(cells: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"value": _number("value", cells["value"])}
    if cells["unit"]:
        fields["unit"] = intern(cells["unit"])
    return fields | _interval(cells)


def _interval(cells: Mapping[str, str]) -> dict[str, Any]:
    if not cells["low"] and not cells["high"]:
        return {}
    return {"interval": [_number(f"interval {end}", cells[end]) for end in ("low", "high")]}


def _money_fields(cells: Mapping[str, str]) -> dict[str, Any]:
    """A range as 50000-90000, 50000- or -90000, in a unit as USD/YEAR; with an open end 50000-90000+ or 90000+."""
    ends: dict[str, Any]
    if (least := _LEAST.fullmatch(cells["value"])) is not None:
        ends = {"low": _number("value", least[1]), "openEnd": "LOW"}
    else:
        match = _RANGE.fullmatch(cells["value"])
        if match is None or match.groups()[:2] == (None, None):
            raise NotAFigure("value", "a money range is written as 50000-90000, 50000- or -90000")
        ends = {
            name: _number("value", end) for name, end in zip(("low", "high"), match.groups()[:2], strict=True) if end
        }
        ends |= {"openEnd": "HIGH"} if match[3] else {}
    currency, _, period = cells["unit"].partition("/")
    if not cells["basis"]:
        raise NotAFigure("basis", "a money range needs its basis: POSTED, PERCENTILES or EDITORIAL")
    terms = {"currency": currency.upper(), "period": period.upper(), "basis": cells["basis"].upper()}
    return {**ends, **terms, **_named_percentiles(cells)}


def _named_percentiles(cells: Mapping[str, str]) -> dict[str, Any]:
    columns = {"low percentile": "lowPercentile", "high percentile": "highPercentile"}
    named = {column: cells[column.replace(" ", "_")] for column in columns}
    return {columns[column]: _percentile(column, cell) for column, cell in named.items() if cell}


def _percentile(column: str, cell: str) -> int:
    percentile = _number(column, cell)
    if percentile != int(percentile):
        raise NotAFigure(column, "a percentile is a whole number from 1 to 99")
    return int(percentile)


def _option(attribute: Attribute, named: str) -> str:
    """The key of a level or option, by its key or its name in any language."""
    for option in attribute.options:
        if named.casefold() in (option.key.casefold(), *(label.casefold() for label in option.label.values())):
            return option.key
    keys = ", ".join(option.key for option in attribute.options)
    raise NotAFigure("value", f"is not one of the attribute's options: {keys}")


def is_further(cells: Mapping[str, str]) -> bool:
    """Return whether the row is of a further region, beside the figure without a chosen region. Raises NotAFigure for
    one without a region."""
    further = bool(cells["further"]) and _flag("further", cells["further"])
    if further and not cells["region"]:
        raise NotAFigure("region", "a figure of a further region names its region")
    return further


def _provenance(cells: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if cells["date"]:
        fields["observedOn"] = _date(cells["date"])
    if cells["method"]:
        fields["method"] = {DEFAULT_LOCALE: intern(cells["method"])}
    names = {"published_for": "publishedFor", "published_for_title": "publishedForTitle", "region": "region"}
    for column, name in names.items():
        if cells[column]:
            fields[name] = intern(cells[column])
    if cells["sample"]:
        fields["sampleSize"] = _whole(cells["sample"])
    if cells["suppress"]:
        fields["suppressed"] = _flag("suppress", cells["suppress"])
    return {name: it for name, it in fields.items() if it is not False}


def _number(column: str, cell: str) -> float:
    try:
        value = float("" if "_" in cell else ungrouped(cell) or "")  # Python reads 61_000 as a number, and nobody else
    except ValueError:
        hint = ", as 1234.5 and 1,234.5 are" if any(map(str.isdigit, cell)) else ""
        raise NotAFigure(column, f"is not a number{hint}") from None
    if not abs(value) <= form.MOST:
        raise NotAFigure(column, f"is not a number from {-form.MOST:,} to {form.MOST:,}")
    return value


def _whole(cell: str) -> int:
    if (message := in_doubt(cell.removeprefix("+"), whole=True)) is not None:
        raise NotAFigure("sample", message)
    size = _number("sample", cell)
    if size != int(size) or size < 1:
        raise NotAFigure("sample", "the size of a sample is a whole number from 1 on")
    return int(size)


def _flag(column: str, cell: str) -> bool:
    if cell.casefold() not in (*_YES, *_NO):
        raise NotAFigure(column, "is neither yes nor no")
    return cell.casefold() in _YES


@lru_cache(maxsize=1_000)
def _date(cell: str) -> str:
    """Parse a date of ISO 8601; a year or a month means its first day."""
    match = _DATE.fullmatch(cell)
    try:
        day = date(*[int(part or 1) for part in match.groups()]) if match else _no_date()
    except ValueError:
        return _no_date()
    if not form.EARLIEST <= day <= form.latest():
        raise NotAFigure("date", f"is not a day from {form.EARLIEST} to {form.latest()}")
    return day.isoformat()


def _no_date() -> NoReturn:
    raise NotAFigure("date", "a date is written as 2026-05-31, 2026-05 or 2026")
