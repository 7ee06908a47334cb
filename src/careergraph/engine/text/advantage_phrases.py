"""Advantage phrases: they say who is ahead, with their slots in order: a finding, and a reason to choose."""

from typing import NamedTuple

from careergraph.engine.content.attribute import Attribute, Better
from careergraph.engine.content.locale import PositionalTemplate
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.text.localized_catalog import LocalizedCatalog

AHEAD = ("label", "strength", "career", "value", "bare")
BEHIND = ("rival", "other")
SLOTS = (*AHEAD, *BEHIND)
"""The slots, in this order: the attribute, the name of the advantage, who is ahead and with which value, then the other
career and its value."""

Halves = tuple[PositionalTemplate, PositionalTemplate]
"""A phrase in two parts: about who is ahead, with the slots `AHEAD`, and about the other one, with `BEHIND`."""


class AdvantageName:
    """What it is called to have the better of two values, or the better end of a range: `text`, and in `with_gap` the
    same with how far the two are apart, by the difference of their numbers (`gap_number`)."""

    __slots__ = ("text", "with_gap")

    def __init__(self, text: str) -> None:
        self.text, self.with_gap = text, dict[float, str]()


class AdvantagePhrases(NamedTuple):
    """A finding, a reason and the clause of the reason, each with the code of the locale that words it. `locale` is
    the code of the requested locale.

    `halves` are the phrases in two parts, where the requested locale words all three and they split into such: then
    each part is filled once for a career, and a pair only puts two of them together.
    """

    wordings: tuple[tuple[PositionalTemplate, str], ...]
    locale: str
    halves: tuple[Halves, ...]


def phrases_of_advantage(localized: LocalizedCatalog, value: Value, part: RangeEnd | None) -> AdvantagePhrases:
    """Find the phrases for whoever has this value, or this end of a range, and is ahead by it."""
    attribute = value.attribute
    variants, general = variants_of(value, part), general_of(attribute, part)
    memo, key = localized.once(_phrases_memo), (attribute.key, variants, general)
    if (phrases := memo.get(key)) is None:
        finding, reason = (localized.phrase(attribute, it, variants, general) for it in ("advantage", "trait"))
        wordings = finding, reason, reason[1].phrase(attribute, "clause", variants)
        native = all(spoken is localized for _, spoken in wordings)
        halves = [halves for template, _ in wordings if (halves := template.split(AHEAD, BEHIND)) is not None]
        phrases = memo[key] = AdvantagePhrases(
            tuple([(template.positional(SLOTS), spoken.locale.code) for template, spoken in wordings]),
            localized.locale.code,
            tuple(halves) if native and len(halves) == len(wordings) else (),
        )
    return phrases


def variants_of(value: Value, part: RangeEnd | None) -> tuple[str, ...]:
    """The variants of a value's phrases, the best first. The ends of a range of percentiles, or of an estimate from
    another figure, are no floor and no ceiling, so they may be worded otherwise."""
    if part is None:
        return (variant,) if (variant := value.variant()) else ()
    end = part.lower()
    ending = value.ending() if isinstance(value, MoneyRange) else ""
    return (f"{end}-{ending}", end) if ending else (end,)


def general_of(attribute: Attribute, part: RangeEnd | None) -> str:
    """The variant of the locale's general phrases."""
    if part is not None:
        return part.lower()
    return "lower" if attribute.better is Better.LOWER else "higher"


def strength_of(localized: LocalizedCatalog, value: Value, part: RangeEnd | None) -> AdvantageName:
    """Name the advantage of a value, or of an end of a range: `the higher salary floor`."""
    variants = variants_of(value, part)
    memo, key = localized.once(_strengths_memo), (value.attribute.key, variants)
    if (strength := memo.get(key)) is None:
        template, spoken = localized.phrase(value.attribute, "strength", variants)
        strength = memo[key] = AdvantageName(template.fill({"label": spoken.noun(value.attribute)}))
    return strength


def _phrases_memo(_: LocalizedCatalog) -> dict[tuple[str, tuple[str, ...], str], AdvantagePhrases]:
    return {}


def _strengths_memo(_: LocalizedCatalog) -> dict[tuple[str, tuple[str, ...]], AdvantageName]:
    return {}
