"""Numbers: a score, a share, a count of months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Locale, compiled
from careergraph.engine.content.outcome import Obstacle
from careergraph.engine.content.value import BadValue, Provenance, Value, read_interval, read_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Value):
    """A number in the attribute's unit, with its confidence interval where the source gives one."""

    KIND = ValueKind.NUMBER
    FIELDS = ("value", "unit", "interval")
    DIFFERENCES = (Obstacle.UNIT,)

    value: float
    unit: str | None
    interval: tuple[float, float] | None = None

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        value = read_number(fields, "value")
        if value is None:
            raise BadValue("value", "a number needs a value")
        unit = fields.get("unit", attribute.unit)
        if unit != attribute.unit:
            raise BadValue("unit", f"the unit must be {attribute.unit!r}, the unit of the attribute")
        if attribute.scale is not None and not 0 <= value <= attribute.scale:
            raise BadValue("value", f"{value:g} is outside of the scale from 0 to {attribute.scale:g}")
        return cls(
            attribute=attribute,
            provenance=provenance,
            value=value,
            unit=attribute.unit,
            interval=read_interval(fields),
        )

    def fields(self) -> dict[str, object]:
        fields: dict[str, object] = {"value": self.value}
        if self.unit is not None:
            fields["unit"] = self.unit
        if self.interval is not None:
            fields["interval"] = list(self.interval)
        return fields

    def order(self) -> tuple[float, ...]:
        return (self.value,)

    def display(self, locale: Locale) -> str:
        return self.worded(self.value, ("value",), locale) or self._plain(locale)

    def spoken(self, locale: Locale) -> str:
        return self.worded(self.value, ("spoken", "value"), locale) or self._plain(locale)

    def second(self, locale: Locale) -> str:
        return self.worded(self.value, ("second", "spoken", "value"), locale) or self._plain(locale)

    def bare(self, locale: Locale) -> str:
        return self.worded(self.value, ("bare",), locale) or locale.number(self.value, self.attribute.decimals)

    def gap(self, other: float, locale: Locale) -> str:
        """So much more or less than the value, as it is read; empty where the attribute does not word it."""
        return self.worded(other, ("gap",), locale, decimals=0)

    def worded(self, number: float, phrases: Iterable[str], locale: Locale, *, decimals: int | None = None) -> str:
        """A number in the attribute's wording: the first of some phrases that the locale, or else one of its fallbacks,
        has. Empty where none has any."""
        attribute = self.attribute
        places = attribute.decimals if decimals is None else decimals
        for spoken in locale.chain():
            for name in [each for phrase in phrases for each in spoken.plural.names(phrase, number, places)]:
                if (pattern := attribute.phrases.get(name, {}).get(spoken.code)) is not None:
                    slots = {
                        "n": spoken.number(number, places),
                        "unit": self.unit or "",
                        "scale": "" if attribute.scale is None else spoken.number(attribute.scale),
                    }
                    return compiled(pattern).fill(slots)
        return ""

    def _plain(self, locale: Locale) -> str:
        return locale.number(self.value, self.attribute.decimals) + (f" {self.unit}" if self.unit else "")

    def terms(self) -> tuple[object, ...]:
        return (self.unit,)
