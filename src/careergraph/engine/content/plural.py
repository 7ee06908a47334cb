"""Plural rules: which form of a phrase a count takes, by the rules that CLDR publishes.

A rule is content of its locale, as text: `one: i = 1 and v = 0; few: n % 10 = 2..4 and n % 100 != 12..14`. Each of
CLDR's categories but `other` may have a condition, in the syntax of Unicode Technical Standard 35 (part 3, plural
rules); what meets none is `other`. Its samples (`@integer 1`) may stay where they are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache


class PluralForm(StrEnum):
    """The plural categories of CLDR; which counts they stand for is up to each language."""

    ZERO = "zero"
    ONE = "one"
    TWO = "two"
    FEW = "few"
    MANY = "many"
    OTHER = "other"


FORMS: tuple[str, ...] = tuple(PluralForm)
"""The forms by their names."""

SHORT: Mapping[str, str] = {"NONE": "", "ONE": "one: i = 1 and v = 0", "ZERO_ONE": "one: i = 0,1"}
"""Names of rules that many languages have: no form but `other`, English and German, French."""

Operands = Mapping[str, int | Fraction]
"""The operands of a condition, by letter: the number itself, its whole part, its visible fraction ..."""

_Condition = Callable[[Operands], bool]
_RELATION = re.compile(r"([nivwftce])\s*(?:%\s*([1-9]\d{0,8}))?\s*(!?=)\s*(\d[\d.,\s]*)")
_RANGE = re.compile(r"\s*(\d{1,9})(?:\.\.(\d{1,9}))?\s*")


class BadPlural(ValueError):
    """A rule that cannot be read. The message names the place and the right form."""


@dataclass(frozen=True)
class PluralRules:
    """The plural rule of a locale."""

    source: str

    def form(self, number: float, decimals: int = 0) -> PluralForm:
        """The form for a number that is written with at least so many decimal places."""
        return _form(self.source, number, decimals)

    def names(self, phrase: str, number: float, decimals: int = 0) -> tuple[str, str]:
        """The names of a phrase about a number: with its plural form, then without one."""
        return f"{phrase}.{self.form(number, decimals)}", phrase

    @cached_property
    def forms(self) -> tuple[PluralForm, ...]:
        """The forms that there are, `other` last. Raises BadPlural."""
        return (*self.conditions, PluralForm.OTHER)

    @property
    def conditions(self) -> Mapping[PluralForm, _Condition]:
        """The condition of each form but `other`. Raises BadPlural."""
        return _conditions(self.source)


GERMANIC = PluralRules("ONE")
"""The rule of English, German and many others: 1 takes the form `one`."""


@lru_cache(maxsize=4096)
def _form(source: str, number: float, decimals: int) -> PluralForm:
    seen = operands(number, decimals)
    return next((form for form, met in _conditions(source).items() if met(seen)), PluralForm.OTHER)


@lru_cache(maxsize=256)
def _conditions(source: str) -> Mapping[PluralForm, _Condition]:
    conditions: dict[PluralForm, _Condition] = {}
    for part in filter(str.strip, SHORT.get(source, source).split(";")):
        name, colon, text = part.partition(":")
        form = _category(name.strip()) if colon else None
        if form is None:
            raise BadPlural(f"{part.strip()[:60]!r} is no form with its condition, such as one: i = 1 and v = 0")
        if form in conditions:
            raise BadPlural(f"the form {form} is there twice")
        condition = text.partition("@")[0].strip()
        if form is not PluralForm.OTHER:
            conditions[form] = _any(condition)
        elif condition:
            raise BadPlural("the form other has no condition: it is what meets no other one")
    return conditions


def operands(number: float, decimals: int) -> Operands:
    """The operands of a number as it is written: with at least so many decimal places, and as many as it has."""
    exact = abs(Decimal(str(number))).normalize()
    places = max(decimals, -int(exact.as_tuple().exponent), 0)
    whole, _, fraction = f"{exact:.{places}f}".partition(".")
    trimmed = fraction.rstrip("0")
    value = Fraction(exact) if trimmed else int(whole)
    digits = {"v": len(fraction), "w": len(trimmed), "f": int(fraction or 0), "t": int(trimmed or 0)}
    return {"n": value, "i": int(whole), **digits, "c": 0, "e": 0}


def _category(name: str) -> PluralForm | None:
    return PluralForm(name) if name in FORMS else None


def _any(text: str) -> _Condition:
    """Parts joined by `or`, each of relations joined by `and`."""
    parts = [[_relation(it) for it in re.split(r"\band\b", part)] for part in re.split(r"\bor\b", text)]
    return lambda seen: any(all(relation(seen) for relation in part) for part in parts)


def _relation(text: str) -> _Condition:
    if (match := _RELATION.fullmatch(text.strip())) is None:
        raise BadPlural(f"{text.strip()[:60]!r} is no relation, such as n % 10 = 2..4")
    letter, modulus, sign, listed = match.groups()
    ranges, divisor, inside = tuple(_ranges(listed)), int(modulus or 0), sign == "="

    def relation(seen: Operands) -> bool:
        value = seen[letter] % divisor if divisor else seen[letter]
        return inside is any(low <= value <= high and value == int(value) for low, high in ranges)

    return relation


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split(","):
        if (match := _RANGE.fullmatch(part)) is None:
            raise BadPlural(f"{part.strip()[:60]!r} is neither a number nor a range, such as 2..4")
        low = int(match[1])
        yield low, int(match[2] or low)
