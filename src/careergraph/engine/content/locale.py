"""Locales: how numbers, money and phrases read in one language.

A locale is content (`locales/de.json`), so a language is added without touching code. `Text` is a text by locale code;
a locale reads it through its chain of fallbacks and says which locale answered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType

from careergraph.engine.content.plural import GERMANIC, PluralRules

Text = Mapping[str, str]
"""One text in several locales, by locale code."""

Texts = Mapping[str, tuple[str, ...]]
"""A list of texts in several locales, by locale code."""

DEFAULT_LOCALE = "en"
"""The locale that every text is written in, and that all chains of fallbacks end in."""


NO_SLOTS: Mapping[str, str] = MappingProxyType({})


class Template:
    """A phrase with named slots such as `{career}`.

    It is compiled once into a pattern for `%`, the fastest way to fill slots by name. Stored text never runs code: all
    that is no slot is escaped.
    """

    __slots__ = ("_pattern", "slots", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.slots = tuple(_SLOT.findall(source))
        self._pattern = _SLOT.sub(r"%(\1)s", source.replace("%", "%%"))

    def fill(self, slots: Mapping[str, str]) -> str:
        """Replace each slot by its text. Raises KeyError for a slot without one."""
        return self._pattern % slots

    def split(
        self, first: tuple[str, ...], second: tuple[str, ...]
    ) -> "tuple[PositionalTemplate, PositionalTemplate] | None":
        """Split the phrase in two, each part with its own slots; None where a slot of `second` is before one of
        `first`."""
        place = min([self.source.index(f"{{{name}}}") for name in second if name in self.slots], default=None)
        front, back = Template(self.source[:place]), Template("" if place is None else self.source[place:])
        if not set(first).isdisjoint(back.slots):
            return None
        return front.positional(first), back.positional(second)

    def positional(self, names: tuple[str, ...], filled: Mapping[str, str] = NO_SLOTS) -> "PositionalTemplate":
        """Return the phrase with slots in the order of these names, and others filled. Raises KeyError for another
        slot."""
        first, *rest = _SLOT.split(self.source)  # text and names of slots by turns
        literals, order = [first], list[int]()
        for name, text in zip(rest[::2], rest[1::2], strict=True):
            if name in names:
                order.append(names.index(name))
                literals.append(text)
            else:
                literals[-1] += filled[name] + text
        picked = [place for pair in enumerate(order) for place in (pair[0], len(literals) + pair[1])]
        return PositionalTemplate(tuple(literals), (*picked, len(literals) - 1))


@lru_cache(maxsize=4096)
def compiled(source: str) -> Template:
    """Compile a phrase, once."""
    return Template(source)


class PositionalTemplate:
    """A phrase whose slots are filled by place, in half the time of names: it is for phrases of every pair."""

    __slots__ = ("_literals", "_pick")

    def __init__(self, literals: tuple[str, ...], picked: tuple[int, ...]) -> None:
        self._literals = (*literals, "")
        self._pick = itemgetter(*[it + (it >= len(literals)) for it in picked], len(literals))

    def fill(self, texts: tuple[str, ...]) -> str:
        """Replace each slot by its text."""
        return "".join(self._pick(self._literals + texts))


EXACT = 10**15
"""Whole numbers below it are exact as floats; larger ones go through `Decimal`."""

_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, kw_only=True)
class Locale:
    """One language of the catalog.

    `money` maps a currency code to a pattern of `{n}` (`*` stands for all others, with `{currency}`); `periods` maps a
    period to what follows an amount; `phrases` holds the wording that belongs to no attribute, by phrase name.
    """

    code: str
    name: str
    fallback: "Locale | None" = None
    plural: PluralRules = GERMANIC
    decimal: str = "."
    group: str = ","
    money: Mapping[str, str] = field(default_factory=dict)
    periods: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, Template] = field(default_factory=dict, repr=False)

    def chain(self) -> Iterator["Locale"]:
        """This locale, then those it falls back to."""
        locale: Locale | None = self
        while locale is not None:
            yield locale
            locale = locale.fallback

    def read(self, text: Text) -> str:
        """The text in this locale, or in the first of its fallbacks that has it; empty where none has."""
        return next((text[it.code] for it in self.chain() if it.code in text), "")

    def covers(self, text: Text) -> bool:
        """Return whether the text is written in this very locale, so that reading it takes no fallback."""
        return self.code in text

    def phrase(self, name: str) -> "tuple[Template, Locale] | None":
        """The wording of a phrase, and the locale of the chain that has it."""
        return next(((it.phrases[name], it) for it in self.chain() if name in it.phrases), None)

    def word(self, name: str) -> str:
        """A phrase without slots (`yes`, `and`); the name itself where no locale of the chain has it."""
        phrase = self.phrase(name)
        return phrase[0].source if phrase else name

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with this locale's separators: with at least `decimals` places, and as many as the value has,
        so that two different numbers never read alike."""
        if not decimals and -EXACT < value < EXACT and value == int(value):
            return f"{int(value):,}".replace(",", self.group)
        exact = Decimal(repr(value) if isinstance(value, float) else str(value)).normalize()
        places = max(decimals, -int(exact.as_tuple().exponent), 0)
        whole, _, fraction = f"{exact:,.{places}f}".partition(".")
        grouped = whole.replace(",", self.group)
        return f"{grouped}{self.decimal}{fraction}" if fraction else grouped

    def amount(self, value: float, currency: str) -> str:
        """Write an amount of money without its period: whole units bare, others with two places or more."""
        return self.digits(value).join(self.around(currency))

    def digits(self, value: float) -> str:
        """Write the number of an amount."""
        return self.number(value, 0 if float(value).is_integer() else 2)

    def around(self, currency: str, period: str = "") -> Sequence[str]:
        """Return what stands before and behind the number of an amount; with a period, as inside of a sentence."""
        spoken = self.spoken_period(period) if period else ""
        return (self._pattern(currency).replace("{currency}", currency) + spoken).split("{n}")

    def amounts(self, low: float, high: float, currency: str) -> str:
        """Write two ends of a range; the currency is written once where it is behind the number (`120.000–280.000
        $`)."""
        pattern = self._pattern(currency)
        if pattern.startswith("{n}"):
            return f"{self.digits(low)}–{self.amount(high, currency)}"
        return f"{self.amount(low, currency)}–{self.amount(high, currency)}"

    def at_least(self, amount: str) -> str:
        """Write an amount that may be higher (`at least $239,200`)."""
        phrase = self.phrase("at-least")
        return phrase[0].fill({"value": amount}) if phrase else f"≥ {amount}"

    def open_range(self, low: str, high: str) -> str:
        """Write a range from its ends, of which the high one may be higher (`$78,360` and `at least $239,200`)."""
        phrase = self.phrase("open-range")
        return phrase[0].fill({"low": low, "high": high}) if phrase else f"{low} – {high}"

    def period(self, period: str) -> str:
        """The text behind an amount that is paid per period (`/yr`)."""
        return next((it.periods[period] for it in self.chain() if period in it.periods), f"/{period.lower()}")

    def spoken_period(self, period: str) -> str:
        """The text behind an amount inside of a sentence (` a year`)."""
        phrase = self.phrase(f"label.period.{period.lower()}")
        return f" {phrase[0].source}" if phrase else self.period(period)

    def inside(self, text: str) -> str:
        """Write a name inside of a sentence: as the locale's phrase `lower-case` does where it lists the whole name;
        with a small first letter where it lists the first word, unless the second one has a capital too, as in
        names."""
        if (whole := self.whole_names.get(text.casefold())) is not None:
            return whole
        first, *others = text.split(" ", 2)
        listed = first[:1].isupper() and first.lower() in self.lowered
        return text[0].lower() + text[1:] if listed and not (others and others[0].istitle()) else text

    @cached_property
    def whole_names(self) -> Mapping[str, str]:
        """The listed names of several words, by their text without case."""
        return {name.casefold(): name for name in self.lowered if " " in name}

    @cached_property
    def lowered(self) -> frozenset[str]:
        """The words and names that are written small inside of a sentence; none where the locale keeps all capitals."""
        listed = self.phrases.get("lower-case")
        return frozenset(listed.source.split(", ")) if listed else frozenset()

    def _pattern(self, currency: str) -> str:
        patterns = (it.money.get(currency) or it.money.get("*") for it in self.chain())
        return next((pattern for pattern in patterns if pattern is not None), "{n} {currency}")
