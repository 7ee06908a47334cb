"""A value: one career's figure for one attribute, with where it comes from. The kinds are in files of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import ClassVar, Self

from careergraph.engine.content.attribute import Attribute, Better, ValueKind
from careergraph.engine.content.locale import Locale, Text
from careergraph.engine.content.outcome import Obstacle, Outcome
from careergraph.engine.content.source import Source

Standing = tuple[tuple[object, ...], tuple[object, ...] | None, tuple[Outcome, Outcome]]
"""The common part of many values that decides how they compare: their measure, the published figure (`Value.figure`),
and the outcomes of the higher and the lower one. Equal ones are one object."""


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
    wage row), `published_for_title` what the source calls that row where it covers more than this career. `region` is
    where it was observed, None where the source does not say; `sample_size` how many answers or observations it rests
    on, None where the source does not say.
    """

    source: Source
    observed_on: date | None = None
    method: Text | None = None
    published_for: str | None = None
    published_for_title: str | None = None
    region: str | None = None
    sample_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One career's figure for one attribute.

    `FIELDS` are the document fields that a kind reads. `DIFFERENCES` say what stands between two values of a kind whose
    `terms` are not the same, one for each of the terms.
    """

    KIND: ClassVar[ValueKind]
    FIELDS: ClassVar[tuple[str, ...]]
    DIFFERENCES: ClassVar[tuple[Obstacle, ...]] = ()

    attribute: Attribute
    provenance: Provenance
    standing: Standing | None = field(default=None, init=False, repr=False, compare=False)
    number: float | None = field(default=None, init=False, repr=False, compare=False)

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

    def spoken(self, locale: Locale) -> str:
        """The value as it is read inside of a sentence."""
        return locale.inside(self.display(locale))

    def bare(self, locale: Locale) -> str:
        """The same without what a second value of the same sentence says too: `8` beside `10 months`."""
        return self.spoken(locale)

    def second(self, locale: Locale) -> str:
        """The value as it is read inside of a sentence behind another one, which some languages put into a case."""
        return self.spoken(locale)

    def variant(self) -> str:
        """The variant of a phrase that the value asks for: `yes`, `no`, the key of its option; empty where none."""
        return ""

    def terms(self) -> tuple[object, ...]:
        """The terms that two values of this kind must share to be comparable: a currency, a unit."""
        return ()

    def measure(self) -> tuple[object, ...]:
        """All that two values must have in common to be comparable: their kind, its terms, the region."""
        return (type(self), *self.terms(), self.provenance.region)

    def position(self) -> tuple[tuple[object, ...], float, float]:
        """Return what decides how the value compares, beside its published figure: what is no number, then two numbers.
        Two pairs of values that have the first in common compare alike where their numbers stand in the same order."""
        return self.measure(), self.order()[0], 0.0

    def figure(self) -> tuple[object, ...] | None:
        """The published figure that the value is: its code, its source and its number. None where it has no code."""
        origin = self.provenance
        return None if origin.published_for is None else (origin.published_for, origin.source.slug, *self.amounts())

    def amounts(self) -> tuple[object, ...]:
        """Return what a source publishes of it: a range without a lower end is another figure than one whose ends are
        equal, and yet it sorts as that."""
        return self.order()

    @property
    def better(self) -> Better:
        """Which direction is better among values of this kind."""
        return self.attribute.better

    def against(self, other: Self) -> Outcome:
        """The outcome of two comparable ranges; a value of one number needs none of its own."""
        raise NotImplementedError

    def obstacle(self, other: "Value") -> Obstacle | None:
        """Return why the two values cannot be compared; None where they can."""
        if outcome(self, other) is not _APART:
            return None
        meanings = (Obstacle.UNIT, *self.DIFFERENCES, Obstacle.REGION)
        # Values of two kinds have other terms, but differ in the first place already.
        compared = zip(meanings, self.measure(), other.measure(), strict=False)
        different = next((meaning for meaning, mine, theirs in compared if mine != theirs), None)
        return Obstacle.SAME_FIGURE if different is None else different

    def _stand(self) -> Standing:
        """Compute once the basis of `outcome`: the standing, and the number where there is only one."""
        order, standing = self.order(), _one((self.measure(), self.figure(), AHEAD[self.better]))
        object.__setattr__(self, "number", order[0] if len(order) == 1 else None)
        object.__setattr__(self, "standing", standing)  # last: other threads take its presence for that of both
        return standing


def outcome(a: Value | None, b: Value | None) -> Outcome:
    """Compare two values of one attribute: the only rule that says whether they are comparable, and who is ahead.

    1. An absent value makes it UNKNOWN.
    2. Values of different currency, period, basis, unit, edition of a scale or region are NOT_COMPARABLE, and so is one
       and the same published figure on both sides (the same source, code and number); `Value.obstacle` says why.
    3. Equal numbers TIE; otherwise the attribute's `better` decides, and NEITHER makes it DIFFERS. Options of a choice
       TIE or DIFFER. A money range compares its ends (`MoneyRange.against`).
    """
    if a is None or b is None:
        return _UNKNOWN
    here, there = a.standing or a._stand(), b.standing or b._stand()
    measure, figure, outcomes = here
    if (here is not there and measure != there[0]) or (figure is not None and figure == there[1]):
        return _APART
    mine, theirs = a.number, b.number
    if mine is None or theirs is None:
        return a.against(b)
    return _TIE if mine == theirs else outcomes[mine < theirs]  # as `ahead`, whose call would cost a fifth of this


def ahead(outcomes: tuple[Outcome, Outcome], a: float, b: float) -> Outcome:
    """The outcome of two numbers; `outcomes` are those where the first is the higher and where it is the lower one."""
    if a == b:
        return _TIE
    return outcomes[a < b]


def above(a: Value, b: Value) -> bool:
    """Return whether a value is comparable with another one and higher, which need not be better."""
    return higher(a, b) and outcome(a, b) is not _APART


def higher(a: Value, b: Value) -> bool:
    """Return whether a value is higher than one that it can be compared with."""
    mine, theirs = a.number, b.number
    return a.order() > b.order() if mine is None or theirs is None else mine > theirs


AHEAD: Mapping[Better, tuple[Outcome, Outcome]] = {
    Better.HIGHER: (Outcome.A, Outcome.B),
    Better.LOWER: (Outcome.B, Outcome.A),
    Better.NEITHER: (Outcome.DIFFERS, Outcome.DIFFERS),
}
"""The outcomes of the higher and of the lower of two numbers, by the direction that is better."""

_APART, _TIE, _UNKNOWN = Outcome.NOT_COMPARABLE, Outcome.TIE, Outcome.UNKNOWN


@lru_cache(maxsize=10_000)
def _one(standing: Standing) -> Standing:
    return standing


def read_number(fields: Mapping[str, object], name: str) -> float | None:
    """A finite number among document fields, or None where it is absent. Raises BadValue."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise BadValue(name, f"{name} must be a finite number")
    return value


def read_interval(fields: Mapping[str, object]) -> tuple[float, float] | None:
    """The low and the high end of a confidence interval among document fields, or None where it is absent. Raises
    BadValue."""
    ends = fields.get("interval")
    if ends is None:
        return None
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        raise BadValue("interval", "an interval is a list of its low and its high end")
    low, high = (read_number({"interval": end}, "interval") for end in ends)
    if low is None or high is None or low > high:
        raise BadValue("interval", "the low end of the interval is above its high end")
    return low, high
