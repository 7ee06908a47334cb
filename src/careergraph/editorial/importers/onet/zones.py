"""Job zones: how much preparation an occupation needs, by the levels of the release's own reference table.

O*NET 30.2 assigned job zones by another framework. A release whose table names other levels than those that the profile
knows has an edition of its own: its levels are added to the attribute, and not compared with the others.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from careergraph.editorial.importers.onet.figure_writer import FigureWriter, Values
from careergraph.editorial.importers.onet.tables import JOB_ZONE_REFERENCE, JOB_ZONES
from careergraph.editorial.importers.profile import Zone
from careergraph.editorial.importers.source_data import ProposedDocument, Uses
from careergraph.editorial.importers.tables.shape import Tables, month
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import AttributeDocument, OptionPart


class Zones:
    """The job zones of a release. `present` are the levels that the attribute has already."""

    def __init__(  # noqa: PLR0913, PLR0917 - the tables, their rule, and what the figures are for
        self,
        tables: Tables,
        rule: Zone,
        writer: FigureWriter,
        uses: Uses,
        codes: Collection[str],
        present: Sequence[OptionPart],
    ) -> None:
        self._tables, self._rule, self._writer, self._uses, self._codes = tables, rule, writer, uses, codes
        self._names = self._read_names()
        self._options: list[dict[str, Any]] = []
        self._levels = self._levels_of(present)

    def read(self) -> Values | None:
        """Return the level of each occupation; None without a table, or without names for its levels. Raises
        BadTable."""
        tables = self._tables.of(JOB_ZONES)
        if not tables or self._levels is None:
            return None
        values: dict[str, dict[str, Any]] = {}
        for table in tables:
            for line, (code, zone, when), use in self._uses.rows(table, "code", "zone", "date"):
                if zone not in self._levels:
                    raise table.bad(line, f"{zone[:40]!a} is not a job zone: are columns swapped?")
                if code in self._codes:
                    use.used += 1
                    value = self._writer.value(self._rule, code, {"code": code}, month(table, line, when))
                    values[code] = value | {"level": self._levels[zone]}
            self._uses.require_joined(table, "an occupation that is imported")
        return values

    def left_out(self) -> str | None:
        """Say why job zones are left out, where they are."""
        if self._levels is not None or not self._tables.of(JOB_ZONES):
            return None
        return f"the job zones of {self._writer.release.release}, as no table names their levels (Job Zone Reference)"

    def attribute(self) -> ProposedDocument | None:
        """Propose the levels of another framework for the attribute; None where it has all of them."""
        if not self._options:
            return None
        return ProposedDocument(
            ident=f"attribute/{self._rule.attribute}",
            type=AttributeDocument.TYPE,
            slug=self._rule.attribute,
            variant="x",
            sections={"0 scale": {"options": self._options}},
            shared=True,
            partial=True,
        )

    def _read_names(self) -> dict[str, str]:
        """Return the name of each zone in the release's own table."""
        names: dict[str, str] = {}
        for table in self._tables.of(JOB_ZONE_REFERENCE):
            for line, (zone, name), use in self._uses.rows(table, "zone", "name"):
                if not zone.isdecimal() or not name or zone in names:
                    raise table.bad(line, f"{zone[:40]!a} is not a job zone of its own: are columns swapped?")
                names[zone] = name.partition(": ")[2] or name
                use.used += 1
        return names

    def _levels_of(self, present: Sequence[OptionPart]) -> Mapping[str, str] | None:
        """Return the level of each zone: of the framework that the profile knows, or of another one."""
        if self._names == self._rule.names:
            return self._rule.levels
        if not self._names:
            release = tuple(int(it) for it in self._writer.release.release.split(".") if it.isdecimal())
            until = tuple(int(it) for it in self._rule.until.split("."))
            return self._rule.levels if release <= until else None
        by_edition: dict[str, dict[str, str]] = {}
        for option in present:
            by_edition.setdefault(option.edition.get(DEFAULT_LOCALE, ""), {})[option.key] = option.label[DEFAULT_LOCALE]
        zones = sorted(self._names, key=int)
        labels = [self._names[zone] for zone in zones]
        for options in by_edition.values():
            if list(options.values()) == labels:
                return dict(zip(zones, options, strict=True))
        return self._add_options(zones, by_edition)

    def _add_options(self, zones: Sequence[str], by_edition: Collection[str]) -> Mapping[str, str]:
        slots = {"n": str(len(zones)), "release": self._writer.release.release}
        edition = self._writer.fill(self._rule.edition, slots)
        ending = f"of-{len(zones)}"
        if edition[DEFAULT_LOCALE] in by_edition:  # as many levels, of other names
            edition = self._writer.fill(self._rule.later_edition, slots)
            ending += f"-{self._writer.release.variant(self._rule.source)}"
        levels = {zone: f"zone-{zone}-{ending}" for zone in zones}
        self._options = [
            {"key": key, "label": {DEFAULT_LOCALE: self._names[zone]}, "edition": edition}
            for zone, key in levels.items()
        ]
        return levels
