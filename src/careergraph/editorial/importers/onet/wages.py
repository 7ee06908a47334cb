"""Wages: the pay of each occupation, from a table of the Occupational Employment and Wage Statistics (BLS).

The survey marks what it does not publish: `*` is no estimate of a wage, `#` a wage at or above the highest amount that
it publishes. Some occupations have annual pay alone, some hourly pay alone: neither is ever computed from the other.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from careergraph.editorial.importers.onet.figure_writer import FigureWriter, Values, joined
from careergraph.editorial.importers.profile import Percentiles
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.shape import Shaped, number
from careergraph.store.documents.documents import Text

NATIONWIDE = ("U.S.", "National", "United States")
"""The area of national wages. All other areas are a region of their own."""
TOP_CODED, FOOTNOTE_TOP_CODED = "#", "5"
"""The mark of a wage at or above the highest amount that is published, and the footnote that says so of a row."""
HOURLY_ALONE, FOOTNOTE_HOURLY_ALONE = ("TRUE", "T", "YES", "Y", "1"), "4"
"""How the column HOURLY says that only hourly wages are published, and the footnote that says so of a row."""

_LIMITS = re.compile(r"equal to or greater than \$ ?([\d,]+(?:\.\d+)?) per hour or \$ ?([\d,]+(?:\.\d+)?) per year")
_COLUMNS = ("soc", "title", "area", "p10", "p90", "hourly", "hourly_p10", "hourly_p90", "hourly_alone", "footnote")


class _Row(NamedTuple):
    """A row of the table: its line, and its cells by column."""

    line: int
    cells: Mapping[str, str]


class _End(NamedTuple):
    """An end of a range: its amount, and whether it is the least that the end is."""

    amount: Decimal
    open: bool


class Wages:
    """The wages of one table. `listed` are all codes of the database, imported or not."""

    def __init__(  # noqa: PLR0913, PLR0917 - the table, its rule, and what the figures are for
        self,
        table: Shaped,
        rule: Percentiles,
        writer: FigureWriter,
        uses: Uses,
        codes: Collection[str],
        listed: Iterable[str],
    ) -> None:
        self._table, self._rule, self._writer, self._uses, self._codes = table, rule, writer, uses, codes
        self._limits = {period: Decimal(str(it)) for period, it in self._limits_of_profile().items()}
        socs = [code.partition(".")[0] for code in listed]
        self._shared = {soc for soc in socs if socs.count(soc) > 1}

    def read(self) -> Values:
        """Return the pay of each occupation. Raises BadTable."""
        self._read_notes()
        published = {member: soc for soc, members in self._rule.combined.items() for member in members}
        socs = {code.partition(".")[0] for code in self._codes}
        useful = socs | {published[soc] for soc in socs & published.keys()}
        rows: dict[str, dict[str, Any]] = {}
        area: str | None = None
        for line, cells, use in self._uses.rows(self._table, *_COLUMNS):
            row = _Row(line, dict(zip(_COLUMNS, cells, strict=True)))
            soc, place = row.cells["soc"], row.cells["area"]
            if place != (area := place if area is None else area):
                raise self._table.bad(line, f"{area[:60]!a} and {place[:60]!a}: give the wages of one area alone")
            if soc in rows:
                message = f"the code {soc} comes twice; give the national wages across industries alone"
                raise self._table.bad(line, message)
            if soc in useful:
                use.used += 1
                rows[soc] = self._pay(row)
        self._uses.require_joined(self._table, "an occupation that is imported")
        region = {} if area in (None, "", *NATIONWIDE) else {"region": area}
        pay = {code: rows.get(soc) or rows.get(published.get(soc, "")) for code, soc in self._soc_by_code().items()}
        return {code: it | region for code, it in pay.items() if it}

    def _soc_by_code(self) -> dict[str, str]:
        return {code: code.partition(".")[0] for code in self._codes}

    def _limits_of_profile(self) -> Mapping[str, float]:
        return self._rule.open_from.get(self._writer.release.year or "", {})

    def _read_notes(self) -> None:
        """Take the highest published amounts from the notes of the file, where it has any."""
        for note in self._table.notes():
            if (match := _LIMITS.search(note)) is not None:
                self._limits = {
                    period: Decimal(amount.replace(",", ""))
                    for period, amount in zip(("HOUR", "YEAR"), match.groups(), strict=True)
                }

    def _pay(self, row: _Row) -> dict[str, Any]:
        """Return the figure of a row: of annual pay, or of hourly pay where there is no other; empty where the survey
        publishes neither."""
        rule, combined = self._rule, row.cells["soc"] in self._rule.combined
        method = rule.combined_method if combined else rule.method
        if annual := self._range(row, "p10", "p90", "YEAR"):
            return self._figure(row, method, annual, "YEAR", (10, 90))
        if not rule.hourly_method or not self._is_hourly_alone(row):
            return {}
        if hourly := self._range(row, "hourly_p10", "hourly_p90", "HOUR"):
            return self._figure(row, rule.hourly_range_method or rule.hourly_method, hourly, "HOUR", (10, 90))
        median = self._range(row, "hourly", "hourly", "HOUR")
        return self._figure(row, rule.hourly_method, median, "HOUR", (50, 50)) if median else {}

    def _is_hourly_alone(self, row: _Row) -> bool:
        """Return whether the survey publishes hourly pay alone. A table that marks no row has hourly pay alone where it
        has no annual pay."""
        marked = self._table.has("hourly_alone") or self._table.has("footnote")
        footnotes = re.findall(r"\d+", row.cells["footnote"])
        return not marked or row.cells["hourly_alone"].upper() in HOURLY_ALONE or FOOTNOTE_HOURLY_ALONE in footnotes

    def _range(self, row: _Row, low: str, high: str, period: str) -> dict[str, Any]:
        """Return the ends of a range; empty where the survey publishes neither."""
        bottom, top = self._end(row, low, period), self._end(row, high, period)
        if bottom and top and (bottom.amount > top.amount or (bottom.open and not top.open)):
            message = f"the wage {row.cells[low][:40]!a} is above {row.cells[high][:40]!a}, a higher percentile"
            raise self._table.bad(row.line, f"{message}: are columns swapped?")
        ends = {name: float(end.amount) for name, end in (("low", bottom), ("high", top)) if end}
        open_end = "LOW" if bottom and bottom.open else "HIGH" if top and top.open else None
        return ends | ({"openEnd": open_end} if open_end else {})

    def _end(self, row: _Row, column: str, period: str) -> _End | None:
        cell = row.cells[column]
        # In tables of footnotes a wage that is too high to be published is a mere dash.
        if cell == TOP_CODED or (cell == "-" and FOOTNOTE_TOP_CODED in re.findall(r"\d+", row.cells["footnote"])):
            if (limit := self._limits.get(period)) is None:
                message = "# is a wage at or above the highest amount that is published, and nothing says which that is"
                year = self._writer.release.year
                raise self._table.bad(row.line, f'{message}: give the profile "openFrom" for {year}, in HOUR and YEAR')
            return _End(limit, open=True)
        amount = number(self._table, row.line, cell)
        return None if amount is None else _End(amount, open=False)

    def _figure(
        self, row: _Row, method: Text, ends: Mapping[str, Any], period: str, percentiles: tuple[int, int]
    ) -> dict[str, Any]:
        soc, title = row.cells["soc"], row.cells["title"]
        year = self._writer.release.year
        slots = {"soc": soc, "title": title, "year": year or ""}
        text = joined(method, self._rule.open_method) if "openEnd" in ends else method
        value = self._writer.value(self._rule, soc, slots, f"{year}-05-01" if year else None, text)
        if title and (soc in self._shared or soc in self._rule.combined):
            value["publishedForTitle"] = title
        named = dict(zip(("lowPercentile", "highPercentile"), percentiles, strict=True))
        return {**value, **ends, "currency": self._rule.currency, "period": period, "basis": "PERCENTILES", **named}
