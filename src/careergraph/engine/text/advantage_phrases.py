"""Advantage phrases: they say who is ahead, with their slots in order: a finding, and a reason to choose."""

from typing import NamedTuple, cast

from careergraph.engine.content.attribute import Attribute, Better
from careergraph.engine.content.locale import PositionalTemplate, Template
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.text.localized_catalog import LocalizedCatalog

AHEAD = ("label", "strength", "career", "value", "bare")
BEHIND = ("rival", "other")
SLOTS = (*AHEAD, *BEHIND)
"""What a lead may name, in this order: the attribute, what it is to be ahead by it, who is ahead and with what, then
the other one."""

Halves = tuple[PositionalTemplate, PositionalTemplate]
"""What is said of who is ahead, with `AHEAD` as its slots, and of the other one behind it, with `BEHIND`."""


class AdvantagePhrases(NamedTuple):
    """Three phrases (a finding, a reason, the clause of the reason), and the localized catalogs that word the first
    two. `native` says that all three are worded in the requested locale; `locale` is its code.

    `halves` are the phrases in two parts, where they fall into such: then each part is filled once for a career, and a
    pair only puts two of them together.
    """

    finding: PositionalTemplate
    found_in: LocalizedCatalog
    reason: PositionalTemplate
    reasoned_in: LocalizedCatalog
    clause: PositionalTemplate
    claused_in: LocalizedCatalog
    native: bool
    locale: str
    halves: tuple[Halves, ...]


def phrases_of_advantage(localized: LocalizedCatalog, value: Value, part: RangeEnd | None) -> AdvantagePhrases:
    """The phrases for whoever has this value, or this end of a range, and is ahead by it."""
    attribute = value.attribute
    variants, general = variants_of(value, part), general_of(attribute, part)
    name = f"lead {attribute.key} {variants} {general}"
    if (phrases := localized.memo.get(name)) is None:
        finding, reason = (localized.phrase(attribute, it, variants, general) for it in ("advantage", "trait"))
        clause = reason[1].phrase(attribute, "clause", variants)
        phrases = localized.memo[name] = _build(localized, finding, reason, clause)
    return cast("AdvantagePhrases", phrases)


def variants_of(value: Value, part: RangeEnd | None) -> tuple[str, ...]:
    """The variants of a value's phrases, those first that fit best. What ends a range of percentiles, or an estimate
    from another figure, is no floor and no ceiling, so it may be worded otherwise."""
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


def strength_of(localized: LocalizedCatalog, value: Value, part: RangeEnd | None) -> str:
    """Name the advantage of a value, or of an end of a range: `the higher salary floor`."""
    variants = variants_of(value, part)
    name = f"strength {value.attribute.key} {variants}"
    if (strength := localized.memo.get(name)) is None:
        template, spoken = localized.phrase(value.attribute, "strength", variants)
        strength = localized.memo[name] = template.fill({"label": spoken.noun(value.attribute)})
    return cast("str", strength)


Worded = tuple[Template, LocalizedCatalog]


def _build(localized: LocalizedCatalog, finding: Worded, reason: Worded, clause: Worded) -> AdvantagePhrases:
    phrases = (finding, reason, clause)
    native = all(it[1] is localized for it in phrases)
    halves = [halves for it in phrases if (halves := it[0].halves(AHEAD, BEHIND)) is not None]
    return AdvantagePhrases(
        finding[0].arranged(SLOTS),
        finding[1],
        reason[0].arranged(SLOTS),
        reason[1],
        clause[0].arranged(SLOTS),
        clause[1],
        native,
        localized.locale.code,
        tuple(halves) if native and len(halves) == len(phrases) else (),
    )
