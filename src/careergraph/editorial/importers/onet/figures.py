"""The figures of occupations: the result of each rule of the profile, by code.

An occupation without a value has no figure. Without its table a rule has no result at all, and the figures of an
earlier import stay.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from careergraph.editorial.importers.onet.onet_input import OnetInput
from careergraph.editorial.importers.onet.tables import JOB_ZONES, SHARES, marked_technologies
from careergraph.editorial.importers.profile import (
    BadProfile,
    Figure,
    MostFrequent,
    OnetProfile,
    Percentiles,
    Share,
    Technologies,
    Zone,
    fill,
)
from careergraph.editorial.importers.source_data import REFERENCE, Section, Uses
from careergraph.editorial.importers.tables.shape import Shaped, Tables, is_marked, month, number
from careergraph.store.documents.documents import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The most frequent category, with its share in percent and, if the source has them, the share's 95 % confidence
    interval and the number of answers. A `suppressed` one is not to be published."""

    category: str
    share: Decimal
    low: Decimal | None
    high: Decimal | None
    sample: int | None
    suppressed: bool
    date: str | None


def answers(tables: Tables, uses: Uses, rule: MostFrequent, codes: frozenset[str]) -> dict[str, Answer] | None:
    """Read the most frequent answer of each occupation; the first of equals. None where no table has any. Raises
    BadTable."""
    best: dict[str, Answer] = {}
    shares = tables.of(SHARES)
    columns = ("code", "element", "scale", "category", "value", "low", "high", "n", "suppress", "date")
    for table in shares:
        for line, cells, use in uses.rows(table, *columns):
            code, element, scale = cells[:3]
            if code in codes and (element, scale) == (rule.element, rule.scale):
                use.used += 1
                answer = _answer(table, line, rule, cells[3:])
                if answer is not None and (code not in best or answer.share > best[code].share):
                    best[code] = answer
    return best or None


def _answer(table: Shaped, line: int, rule: MostFrequent, cells: tuple[str, ...]) -> Answer | None:
    category, value, low, high, n, suppress, date = cells
    share, size = number(table, line, value), number(table, line, n)
    if share is None:
        return None
    if category not in rule.levels or not 0 <= share <= 100:
        raise table.bad(line, f"{category[:40]!a} with {value[:40]!a} % is not an answer: are columns swapped?")
    return Answer(
        category=category,
        share=share,
        low=number(table, line, low),
        high=number(table, line, high),
        sample=int(size) if size else None,
        suppressed=is_marked(table, line, suppress),
        date=month(table, line, date),
    )


Values = Mapping[str, dict[str, Any]]

NATIONWIDE = ("U.S.", "National", "United States")
"""The area of national wages. All other areas are a region of their own."""
_DECIMAL = re.compile(r"\d+[.]\d")


