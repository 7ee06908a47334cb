"""Leads: the two phrases that say who is ahead, with their slots in order: a finding, and a reason to choose."""

from typing import NamedTuple, cast

from careergraph.engine.attribute import Attribute, Better
from careergraph.engine.edition import Edition
from careergraph.engine.locale import Arranged, Template
from careergraph.engine.outcome import RangeEnd

AHEAD = ("label", "career", "value")
BEHIND = ("rival", "other")
SLOTS = (*AHEAD, *BEHIND)
"""What a lead may name, in this order: the attribute, then who is ahead and with what, then the other one."""

Halves = tuple[Arranged, Arranged]
"""What is said of who is ahead, with `AHEAD` as its slots, and of the other one behind it, with `BEHIND`."""


class Lead(NamedTuple):
    """The phrases, each with the edition whose locale words it. `native` says that this is the edition that was asked
    for, twice; `locale` is the code of that one's locale.

    `halves` are both phrases in two parts, where they fall into such: then each part is filled once for a career, and a
    pair only puts two of them together.
    """

    finding: Arranged
    found_in: Edition
    reason: Arranged
    reasoned_in: Edition
    native: bool
    locale: str
    halves: tuple[Halves, Halves] | None


def lead_of(edition: Edition, attribute: Attribute, variant: str, part: RangeEnd | None) -> Lead:
    """The phrases for whoever has a value of this variant, or this end of a range, and is ahead by it."""
    if part is not None:
        variant = general = part.lower()
    else:
        general = "lower" if attribute.better is Better.LOWER else "higher"
    name = f"lead {attribute.key} {variant} {general}"
    if (known := edition.memo.get(name)) is None:
        finding, reason = (edition.phrase(attribute, it, variant, general) for it in ("advantage", "trait"))
        known = edition.memo[name] = _made(edition, *finding, *reason)
    return cast("Lead", known)


def _made(edition: Edition, finding: Template, found_in: Edition, reason: Template, reasoned_in: Edition) -> Lead:
    native = found_in is edition and reasoned_in is edition
    found, reasoned = (it.halves(AHEAD, BEHIND) for it in (finding, reason))
    return Lead(
        finding.arranged(SLOTS),
        found_in,
        reason.arranged(SLOTS),
        reasoned_in,
        native,
        edition.locale.code,
        (found, reasoned) if native and found is not None and reasoned is not None else None,
    )
