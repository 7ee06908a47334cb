"""Leads: the two phrases that say who is ahead, with their slots in order: a finding, and a reason to choose."""

from typing import NamedTuple

from careergraph.engine.attribute import Attribute, Better
from careergraph.engine.edition import Edition
from careergraph.engine.locale import Arranged
from careergraph.engine.outcome import RangeEnd

SLOTS = ("label", "career", "value", "rival", "other")
"""What a lead may name, in this order: the attribute, then who is ahead and with what, then the other one."""


class Lead(NamedTuple):
    """The phrases, each with the edition whose locale words it. `native` says that this is the edition that was asked
    for, twice; `locale` is the code of that one's locale."""

    finding: Arranged
    found_in: Edition
    reason: Arranged
    reasoned_in: Edition
    native: bool
    locale: str


def lead_of(edition: Edition, attribute: Attribute, variant: str, part: RangeEnd | None) -> Lead:
    """The phrases for whoever has a value of this variant, or this end of a range, and is ahead by it."""
    if part is not None:
        variant = general = part.lower()
    else:
        general = "lower" if attribute.better is Better.LOWER else "higher"
    finding, found_in = edition.phrase(attribute, "advantage", variant, general)
    reason, reasoned_in = edition.phrase(attribute, "trait", variant, general)
    native = found_in is edition and reasoned_in is edition
    return Lead(finding.arranged(SLOTS), found_in, reason.arranged(SLOTS), reasoned_in, native, edition.locale.code)