class Figures:
    """The figures of some occupations. Raises BadTable while it is made."""

    def __init__(self, source: OnetInput, profile: OnetProfile, uses: Uses, codes: frozenset[str]) -> None:
        self._given, self._profile, self._uses, self._codes = source, profile, uses, codes
        for rule in profile.figures:
            if rule.source not in profile.sources:
                raise BadProfile(f"the profile has no source {rule.source[:80]!a}, which a figure is of")
        read = ((rule, self._values(rule)) for rule in profile.figures)
        self._made = [(rule, values) for rule, values in read if values is not None]

    def of(self, code: str) -> Mapping[str, Section]:
        """Return the value of each attribute of an occupation, by the name of its section."""
        return {
            f"2 {rule.attribute}": {"values": [values[code]] if code in values else []} for rule, values in self._made
        }

    def sources(self) -> tuple[str, ...]:
        """Return the names of the figures' sources in the profile; that of the database is always included."""
        return tuple(dict.fromkeys((self._profile.database, *[rule.source for rule, _ in self._made])))

    def source(self, name: str) -> str:
        """Return the reference to a source of the profile, in the imported release."""
        return f"{REFERENCE}source/{name}/{self._given.vintages.variant(name)}"

    def _values(self, rule: Figure) -> Values | None:
        readers: Mapping[type[Figure], Callable[[Any], Values | None]] = {
            Percentiles: self._percentiles,
            Share: self._shares,
            Zone: self._zones,
            MostFrequent: self._most_frequent,
            Technologies: self._marked_technologies,
        }
        return readers[type(rule)](rule)

    def _percentiles(self, rule: Percentiles) -> Values | None:
        table = self._given.wages
        if table is None:
            return None
        rows: dict[str, dict[str, Any]] = {}
        published = {member: soc for soc, members in rule.combined.items() for member in members}
        socs = {code.partition(".")[0] for code in self._codes}
        useful = socs | {published[soc] for soc in socs & published.keys()}
        area: str | None = None
        columns = ("soc", "title", "area", "p10", "p90", "hourly")
        for line, (soc, title, place, *cells), use in self._uses.rows(table, *columns):
            if place != (area := place if area is None else area):
                raise table.bad(line, f"{area[:60]!a} and {place[:60]!a}: give the wages of one area alone")
            low, high, hourly = (number(table, line, cell) for cell in cells)
            if soc in rows:
                raise table.bad(line, f"the code {soc} comes twice; give the national wages across industries alone")
            if soc in useful:
                use.used += 1
                rows[soc] = self._range(rule, soc, title, low, high) or self._hourly(rule, soc, title, hourly)
        self._uses.require_joined(table, "an occupation that is imported")
        values: dict[str, dict[str, Any]] = {}
        region = {} if area in (None, "", *NATIONWIDE) else {"region": area}
        for code in self._codes:
            soc = code.partition(".")[0]
            if value := rows.get(soc) or rows.get(published.get(soc, "")):
                values[code] = value | region
        return values

    def _range(
        self, rule: Percentiles, soc: str, title: str, low: Decimal | None, high: Decimal | None
    ) -> dict[str, Any]:
        ends = {name: float(end) for name, end in (("low", low), ("high", high)) if end is not None}
        method = rule.combined_method if soc in rule.combined else rule.method
        return self._wages(rule, method, soc, title, ends, "YEAR", (10, 90))

    def _hourly(self, rule: Percentiles, soc: str, title: str, median: Decimal | None) -> dict[str, Any]:
        """Return the median pay of an hour. Annual pay is no multiple of it: the work is not for a whole year."""
        ends = {} if median is None or not rule.hourly_method else {"low": float(median), "high": float(median)}
        return self._wages(rule, rule.hourly_method, soc, title, ends, "HOUR", (50, 50))

    def _wages(  # noqa: PLR0913, PLR0917 - the parts of one figure
        self,
        rule: Percentiles,
        method: Text,
        soc: str,
        title: str,
        ends: Mapping[str, float],
        period: str,
        percentiles: tuple[int, int],
    ) -> dict[str, Any]:
        if not ends:
            return {}
        year = self._given.vintages.year
        slots = {"soc": soc, "title": title, "year": year or ""}
        terms = {"currency": rule.currency, "period": period, "basis": "PERCENTILES"}
        named = dict(zip(("lowPercentile", "highPercentile"), percentiles, strict=True))
        value = self._value(rule, soc, slots, f"{year}-05-01" if year else None, method)
        return {**value, **ends, **terms, **named}

    def _shares(self, rule: Share) -> Values | None:
        table = self._given.exposure
        if table is None or not table.has(rule.column):
            return None
        values: dict[str, dict[str, Any]] = {}
        for line, (code, cell), use in self._uses.rows(table, "code", rule.column):
            share = number(table, line, cell)
            if share is not None and not 0 <= share <= 1:
                raise table.bad(line, f"{cell[:40]!a} is not a share from 0 to 1: are columns swapped?")
            if code in self._codes and share is not None:
                use.used += 1
                figure = {"value": int((share * 100).to_integral_value(ROUND_HALF_UP)), "unit": "percent"}
                values[code] = self._value(rule, code, {"code": code}, None) | figure
        self._uses.require_joined(table, "an occupation that is imported")
        return values

    def _zones(self, rule: Zone) -> Values | None:
        values: dict[str, dict[str, Any]] = {}
        tables = self._given.tables.of(JOB_ZONES)
        for table in tables:
            for line, (code, zone, when), use in self._uses.rows(table, "code", "zone", "date"):
                if zone not in rule.levels:
                    raise table.bad(line, f"{zone[:40]!a} is not a job zone: are columns swapped?")
                if code in self._codes:
                    use.used += 1
                    value = self._value(rule, code, {"code": code}, month(table, line, when))
                    values[code] = value | {"level": rule.levels[zone]}
            self._uses.require_joined(table, "an occupation that is imported")
        return values if tables else None

    def _most_frequent(self, rule: MostFrequent) -> Values | None:
        frequent = answers(self._given.tables, self._uses, rule, self._codes)
        return None if frequent is None else {code: self._answer(rule, code, it) for code, it in frequent.items()}

    def _answer(self, rule: MostFrequent, code: str, answer: Answer) -> dict[str, Any]:
        level = rule.levels[answer.category]
        slots = {"code": code, "name": level.name, "share": _one_decimal(answer.share)}
        value = self._value(rule, code, slots, answer.date)
        figure: dict[str, Any] = {"level": level.key, "share": float(answer.share)}
        if answer.low is not None and answer.high is not None:
            figure["interval"] = [float(answer.low), float(answer.high)]
            behind = self._fill(rule.interval, {"low": _one_decimal(answer.low), "high": _one_decimal(answer.high)})
            value["method"] = {locale: text + behind.get(locale, "") for locale, text in value["method"].items()}
        marks = {"sampleSize": answer.sample, "suppressed": answer.suppressed or None}
        return value | {name: mark for name, mark in marks.items() if mark is not None} | figure

    def _marked_technologies(self, rule: Technologies) -> Values | None:
        tables = marked_technologies(self._given.tables, rule.mark)
        counts = dict.fromkeys(self._codes, 0)
        for table in tables:
            for line, (code, kind, mark), use in self._uses.rows(table, "code", "class", rule.mark):
                if code in counts:
                    use.used += 1
                    counts[code] += is_marked(table, line, mark) and kind == rule.kind
            self._uses.require_joined(table, "an occupation that is imported")
        if not tables:
            return None
        date = self._given.vintages.date
        return {
            code: self._value(rule, code, {"code": code, "n": str(n)}, date) | {"yes": n >= rule.least}
            for code, n in counts.items()
            if not 0 < n < rule.least
        }

    def _value(
        self, rule: Figure, published_for: str, slots: Mapping[str, str], date: str | None, method: Text | None = None
    ) -> dict[str, Any]:
        value: dict[str, Any] = {"attribute": rule.attribute, "source": self.source(rule.source)}
        if date is not None:
            value["observedOn"] = date
        value |= {"method": self._fill(method or rule.method, slots), "publishedFor": published_for}
        return value if rule.region is None else value | {"region": rule.region}

    def _fill(self, text: Text, slots: Mapping[str, str]) -> Text:
        """Return a text with its slots filled. Numbers with a decimal get the language's decimal separator."""
        decimals = self._profile.decimals
        return {
            locale: fill(wording, {name: _spell_out(it, decimals.get(locale, ".")) for name, it in slots.items()})
            for locale, wording in text.items()
        }


def _spell_out(value: str, decimal: str) -> str:
    return value.replace(".", decimal) if _DECIMAL.fullmatch(value) else value


def _one_decimal(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
