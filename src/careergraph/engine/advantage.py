"""Advantages: who is ahead in a row of the glance, or at one end of a range, and the two sentences that say so."""

from collections.abc import Mapping

from careergraph.engine.attribute import Attribute, Better
from careergraph.engine.edition import Edition
from careergraph.engine.glance import GlanceRow
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.pair import Pair
from careergraph.engine.statement import Advantage, Rule, Statement
from careergraph.engine.values import MoneyRange

ENDS = tuple(RangeEnd)

Ahead = tuple[Outcome, RangeEnd | None]
"""The side that is ahead, and the end of a range at which it is; None for the whole value."""


def advantages(pair: Pair, row: GlanceRow) -> list[Advantage]:
    """The advantages of a row: one for the whole value, or one for each end that decides."""
    key = row.attribute.key
    if (found := pair.advantages.get(key)) is None:
        found = pair.advantages[key] = [_advantage(pair, row.attribute, ahead) for ahead in _ahead(row)]
    return found


def _ahead(row: GlanceRow) -> tuple[Ahead, ...]:
    outcome, a, b = row.outcome, row.a, row.b
    if outcome not in _LEADING:
        return ()
    if not isinstance(a, MoneyRange) or not isinstance(b, MoneyRange):
        return () if outcome is Outcome.DIFFERS else ((outcome, None),)
    ends = [(a.end_against(b, part), part) for part in ENDS]
    deciding = tuple([(end, part) for end, part in ends if end.decided])
    whole = outcome is not Outcome.DIFFERS and len(deciding) == len(ENDS)
    return ((outcome, None),) if whole else deciding


_LEADING = (Outcome.A, Outcome.B, Outcome.DIFFERS)


def _advantage(pair: Pair, attribute: Attribute, ahead: Ahead) -> Advantage:
    side, part = ahead
    if part is not None:
        variant = general = part.lower()
    else:
        variant = (pair.of_a if side is _A else pair.of_b).values[attribute.key].variant
        general = "lower" if attribute.better is _LOWER else "higher"
    finding, spoken = pair.edition.phrase(attribute, "advantage", variant, general)
    reason, other = pair.edition.phrase(attribute, "trait", variant, general)
    slots, facts = _slots(pair, attribute, ahead, spoken), pair.facts(attribute, part)
    others = slots if other is spoken else _slots(pair, attribute, ahead, other)
    return Advantage(
        side,
        Statement(finding.fill(slots), Rule.ADVANTAGE, side, facts, spoken.locale.code),
        Statement(reason.fill(others), Rule.REASON, side, facts, other.locale.code),
    )


# Looking up a member of an enum costs more than what it is compared with here.
_A, _LOWER = Outcome.A, Better.LOWER


def _slots(pair: Pair, attribute: Attribute, ahead: Ahead, spoken: Edition) -> Mapping[str, str]:
    here = pair if spoken is pair.edition else Pair(spoken, pair.a, pair.b)
    winner, loser = (here.of_a, here.of_b) if ahead[0] is _A else (here.of_b, here.of_a)
    return {
        "label": spoken.read(attribute.label),
        "career": winner.title,
        "value": winner.values[attribute.key].part(ahead[1]),
        "rival": loser.title,
        "other": loser.values[attribute.key].part(ahead[1]),
    }
