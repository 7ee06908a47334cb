"""A value: one career's figure for one attribute, with where it comes from. The kinds are in files of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import ClassVar, Self

from careergraph.engine.attribute import Attribute, Better, ValueKind
from careergraph.engine.locale import Locale, Text
from careergraph.engine.outcome import Obstacle, Outcome
from careergraph.engine.source import Source


class BadValue(ValueError):
    """A value's fields do not make a value of its attribute. `field` names the one at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a figure comes from, when it was observed and how it was made.

    `published_for` is the code that the source publishes the figure under (a SOC code: several careers may share one
    wage row); `region` is where it was observed, None where the source does not say.
    """

    source: Source
    observed_on: date | None = None
    method: Text | None = None
    published_for: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One career's figure for one attribute. `FIELDS` are the document fields that a kind reads."""

    KIND: ClassVar[ValueKind]
    FIELDS: ClassVar[tuple[str, ...]]

    attribute: Attribute
    provenance: Provenance

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        """A value from document fields (`FIELDS`, those that are present). Raises BadValue."""
        raise NotImplementedError

    def fields(self) -> dict[str, object]:
        """The document fields that `parse` makes this value from again; absent ones are left out."""
        raise NotImplementedError

    def order(self) -> tuple[float, ...]:
        """A key that sorts values of one attribute from lowest to highest."""
        raise NotImplementedError

    def display(self, locale: Locale) -> str:
        """The value as it is read in a locale."""
        raise NotImplementedError

    def differs_in_kind(self, other: Self) -> Obstacle | None:
        """What of this kind's own makes the two values incomparable (a currency, a unit)."""
        return None

    def against(self, other: Self) -> Outcome:
        """The outcome with this value as a and the other as b; both are comparable."""
        return better(self.attribute.better, self.order(), other.order())

    def obstacle(self, other: "Value") -> Obstacle | None:
        """Why the two values cannot be compared; None where they can."""
        mine, theirs = self.provenance, other.provenance
        if mine.published_for is not None and mine.published_for == theirs.published_for:
            return Obstacle.SAME_FIGURE
        if type(self) is not type(other):
            return Obstacle.UNIT
        found = self.differs_in_kind(other)
        if found is None and mine.region != theirs.region:
            return Obstacle.REGION
        return found


def better(direction: Better, a: tuple[float, ...], b: tuple[float, ...]) -> Outcome:
    """The outcome of two sort keys where a direction of them is better."""
    if a == b:
        return Outcome.TIE
    if direction is Better.NEITHER:
        return Outcome.DIFFERS
    return Outcome.A if (a > b) is (direction is Better.HIGHER) else Outcome.B


def read_number(fields: Mapping[str, object], name: str) -> float | None:
    """A finite number among document fields, or None where it is absent. Raises BadValue."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadValue(name, f"{name} must be a finite number")
    return value
