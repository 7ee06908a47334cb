"""The figures of occupations: the result of each rule of the profile, by code.

An occupation without a value has no figure. Without its table a rule has no result at all, and the figures of an
earlier import stay.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Any

from careergraph.editorial.importers.onet.coding import coding
from careergraph.editorial.importers.onet.figure_writer import FigureWriter, Values, joined
from careergraph.editorial.importers.onet.onet_input import OnetInput
from careergraph.editorial.importers.onet.ratings import RatedElement
from careergraph.editorial.importers.onet.tables import SHARES
from careergraph.editorial.importers.onet.wages import Wages
from careergraph.editorial.importers.onet.zones import Zones
from careergraph.editorial.importers.profile import (
    BadProfile,
    Figure,
    MostFrequent,
    OnetProfile,
    Percentiles,
    Share,
    Technologies,
    Zone,
    proposed,
)
from careergraph.editorial.importers.source_data import ProposedDocument, Section, Uses
from careergraph.editorial.importers.tables.shape import Shaped, Tables, is_marked, month, number
from careergraph.store.documents.documents import AttributeDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The most frequent category, with its share in percent and, if the source has them, the share's 95 % confidence
    interval and the number of answers. A `suppressed` one is not to be published. `others` are categories with the same
    share."""

    category: str
    share: Decimal
    low: Decimal | None
    high: Decimal | None
    sample: int | None
    suppressed: bool
    date: str | None
    others: tuple[str, ...] = ()


def answers(tables: Tables, uses: Uses, rule: MostFrequent, codes: frozenset[str]) -> dict[str, Answer] | None:
    """Read the most frequent answer of each occupation; of equals the lowest. None where no table has any. Raises
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
                if answer is not None:
                    best[code] = _more_frequent(rule, best.get(code), answer)
    return best or None


def _more_frequent(rule: MostFrequent, best: Answer | None, answer: Answer) -> Answer:
    if best is None or answer.share > best.share:
        return answer
    if answer.share < best.share:
        return best
    levels = list(rule.levels)
    low, *others = sorted((best.category, *best.others, answer.category), key=levels.index)
    return replace(answer if low == answer.category else best, others=tuple(others))


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


class Figures:
    """The figures of some occupations. `listed` are all codes of the database, imported or not, `attributes` those that
    exist already. Raises BadTable while it is made."""

    def __init__(  # noqa: PLR0913, PLR0917 - what is imported, by which rules, and for what
        self,
        source: OnetInput,
        profile: OnetProfile,
        uses: Uses,
        codes: frozenset[str],
        rated: Sequence[RatedElement],
        listed: Collection[str] = (),
        attributes: Mapping[str, AttributeDocument] = MappingProxyType({}),
    ) -> None:
        self._given, self._profile, self._uses, self._codes = source, profile, uses, codes
        self._rated = rated
        self._listed, self._attributes, self._writer = listed, attributes, FigureWriter(profile, source.vintages)
        self._zoned: list[Zones] = []
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
        return self._writer.source(name)

    def attributes(self) -> list[ProposedDocument]:
        """Propose the attributes of the profile that have figures here and are not there, or as the profile has them;
        and the levels that others lack."""
        figured = {rule.attribute for rule, _ in self._made}
        brought = [proposed(it, it.key, "x") for it in self._profile.attributes if it.key in figured]
        levels = [zones.attribute() for zones in self._zoned]
        return brought + [it for it in levels if it is not None and it.slug in self._attributes]

    def left_out(self) -> list[str]:
        """Say which figures are left out, and why."""
        reasons = [zones.left_out() for zones in self._zoned]
        return [it for it in reasons if it is not None]

    def _values(self, rule: Figure) -> Values | None:
        readers: Mapping[type[Figure], Callable[[Any], Values | None]] = {
            Percentiles: self._percentiles,
            Share: self._shares,
            Zone: self._zones,
            MostFrequent: self._most_frequent,
            Technologies: self._coding,
        }
        return readers[type(rule)](rule)

    def _percentiles(self, rule: Percentiles) -> Values | None:
        table = self._given.wages
        if table is None:
            return None
        return Wages(table, rule, self._writer, self._uses, self._codes, self._listed).read()

    def _zones(self, rule: Zone) -> Values | None:
        attribute = self._attributes.get(rule.attribute)
        present = attribute.options if attribute is not None else ()
        zones = Zones(self._given.tables, rule, self._writer, self._uses, self._codes, present)
        self._zoned.append(zones)
        return zones.read()

    def _coding(self, rule: Technologies) -> Values | None:
        return coding(self._given.tables, self._rated, rule, self._writer, self._uses, self._codes)

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
                values[code] = self._writer.value(rule, code, {"code": code}, None) | figure
        self._uses.require_joined(table, "an occupation that is imported")
        return values

    def _most_frequent(self, rule: MostFrequent) -> Values | None:
        frequent = answers(self._given.tables, self._uses, rule, self._codes)
        return None if frequent is None else {code: self._answer(rule, code, it) for code, it in frequent.items()}

    def _answer(self, rule: MostFrequent, code: str, answer: Answer) -> dict[str, Any]:
        level = rule.levels[answer.category]
        slots = {"code": code, "name": level.name, "share": _one_decimal(answer.share)}
        value = self._writer.value(rule, code, slots, answer.date)
        figure: dict[str, Any] = {"level": level.key, "share": float(answer.share)}
        if answer.others and rule.tie is not None:
            names = "; ".join([rule.levels[it].name for it in answer.others])
            value["method"] = joined(value["method"], self._writer.fill(rule.tie, {"others": names}))
        if answer.low is not None and answer.high is not None:
            figure["interval"] = [float(answer.low), float(answer.high)]
            behind = self._writer.fill(
                rule.interval, {"low": _one_decimal(answer.low), "high": _one_decimal(answer.high)}
            )
            value["method"] = joined(value["method"], behind)
        marks = {"sampleSize": answer.sample, "suppressed": answer.suppressed or None}
        return value | {name: mark for name, mark in marks.items() if mark is not None} | figure


def _one_decimal(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))
