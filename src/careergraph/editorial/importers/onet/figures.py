"""Figures of occupations: what each rule of the profile makes of the tables.

A value is by the code of its occupation; an occupation without one has no figure. Where a table is not there, nothing
is said of the attribute at all, and what an earlier import said stands.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from careergraph.editorial.importers.names import REFERENCE
from careergraph.editorial.importers.onet.onet_input import OnetInput
from careergraph.editorial.importers.onet.shares import Answer, answers
from careergraph.editorial.importers.onet.tables import JOB_ZONES, TECHNOLOGIES
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
from careergraph.editorial.importers.proposed_document import Section
from careergraph.editorial.importers.source_data import Uses
from careergraph.editorial.importers.tables.cells import is_marked, month, number
from careergraph.store.documents.documents import Text

Values = Mapping[str, dict[str, Any]]

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
        """The value of each attribute of an occupation, by the name of its section."""
        return {
            f"2 {rule.attribute}": {"values": [values[code]] if code in values else []} for rule, values in self._made
        }

    def sources(self) -> tuple[str, ...]:
        """The sources of the figures, by their names in the profile. That of the database itself is always there."""
        return tuple(dict.fromkeys((self._profile.database, *[rule.source for rule, _ in self._made])))

    def source(self, name: str) -> str:
        """The reference to a source of the profile, in the edition that is imported."""
        return f"{REFERENCE}source/{name}/{self._given.vintages.variant(name)}"

    def _values(self, rule: Figure) -> Values | None:
        match rule:
            case Percentiles():
                return self._percentiles(rule)
            case Share():
                return self._shares(rule)
            case Zone():
                return self._zones(rule)
            case MostFrequent():
                return self._most_frequent(rule)
            case Technologies():
                return self._technologies_in_demand(rule)
        raise TypeError(f"no rule {type(rule).__name__}")

    def _percentiles(self, rule: Percentiles) -> Values | None:
        table = self._given.wages
        if table is None:
            return None
        rows: dict[str, dict[str, Any]] = {}
        socs = {code.partition(".")[0] for code in self._codes}
        for line, (soc, title, *ends), use in self._uses.rows(table, "soc", "title", "p10", "p90"):
            low, high = (number(table, line, end) for end in ends)
            if soc in rows:
                raise table.bad(line, f"the code {soc} comes twice; give the national wages across industries alone")
            if soc in socs:
                use.used += 1
                rows[soc] = self._range(rule, soc, title, low, high)
        self._uses.require_joined(table, "an occupation that is imported")
        values = ((code, rows.get(code.partition(".")[0])) for code in self._codes)
        return {code: value for code, value in values if value is not None and value.keys() & {"low", "high"}}

    def _range(
        self, rule: Percentiles, soc: str, title: str, low: Decimal | None, high: Decimal | None
    ) -> dict[str, Any]:
        ends = {name: float(end) for name, end in (("low", low), ("high", high)) if end is not None}
        year = self._given.vintages.year
        slots = {"soc": soc, "title": title, "year": year or ""}
        terms = {"currency": rule.currency, "period": "YEAR", "basis": "PERCENTILES"}
        percentiles = {"lowPercentile": 10, "highPercentile": 90}
        return self._value(rule, soc, slots, f"{year}-05-01" if year else None) | ends | terms | percentiles

    def _shares(self, rule: Share) -> Values | None:
        table = self._given.exposure
        if table is None or not table.has(rule.column):
            return None
        values: dict[str, dict[str, Any]] = {}
        for line, (code, cell), use in self._uses.rows(table, "code", rule.column):
            share = number(table, line, cell)
            if share is not None and not 0 <= share <= 1:
                raise table.bad(line, f"{cell[:40]!a} is no share from 0 to 1: are columns swapped?")
            if code in self._codes and share is not None:
                use.used += 1
                figure = {"value": _whole(share * 100), "unit": "percent"}
                values[code] = self._value(rule, code, {"code": code}, None) | figure
        self._uses.require_joined(table, "an occupation that is imported")
        return values

    def _zones(self, rule: Zone) -> Values | None:
        values: dict[str, dict[str, Any]] = {}
        tables = self._given.tables.of(JOB_ZONES)
        for table in tables:
            for line, (code, zone, when), use in self._uses.rows(table, "code", "zone", "date"):
                if zone not in rule.levels:
                    raise table.bad(line, f"{zone[:40]!a} is no job zone: are columns swapped?")
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

    def _technologies_in_demand(self, rule: Technologies) -> Values | None:
        tables = self._given.tables.of(TECHNOLOGIES)
        counts = dict.fromkeys(self._codes, 0)
        for table in tables:
            for line, (code, kind, demand), use in self._uses.rows(table, "code", "class", "demand"):
                if code in counts:
                    use.used += 1
                    counts[code] += is_marked(table, line, demand) and kind == rule.kind
            self._uses.require_joined(table, "an occupation that is imported")
        values = {code: self._count_value(rule, code, n) for code, n in counts.items() if not 0 < n < rule.least}
        return values if tables else None

    def _count_value(self, rule: Technologies, code: str, n: int) -> dict[str, Any]:
        value = self._value(rule, code, {"code": code, "n": str(n)}, self._given.vintages.date)
        return value | {"yes": n >= rule.least}

    def _value(self, rule: Figure, published_for: str, slots: Mapping[str, str], date: str | None) -> dict[str, Any]:
        value: dict[str, Any] = {"attribute": rule.attribute, "source": self.source(rule.source)}
        if date is not None:
            value["observedOn"] = date
        value |= {"method": self._fill(rule.method, slots), "publishedFor": published_for}
        return value if rule.region is None else value | {"region": rule.region}

    def _fill(self, text: Text, slots: Mapping[str, str]) -> Text:
        """A text with its slots filled. What is a number with a decimal gets the decimal separator of the language."""
        decimals = self._profile.decimals
        return {
            locale: fill(wording, {name: _spell_out(it, decimals.get(locale, ".")) for name, it in slots.items()})
            for locale, wording in text.items()
        }


def _spell_out(value: str, decimal: str) -> str:
    return value.replace(".", decimal) if _DECIMAL.fullmatch(value) else value


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def _one_decimal(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
