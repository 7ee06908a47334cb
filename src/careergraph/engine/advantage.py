"""Advantages: who is ahead in a row of the glance, or at one end of a range, and the two sentences that say so."""

from careergraph.engine.attribute import Attribute
from careergraph.engine.edition import Edition
from careergraph.engine.glance import GlanceRow
from careergraph.engine.lead import Lead, lead_of
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.pair import Pair
from careergraph.engine.portrait import Reading
from careergraph.engine.statement import Advantage, Rule, Statement
from careergraph.engine.values import MoneyRange

ENDS = tuple(RangeEnd)

Ahead = tuple[Outcome, RangeEnd | None]
"""The side that is ahead, and the end of a range at which it is; None for the whole value."""

# Looking up a member of an enum costs more than what it is compared with here.
_A, _B, _DIFFERS, _ADVANTAGE, _REASON = Outcome.A, Outcome.B, Outcome.DIFFERS, Rule.ADVANTAGE, Rule.REASON


def advantages(pair: Pair, row: GlanceRow) -> list[Advantage]:
    """The advantages of a row: one for the whole value, or one for each end that decides."""
    key = row.attribute.key
    if (found := pair.advantages.get(key)) is None:
        outcome = row.outcome
        if type(row.a) is MoneyRange:
            found = [_advantage(pair, row.attribute, *ahead) for ahead in _ahead(row)]
        elif outcome is _A or outcome is _B:
            found = [_whole(pair, row.attribute, outcome)]
        else:
            found = []
        pair.advantages[key] = found
    return found


def _ahead(row: GlanceRow) -> tuple[Ahead, ...]:
    """Who is ahead by a range: as a whole where both ends say so, else at each end that decides."""
    outcome, a, b = row.outcome, row.a, row.b
    if outcome not in (_A, _B, _DIFFERS) or not isinstance(a, MoneyRange) or not isinstance(b, MoneyRange):
        return ()
    ends = [(a.end_against(b, part), part) for part in ENDS]
    deciding = tuple([(end, part) for end, part in ends if end.decided])
    whole = outcome is not _DIFFERS and len(deciding) == len(ENDS)
    return ((outcome, None),) if whole else deciding


def _whole(pair: Pair, attribute: Attribute, side: Outcome) -> Advantage:
    """The advantage by a whole value: nearly all are, so this way is short."""
    of_a, of_b = pair.of_a, pair.of_b
    a, b = of_a.values[attribute.key], of_b.values[attribute.key]
    winner, won, loser, lost = (of_a, a, of_b, b) if side is _A else (of_b, b, of_a, a)
    lead = won.lead
    if lead is None or not lead.native:
        return _advantage(pair, attribute, side, None)
    slots, facts, code = (won.label, winner.title, won.whole, loser.title, lost.whole), (a.fact, b.fact), lead.locale
    return Advantage(
        side,
        Statement(lead.finding.fill(slots), _ADVANTAGE, side, facts, code),
        Statement(lead.reason.fill(slots), _REASON, side, facts, code),
    )


def _advantage(pair: Pair, attribute: Attribute, side: Outcome, part: RangeEnd | None) -> Advantage:
    key = attribute.key
    a, b = pair.of_a.values[key], pair.of_b.values[key]
    won, lost = (a, b) if side is _A else (b, a)
    lead = _lead(pair.edition, won, part)
    facts = (a.fact, b.fact) if part is None else pair.facts(attribute, part)
    if lead.native:
        winner, loser = (pair.of_a, pair.of_b) if side is _A else (pair.of_b, pair.of_a)
        slots = won.label, winner.title, won.part(part), loser.title, lost.part(part)
        finding, reason = lead.finding.fill(slots), lead.reason.fill(slots)
    else:
        finding = lead.finding.fill(_slots(pair, lead.found_in, attribute, side, part))
        reason = lead.reason.fill(_slots(pair, lead.reasoned_in, attribute, side, part))
    return Advantage(
        side,
        Statement(finding, _ADVANTAGE, side, facts, lead.found_in.locale.code),
        Statement(reason, _REASON, side, facts, lead.reasoned_in.locale.code),
    )


def _lead(edition: Edition, won: Reading, part: RangeEnd | None) -> Lead:
    if part is not None:
        return lead_of(edition, won.value.attribute, "", part)
    if won.lead is None:
        won.lead = lead_of(edition, won.value.attribute, won.variant, None)
    return won.lead


def _slots(pair: Pair, spoken: Edition, attribute: Attribute, side: Outcome, part: RangeEnd | None) -> tuple[str, ...]:
    """What the slots hold in the words of another edition than the pair's own."""
    of_a, of_b = spoken.portrait(pair.a), spoken.portrait(pair.b)
    winner, loser = (of_a, of_b) if side is _A else (of_b, of_a)
    won, lost = winner.values[attribute.key], loser.values[attribute.key]
    return won.label, winner.title, won.part(part), loser.title, lost.part(part)
